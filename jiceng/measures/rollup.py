"""Adding up over a tree, in NumPy: pure, no framework."""

"""The steps in which the demonstration city is built; each calls bulk operations only."""

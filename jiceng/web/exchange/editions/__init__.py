"""Pages of the review of editions."""

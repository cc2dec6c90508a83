"""From rows to figures: trees of a day, what ended units left, counting, adding up."""

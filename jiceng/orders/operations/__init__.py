"""Everything that changes orders, wishes and voluntary service."""

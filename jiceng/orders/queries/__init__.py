"""Reading orders, wishes and voluntary service."""

"""Marking figures as outdated, counting them anew, closing a period."""

from jiceng.measures.operations.closing import close_period
from jiceng.measures.operations.marking import mark_dirty, mark_outdated
from jiceng.measures.operations.refreshing import refresh, refresh_for

__all__ = ["close_period", "mark_dirty", "mark_outdated", "refresh", "refresh_for"]

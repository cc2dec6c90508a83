"""What the API may read of the agenda: by when a post is to do what."""

from collections.abc import Sequence

from jiceng.agenda.models import Item

__all__ = ["LISTED", "Item", "deadlines"]

LISTED = 500


def deadlines(role: str, unit: int) -> Sequence[Item]:
    """Return what waits for a role at a unit and has a deadline, soonest first. One statement."""
    waiting = Item.objects.filter(role=role, unit=unit, done_at=None, due_at__isnull=False)
    return list(waiting.order_by("due_at", "pk")[:LISTED])

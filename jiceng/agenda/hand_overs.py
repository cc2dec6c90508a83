"""What waits for a post that ends goes into its hand-over list."""

import datetime
from collections.abc import Collection

from django.utils.translation import gettext as _

from jiceng.access.leavings import Addressee, Leaving, Left
from jiceng.agenda.models import Item
from jiceng.agenda.queries import addressed_to_any
from jiceng.core.clock import day_of


def waiting(addressees: Collection[Addressee], day: datetime.date) -> list[Left]:
    """Return what waits for the roles at the units, soonest first. One statement."""
    items = Item.objects.filter(addressed_to_any(addressees), done_at=None)
    return [
        Left(
            title=item.title,
            kind=_("待办"),
            address=item.address,
            due_on=day_of(item.due_at).isoformat() if item.due_at else "",
        )
        for item in items.order_by("due_at", "pk")
    ]


HAND_OVERS = [Leaving("agenda.waiting", waiting)]

"""What waits, and for whom."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.agenda.models import Item
from jiceng.core.clock import day_of

SOON = datetime.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Today:
    due: list[Item]  # waiting for me, overdue or due within three days
    waiting_for_me: list[Item]  # the rest of them
    waiting_for_others: list[Item]  # what I asked for


def today(user: User, at: datetime.datetime) -> Today:
    """Return what waits at `at`, soonest first. One statement."""
    mine = Exists(
        Grant.objects.on(day_of(at)).filter(
            user=user, role=OuterRef("role"), unit_id=OuterRef("unit_id")
        )
    )
    items = (
        Item.objects.filter(done_at=None)
        .annotate(mine=mine)
        .filter(Q(mine=True) | Q(asked_by=user))
        .order_by("due_at", "created_at", "pk")
    )
    due, for_me, for_others = [], [], []
    for item in items:
        if not item.mine:
            for_others.append(item)
        elif item.due_at is not None and item.due_at <= at + SOON:
            due.append(item)
        else:
            for_me.append(item)
    return Today(due, for_me, for_others)

"""What of one order somebody may read beside its own columns."""

import datetime
from dataclasses import dataclass

from jiceng.access.queries import scope_of
from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.orders.models import (
    Addition,
    BoardEntry,
    Contact,
    Extension,
    Order,
    Pause,
    Task,
    Telling,
)
from jiceng.orders.queries.gate import reach_of_order
from jiceng.orders.queries.lists import tasks_of
from jiceng.orders.queries.private import may_read_telling, may_see_contact
from jiceng.orders.queries.queue import own_units
from jiceng.orders.queries.stations import first_of, stations_of


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader sees of one order."""

    telling: Telling | None  # None: he may not read it
    additions: list[Addition]
    has_contact: bool
    reaches: bool  # he may be shown name and telephone
    tasks: list[Task]
    pauses: list[Pause]
    extension: Extension | None
    released: BoardEntry | None
    may: frozenset[str]  # permissions of orders that he holds here
    oversees: frozenset[int]  # the units for which he oversees
    handles: frozenset[int]  # the units for which he handles
    township: int  # that may call departments to it


_ASKED = ("orders.enter", "orders.release", "orders.oversee", "orders.handle", "orders.dispatch")


def sight_of(user: User, order: Order, at: datetime.datetime) -> Sight:
    """Return what `user` may read of an order that he has fetched through the gate. About
    twenty statements.
    """
    today = day_of(at)
    reach = reach_of_order(order, today)
    reads = may_read_telling(user, order, today)
    tellings = Telling.objects.filter(order=order).select_related("photo")
    has_contact = Contact.objects.filter(order=order, erased_at=None).exists()
    return Sight(
        telling=tellings.first() if reads else None,
        additions=list(Addition.objects.filter(order=order).order_by("pk")) if reads else [],
        has_contact=has_contact,
        reaches=has_contact and may_see_contact(order, user, at),
        tasks=tasks_of(order),
        pauses=list(Pause.objects.filter(order=order).order_by("pk")),
        extension=Extension.objects.filter(order=order).first(),
        released=BoardEntry.objects.filter(number=order.number).first(),
        may=frozenset(code for code in _ASKED if scope_of(user, code, today).covers_any(reach)),
        oversees=frozenset(own_units(scope_of(user, "orders.oversee", today))),
        handles=frozenset(own_units(scope_of(user, "orders.handle", today))),
        township=first_of(stations_of(order.place_id, today)).unit,
    )

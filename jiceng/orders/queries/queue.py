"""Queues of orders: what waits for a unit, what is open or overdue in its area, what was closed.

A queue is read from one table by an index, a page at a time, and never counted: it costs the same
with a hundred orders and with a million. Complaints about conduct have a list of their own.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q, QuerySet

from jiceng.access.queries import Scope, reach_of, require
from jiceng.access.queries.gate import covers_everything
from jiceng.accounts.models import User
from jiceng.core.bulk import numbered
from jiceng.core.clock import day_of
from jiceng.orders.models import Order, Task
from jiceng.orders.queries.gate import inside
from jiceng.orders.queries.lists import UP, escalated_to
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree

PER_PAGE = 50
_WIDE = 400  # units: in an area of more, the order of the list finds the page sooner than the place


class Tab(StrEnum):
    MINE = "mine"  # waits for the reader's own unit
    HELP = "help"  # his unit was called, or assists
    HERE = "here"  # open in his area
    OVERDUE = "overdue"  # overdue so far that his level sees it
    CLOSED = "closed"
    CONDUCT = "conduct"  # about a person's conduct, apart from everything else


class Cursor(NamedTuple):
    """The last row of a page; the next page begins behind it."""

    moment: datetime.datetime | None
    pk: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which queue, what of it, and from where."""

    tab: Tab = Tab.MINE
    step: str = ""
    kind: str = ""
    track: str = ""
    place: int | None = None
    handler: int | None = None
    overdue: bool = False
    newest: bool = False  # else the nearest deadline first
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a queue; `following` is where the next begins, None on the last."""

    orders: list[Order]
    following: Cursor | None


def page_for(user: User, wanted: Wanted, at: datetime.datetime, limit: int = PER_PAGE) -> QueuePage:
    """Return a page of what `user` asks to see. At most nine statements, never a count.

    Raises:
        NotPermitted: he may see orders nowhere; or complaints about conduct.
    """
    rows = _sorted(_filtered(_rows(user, wanted, at), wanted, at), wanted)
    found = list(rows[: limit + 1])
    page = found[:limit]
    return QueuePage(page, _cursor_of(page[-1], wanted) if len(found) > limit else None)


def own_units(scope: Scope) -> list[int]:
    """Return the units at which somebody holds a right: the tops of what it covers."""
    return [paths.ids_of(prefix)[-1] for prefix in scope.ranges]


def _rows(user: User, wanted: Wanted, at: datetime.datetime) -> QuerySet[Order]:
    today = day_of(at)
    conduct = wanted.tab == Tab.CONDUCT
    scope = require(user, "orders.conduct" if conduct else "orders.view", today=today)
    orders = Order.objects.select_related("case")
    if conduct:
        orders = orders.filter(track=Order.Track.CONDUCT)
    else:
        orders = orders.exclude(track=Order.Track.CONDUCT)
    orders = orders.filter(step="") if wanted.tab == Tab.CLOSED else orders.exclude(step="")
    if wanted.tab == Tab.MINE:
        return _of_place(orders.filter(waits_at__in=own_units(scope)), scope, wanted, today)
    if wanted.tab == Tab.HELP:
        return _of_place(_helped(orders, scope), scope, wanted, today)
    if wanted.tab == Tab.OVERDUE:
        orders = _overdue(orders, scope, at)
    return _in_area(orders, scope, wanted, today)


def _helped(orders: QuerySet[Order], scope: Scope) -> QuerySet[Order]:
    """Keep what a unit was called to or assists, and has not answered."""
    asked = Task.objects.filter(unit__in=own_units(scope), ended_at=None)
    return orders.filter(pk__in=asked.exclude(part=Task.Part.MAIN).values("order"))


def _overdue(orders: QuerySet[Order], scope: Scope, at: datetime.datetime) -> QuerySet[Order]:
    """Keep what is overdue here, and what has climbed to the reader's level: see `escalated_to`.
    What nobody was given yet climbs from where it waits.
    """
    own = own_units(scope)
    levels = Unit.objects.filter(pk__in=own, tree=Tree.DIVISION).values_list("level", flat=True)
    level = min(levels, default=Level.VILLAGE)
    shown = escalated_to(level, at) | Q(waits_at__in=own)
    for steps, moment in enumerate(UP, start=1):
        shown |= Q(**{f"{moment}__lt": at}, handler=None, waits_at__level=level + steps)
    return orders.filter(shown, due_at__lt=at, paused_at=None)


def _of_place(
    orders: QuerySet[Order], scope: Scope, wanted: Wanted, today: datetime.date
) -> QuerySet[Order]:
    """Keep what lies in the place asked for, whoever has it to do."""
    if wanted.place is None:
        return orders
    reach = reach_of([wanted.place], today).get(wanted.place, [])
    return orders.filter(place__in=numbered(inside(Scope(tuple(reach[:1])), today)))


def _in_area(
    orders: QuerySet[Order], scope: Scope, wanted: Wanted, today: datetime.date
) -> QuerySet[Order]:
    """Keep what lies in the reader's area, and for an organisation what it was given."""
    if wanted.place is not None:
        reach = reach_of([wanted.place], today).get(wanted.place, [])
        narrowed = [part for path in reach[:1] for part in scope.narrowed(path).ranges]
        return _at(orders, inside(Scope(tuple(narrowed)), today))
    if covers_everything(scope, today):
        return orders
    own = Unit.objects.filter(pk__in=own_units(scope), tree=Tree.ORGANISATION)
    if organisations := list(own.values_list("pk", flat=True)):
        given = Task.objects.filter(unit__in=organisations).values("order")
        return orders.filter(pk__in=given)
    return _at(orders, inside(scope, today))


def _at(orders: QuerySet[Order], units: list[int]) -> QuerySet[Order]:
    """Keep the orders at some places: looked up by the place where these are few, and met in the
    order of the list where they are many. Left to itself, SQLite looks up thousands of places.
    """
    if len(units) <= _WIDE:
        return orders.filter(place__in=numbered(units))
    return orders.annotate(stands=F("place_id") + 0).filter(stands__in=numbered(units))


def _filtered(orders: QuerySet[Order], wanted: Wanted, at: datetime.datetime) -> QuerySet[Order]:
    asked = {name: getattr(wanted, name) for name in ("step", "kind", "track", "handler")}
    orders = orders.filter(**{name: value for name, value in asked.items() if value})
    if wanted.overdue:
        orders = orders.filter(due_at__lt=at)
    return orders


def _sorted(orders: QuerySet[Order], wanted: Wanted) -> QuerySet[Order]:
    if wanted.newest:
        behind = Q(pk__lt=wanted.after.pk) if wanted.after else Q()
        return orders.filter(behind).order_by("-pk")
    if wanted.tab == Tab.CLOSED:
        return _behind(orders, "closed_at", wanted.after, "lt").order_by("-closed_at", "-pk")
    return _behind(orders, "due_at", wanted.after, "gt").order_by("due_at", "pk")


def _behind(orders: QuerySet[Order], field: str, after: Cursor | None, way: str) -> QuerySet[Order]:
    """Keep what stands behind a row. What has no deadline stands where the database puts it:
    SQLite first, PostgreSQL last.
    """
    if after is None:
        return orders
    first = connection.features.order_by_nulls_first
    behind = Q(**{f"pk__{way}": after.pk})
    if after.moment is None:
        rest = Q(**{f"{field}__isnull": False}) if first else Q(pk__in=[])
        return orders.filter(Q(**{field: None}) & behind | rest)
    later = Q(**{f"{field}__{way}": after.moment}) | Q(**{field: after.moment}) & behind
    if not first and field == "due_at":
        return orders.filter(later | Q(due_at=None))
    return orders.filter(later, **{f"{field}__{way}e": after.moment})


def _cursor_of(order: Order, wanted: Wanted) -> Cursor:
    if wanted.newest:
        return Cursor(None, order.pk)
    return Cursor(order.closed_at if wanted.tab == Tab.CLOSED else order.due_at, order.pk)

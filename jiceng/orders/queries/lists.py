"""Queues: which orders, in which order. Everything is computed from clocks; no job has to run."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from jiceng.access.queries import require
from jiceng.accounts.models import User
from jiceng.core.bulk import numbered
from jiceng.core.refusals import Invalid
from jiceng.orders.models import Order, Task
from jiceng.orders.queries.gate import inside, orders_for
from jiceng.orders.refusals import NoSuchOrder
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import path_of, subtree_of

SORTS: dict[str, tuple[OrderBy | str, ...]] = {
    "due": (F("due_at").asc(nulls_last=True), "pk"),
    "newest": ("-placed_at", "-pk"),
    "closed": ("-closed_at", "-pk"),
}
UP = ("due_at", "second_at", "third_at")


class NoSuchSort(Invalid):
    """Queues are sorted by deadline, by age or by close."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a queue shows. Nothing here finds a resident."""

    closed: bool = False
    steps: Collection[str] = ()
    kinds: Collection[str] = ()
    channels: Collection[str] = ()
    place: int | None = None  # a division: it and all below
    handler: int | None = None
    waits_at: int | None = None
    overdue_at: datetime.datetime | None = None  # the moment by which it is overdue
    number: str = ""
    sort: str = "due"


def queue_for(user: User, filters: Filters, *, today: datetime.date) -> QuerySet[Order]:
    """Return the orders that `user` may see, filtered and sorted; slice it, do not count it. At
    most four statements before the list's own.

    Raises:
        NotPermitted: he may see orders nowhere. NoSuchSort: he asks for another order.
    """
    if filters.sort not in SORTS:
        raise NoSuchSort(_("只能按期限、提出时间或结案时间排列。"))
    orders = orders_for(user, today)
    orders = orders.filter(step="") if filters.closed else orders.exclude(step="")
    for field in ("steps", "kinds", "channels"):
        if wanted := getattr(filters, field):
            orders = orders.filter(**{f"{field.removesuffix('s')}__in": list(wanted)})
    if filters.place is not None:
        below = subtree_of(path_of(filters.place, today), today).order_by()
        orders = orders.filter(place__in=numbered(below.values_list("pk", flat=True)))
    if filters.handler is not None:
        orders = orders.filter(handler=filters.handler)
    if filters.waits_at is not None:
        orders = orders.filter(waits_at=filters.waits_at)
    if filters.overdue_at is not None:
        orders = orders.filter(due_at__lt=filters.overdue_at, paused_at=None)
    if filters.number:
        orders = orders.filter(case__number=filters.number)
    sort = "closed" if filters.closed and filters.sort == "due" else filters.sort
    return orders.order_by(*SORTS[sort])


def escalated_for(user: User, *, now: datetime.datetime, today: datetime.date) -> QuerySet[Order]:
    """Return the orders whose limits have passed so often that they show at `user`'s levels: those
    of a village at the township, after another limit at the county, after a third at the city.
    The handler stays responsible.

    Raises:
        NotPermitted: he oversees orders nowhere.
    """
    scope = require(user, "orders.oversee", today=today)
    own = {paths.ids_of(prefix)[-1] for prefix in scope.ranges}
    levels = Unit.objects.filter(pk__in=own, tree=Tree.DIVISION).values_list("level", flat=True)
    shown = Q(pk__in=[])
    for level in set(levels):
        shown |= escalated_to(level, now)
    open_now = orders_for(user, today).exclude(step="").filter(paused_at=None, due_at__lt=now)
    return open_now.filter(shown).order_by("due_at", "pk")


def escalated_to(level: int, now: datetime.datetime) -> Q:
    """Return the condition that an order shows at a level: one limit passed for a handler one
    level below, two for one two levels below. A department counts as a township.
    """
    shown = Q(pk__in=[])
    for steps, moment in enumerate(UP, start=1):
        below = level + steps
        passed = Q(**{f"{moment}__lt": now})
        shown |= passed & Q(handler__tree=Tree.DIVISION, handler__level=below)
        if below == Level.TOWN:
            shown |= passed & Q(handler__tree=Tree.ORGANISATION)
        if below == Level.VILLAGE:  # a grid's order goes to the township at once
            shown |= passed & Q(handler__tree=Tree.DIVISION, handler__level__gt=below)
    return shown


def tasks_for(user: User, *, today: datetime.date) -> QuerySet[Task]:
    """Return the open parts that units in `user`'s scope have beside the main handlers: assisting
    and called, the soonest due first.

    Raises:
        NotPermitted: he handles orders nowhere.
    """
    scope = require(user, "orders.handle", today=today)
    tasks = Task.objects.filter(ended_at=None).exclude(part=Task.Part.MAIN)
    mine = tasks.filter(unit__in=numbered(inside(scope, today)))
    return mine.select_related("order__case").order_by(F("due_at").asc(nulls_last=True), "pk")


def tasks_of(order: Order) -> list[Task]:
    """Return every part there was in an order, in the order in which they were given."""
    return list(Task.objects.filter(order=order).select_related("unit").order_by("given_at", "pk"))


def task_for(order: Order, number: int) -> Task:
    """Return one part of an order; the caller has fetched the order through the gate.

    Raises:
        NoSuchOrder: it has no such part.
    """
    found = Task.objects.select_related("order__case").filter(order=order, pk=number).first()
    if found is None:
        raise NoSuchOrder(_("没有这项任务。"))
    return found

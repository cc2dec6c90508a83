"""Orders as lists show them: what, where, who has them, how late they are."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from jiceng.orders.clocks import levels_up
from jiceng.orders.models import Order
from jiceng.orders.words import step_of, title_of, units_of
from jiceng.registry.models import Unit
from jiceng.registry.queries import described


@dataclass(frozen=True, slots=True)
class Line:
    """An order as a list shows it."""

    order: Order
    number: str
    title: str
    step: str
    place: str
    unit: str  # where it waits; of a closed one, who handled it
    levels: int  # up, since it is overdue
    paused: bool


def lines_of(orders: Iterable[Order], at: datetime.datetime, day: datetime.date) -> list[Line]:
    """Return orders as a list shows them. Two statements."""
    rows = list(orders)
    asked = {number for one in rows for number in units_of(one)}
    names = described(asked, day)
    return [_line(order, names, at) for order in rows]


def _line(order: Order, names: dict[int, Unit], at: datetime.datetime) -> Line:
    last = order.handler_id or order.waits_at_id
    return Line(
        order=order,
        number=order.case.number,
        title=title_of(order.kind),
        step=step_of(order),
        place=names[order.place_id].name,
        unit=names[last if order.closed else order.waits_at_id].name,
        levels=levels_of(order, at),
        paused=order.paused_at is not None,
    )


def levels_of(order: Order, at: datetime.datetime) -> int:
    """Return how many levels further up an order is shown, since it is overdue."""
    if order.closed:
        return 0
    due = (order.due_at, order.second_at, order.third_at)
    return levels_up(due, at, paused=order.paused_at is not None)

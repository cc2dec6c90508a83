"""Several orders of a queue at once: each is taken on its own, and what is refused says why."""

import datetime
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.core.refusals import Refusal
from jiceng.orders.models import Order
from jiceng.orders.operations.acting import accept, dispatch
from jiceng.orders.queries.handlers import propose_handler
from jiceng.orders.refusals import OutOfReach
from jiceng.registry.queries import described

MOST = 50  # orders in one go: a page of the queue


@dataclass(slots=True)
class Result:
    """Which orders were taken on, and why the others were not."""

    done: list[Order] = field(default_factory=list)
    refused: list[tuple[Order, str]] = field(default_factory=list)


def dispatch_many(
    orders: Iterable[Order],
    *,
    handler: int | None,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Result:
    """Give each order to `handler`, else to the unit that is proposed for it."""

    def give(order: Order, own: uuid.UUID | None) -> Order:
        unit = handler or _proposed(order, at)
        return dispatch(order, handler=unit, seen=order.case.version, by=by, at=at, key=own)

    return _each(orders, give, key)


def accept_many(
    orders: Iterable[Order], *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Result:
    """Take each order on."""

    def take(order: Order, own: uuid.UUID | None) -> Order:
        return accept(order, seen=order.case.version, by=by, at=at, key=own)

    return _each(orders, take, key)


def _each(
    orders: Iterable[Order],
    act: Callable[[Order, uuid.UUID | None], Order],
    key: uuid.UUID | None,
) -> Result:
    result = Result()
    for order in orders:
        try:
            result.done.append(act(order, uuid.uuid5(key, order.number) if key else None))
        except Refusal as refusal:
            result.refused.append((order, refusal.sentence))
    return result


def _proposed(order: Order, at: datetime.datetime) -> int:
    day = day_of(at)
    proposal = propose_handler(order.kind, described([order.place_id], day)[order.place_id], day)
    if proposal.unit is None:
        raise OutOfReach(_("没有可以建议的承办单位，请打开后自己选。"))
    return proposal.unit

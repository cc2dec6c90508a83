"""What was told is kept, each thing where only those read it who may."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from jiceng.accounts.codes import digest_of, draw
from jiceng.core.bulk import insert_all, reserve_ids
from jiceng.core.clock import day_of
from jiceng.core.journal import Journal
from jiceng.orders import timing
from jiceng.orders.models import Contact, Order, OrderStatus, Telling
from jiceng.orders.operations.planning import Plan
from jiceng.procedures.models import Case

CODE = "orders.code"


class Placed(NamedTuple):
    """The order, and its query code: told once, kept nowhere."""

    order: Order
    code: str


def keep(
    rows: Sequence[tuple[Plan, Case]], at: datetime.datetime, journal: Journal | None
) -> list[Placed]:
    """Write the orders of cases that were opened. Five statements."""
    placed = [_placed(plan, case, at) for plan, case in rows]
    orders = [one.order for one in placed]
    insert_all(Order, orders)
    tellings = [
        Telling(order=order, text=plan.placing.text.strip(), concerns_id=plan.placing.concerns)
        for order, (plan, _case) in zip(orders, rows, strict=True)
    ]
    insert_all(Telling, tellings)
    contacts = [
        Contact(order=order, name=plan.placing.name.strip(), phone=plan.placing.phone.strip())
        for order, (plan, _case) in zip(orders, rows, strict=True)
        if plan.placing.name.strip() or plan.placing.phone.strip()
    ]
    insert_all(Contact, contacts)
    statuses = [_status(order, at) for order in orders]
    for number, status in zip(reserve_ids(OrderStatus, len(statuses)), statuses, strict=True):
        status.pk = number
    insert_all(OrderStatus, statuses)
    if journal is not None:
        journal.created(Order, [order.pk for order in orders])
        journal.created(Telling, [order.pk for order in orders])
        journal.created(Contact, [contact.pk for contact in contacts])
        journal.created(OrderStatus, [status.pk for status in statuses])
    return placed


def _placed(plan: Plan, case: Case, at: datetime.datetime) -> Placed:
    told, code = plan.placing, draw()
    placed_at = told.placed_at or at
    conduct = plan.service.track == Order.Track.CONDUCT
    order = Order(
        case=case,
        kind=plan.service.code,
        track=plan.service.track,
        channel=told.channel,
        place_id=case.unit_id,
        receiver_id=case.waits_at_id,
        waits_at_id=case.waits_at_id,
        step=case.step,
        where="" if conduct else told.where.strip(),
        latitude=None if conduct else told.latitude,
        longitude=None if conduct else told.longitude,
        placed_at=placed_at,
        placed_on=day_of(placed_at),
        recorded_at=at,
        code_digest=digest_of(CODE, code),
    )
    timing.set_residents_clock(order, plan.limit)
    return Placed(order, code)


def _status(order: Order, at: datetime.datetime) -> OrderStatus:
    return OrderStatus(
        number=order.case.number,
        code_digest=order.code_digest,
        kind=order.kind,
        track=order.track,
        step=order.step,
        placed_at=order.placed_at,
        due_at=order.due_at,
        limit_rule=order.limit_rule,
        provisional=order.provisional,
        updated_at=at,
    )

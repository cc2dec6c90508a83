"""What follows whenever an order's case has moved: the order is written, and its projections."""

import datetime

from jiceng.core import clocks
from jiceng.core.clock import day_of
from jiceng.orders import timing
from jiceng.orders.models import BoardEntry, Contact, Order, OrderStatus, Task
from jiceng.procedures.models import Case
from jiceng.registry.queries import described
from jiceng.rules.values import Period

_OPEN = {"step", "waits_at", "outcome", "closed_at"}


def settle(case: Case, at: datetime.datetime) -> None:
    """Bring the order to where its case stands; see `procedures.hooks`."""
    order: Order = case.order  # type: ignore[attr-defined]  # the other end of Order.case
    order.step, order.outcome, order.waits_at_id = case.step, case.outcome, case.waits_at_id
    if case.ended and order.closed_at is None:
        _close(order, at)
    order.save(force_update=True)
    project(order, at)


def _close(order: Order, at: datetime.datetime) -> None:
    """End what hangs on an order that is over, and say when the contact is to be erased."""
    order.closed_at, order.paused_at = at, None
    if order.handler_id is not None and order.outcome == "closed":
        order.settled_at = level_of(order.handler_id, at)
    open_tasks = Task.objects.filter(order=order, ended_at=None)
    done = Task.Ending.DONE if order.outcome == "closed" else Task.Ending.CLOSED
    open_tasks.update(ended_at=at, ended_as=done)
    rule = timing.rule_of("order.contact_kept", order, day_of(at))
    if rule is not None and isinstance(rule.value, Period):
        unit = rule.value.unit
        assert unit != "hour"
        last = clocks.minimum_ends(day_of(at), rule.value.count, unit).day
        Contact.objects.filter(order=order, erased_at=None).update(erase_on=last)


def level_of(unit: int, at: datetime.datetime) -> int:
    """Return the level by law at which a unit works: of an organisation, that of its seat."""
    from jiceng.orders.queries.stations import stations_of

    stations = stations_of(unit, day_of(at))
    return stations[-1].level if stations else 0


def project(order: Order, at: datetime.datetime) -> None:
    """Write what the code opens, and what the board shows where it was released."""
    task: Task | None = (
        Task.objects.filter(order=order).exclude(reply="").order_by("-replied_at").first()
    )
    name = ""
    if order.handler_id is not None:
        name = described([order.handler_id], day_of(at))[order.handler_id].name
    stand = {"step": order.step, "outcome": order.outcome, "due_at": order.due_at, "handler": name}
    stand |= {"closed_at": order.closed_at, "updated_at": at}
    answered = order.done_at is not None and task is not None
    OrderStatus.objects.filter(number=order.case.number).update(
        **stand,
        limit_rule=order.limit_rule,
        provisional=order.provisional,
        answer=task.reply if answered else "",
        answered_at=task.replied_at if answered else None,
        judged=order.satisfied is not None,
    )
    BoardEntry.objects.filter(number=order.case.number).update(**stand)

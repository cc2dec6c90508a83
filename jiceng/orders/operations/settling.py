"""What follows whenever an order's case has moved: the order is written, and its projections."""

import datetime

from jiceng.agenda import operations as agenda
from jiceng.core import clocks
from jiceng.core.clock import day_of
from jiceng.orders import timing
from jiceng.orders.merging import tell_merged
from jiceng.orders.models import BoardEntry, Contact, Order, OrderStatus, Pause, Task
from jiceng.orders.steps.base import end_main
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
    order.closed_at, order.closed_on, order.paused_at = at, day_of(at), None
    if order.handler_id is not None and order.outcome == "closed":
        order.settled_at = level_of(order.handler_id, at)
    done = Task.Ending.DONE if order.outcome == "closed" else Task.Ending.CLOSED
    end_main(order, done, at)
    helping = Task.objects.filter(order=order, ended_at=None)
    if subjects := [f"orders.task:{number}" for number in helping.values_list("pk", flat=True)]:
        helping.update(ended_at=at, ended_as=Task.Ending.CLOSED)
        agenda.close("orders.task", subjects, at=at)
    Pause.objects.filter(order=order, until_at=None).update(until_at=at)
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
    task = None
    if order.done_at is not None:
        answers = Task.objects.filter(order=order, part=Task.Part.MAIN).exclude(reply="")
        task = answers.order_by("-replied_at").first()
    name = ""
    if order.handler_id is not None:
        name = described([order.handler_id], day_of(at))[order.handler_id].name
    stand = {"step": order.step, "outcome": order.outcome, "due_at": order.due_at, "handler": name}
    stand |= {"closed_at": order.closed_at, "updated_at": at}
    OrderStatus.objects.filter(number=order.case.number).update(
        **stand,
        limit_rule=order.limit_rule,
        provisional=order.provisional,
        answer=task.reply if task else "",
        answered_at=task.replied_at if task else None,
        judged=order.satisfied is not None,
    )
    BoardEntry.objects.filter(number=order.case.number).update(**stand)
    if order.done_at is not None:
        tell_merged(order)

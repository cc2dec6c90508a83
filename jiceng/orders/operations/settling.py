"""What follows whenever an order's case has moved: the order is written, and its projections."""

import datetime

from jiceng.agenda import operations as agenda
from jiceng.core import clocks
from jiceng.core.changes import report
from jiceng.core.clock import day_of
from jiceng.orders import timing
from jiceng.orders.catalogue import exclusions
from jiceng.orders.measures import ORDERS
from jiceng.orders.merging import tell_merged
from jiceng.orders.models import BoardEntry, Contact, Order, OrderStatus, Pause, Task
from jiceng.orders.queries.stations import stations_of
from jiceng.orders.steps.base import end_main, handler_changed
from jiceng.procedures.models import Case
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree
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
    if order.paused_at is not None:
        Pause.objects.filter(order=order, until_at=None).update(until_at=at)
    order.closed_at, order.closed_on, order.paused_at = at, day_of(at), None
    report([ORDERS], [day_of(at)], at)
    if order.handler is not None and order.outcome == "closed":
        order.settled_at = _level_of(order.handler, at)
    end_main(order, Task.Ending.DONE if order.outcome == "closed" else Task.Ending.CLOSED, at)
    helping = Task.objects.filter(order=order, ended_at=None)
    if subjects := [f"orders.task:{number}" for number in helping.values_list("pk", flat=True)]:
        helping.update(ended_at=at, ended_as=Task.Ending.CLOSED)
        agenda.close("orders.task", subjects, at=at)
    _date_erasure(order, at)


def _date_erasure(order: Order, at: datetime.datetime) -> None:
    """Say when what the resident left is to be erased. One statement where he left nothing."""
    contact = Contact.objects.filter(order=order, erased_at=None).first()
    rule = timing.rule_of("order.contact_kept", order, day_of(at)) if contact else None
    if contact is None or rule is None or not isinstance(rule.value, Period):
        return
    unit = rule.value.unit
    if unit == "hour":
        raise ValueError(f"{rule.key} is counted in hours")
    contact.erase_on = clocks.minimum_ends(day_of(at), rule.value.count, unit).day
    contact.save(update_fields=["erase_on"])


def _level_of(unit: Unit, at: datetime.datetime) -> int:
    """Return the level by law at which a unit works: of an organisation, that of its seat."""
    if unit.tree == Tree.DIVISION:
        return unit.level
    stations = stations_of(unit.pk, day_of(at))
    return stations[-1].level if stations else 0


def project(order: Order, at: datetime.datetime) -> None:
    """Write what the code opens, and what the board shows where it was released. One statement;
    more where the handler changes, or an answer is given.
    """
    stand = {"step": order.step, "outcome": order.outcome, "due_at": order.due_at}
    stand |= {"closed_at": order.closed_at, "updated_at": at}
    if handler_changed(order):
        stand["handler"] = _name_of(order.handler_id, at)
    own = {
        "limit_rule": order.limit_rule,
        "provisional": order.provisional,
        "judged": order.satisfied is not None,
    }
    if order.done_at == at:
        own |= {"answer": _answer_to(order), "answered_at": at}
    elif order.closed_at == at and order.outcome == "excluded":
        own |= {"answer": _instead(order), "answered_at": at}
    OrderStatus.objects.filter(number=order.case.number).update(**stand, **own)
    if order.released:
        BoardEntry.objects.filter(number=order.case.number).update(**stand)
    if order.done_at == at or order.closed_at == at:
        tell_merged(order)


def _name_of(unit: int | None, at: datetime.datetime) -> str:
    return described([unit], day_of(at))[unit].name if unit is not None else ""


def _instead(order: Order) -> str:
    """Return where the resident is told to go with what is not dealt with as an order."""
    taken = order.case.taken.filter(outcome="excluded").order_by("-pk").first()
    given = taken.data if taken else {}
    found = next((one for one in exclusions() if one.code == given.get("exclusion")), None)
    lines = [given.get("reason") or ""]
    if found is not None:
        lines += [found.title, found.says]
        lines += [f"{one.title} {one.phone or one.where}" for one in found.channels]
    return "\n".join(line for line in lines if line)


def _answer_to(order: Order) -> str:
    answers = Task.objects.filter(order=order, part=Task.Part.MAIN).exclude(reply="")
    return answers.order_by("-replied_at").values_list("reply", flat=True).first() or ""

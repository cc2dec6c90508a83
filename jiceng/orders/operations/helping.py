"""Others help: assisting units, and departments that a township calls to one order (吹哨报到),
each with a clock of its own; the township judges what they answer.
"""

import datetime
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.access.queries import reach_of
from jiceng.accounts.models import User
from jiceng.agenda import operations as agenda
from jiceng.core.clock import day_of
from jiceng.orders import timing
from jiceng.orders.models import Order, Task
from jiceng.orders.operations.holding import (
    HANDLERS,
    OVERSEERS,
    check_acts,
    hold,
    record,
    wanted,
)
from jiceng.orders.queries.giving import reaches
from jiceng.orders.queries.stations import first_of, stations_of
from jiceng.orders.refusals import NothingSaid, NotNow, OutOfReach
from jiceng.procedures import hooks
from jiceng.procedures.operations import moving
from jiceng.procedures.timing import Due
from jiceng.registry import paths
from jiceng.registry.models.units import Level

TASK = "orders.task"
REPLY = 2000


@transaction.atomic
def call_in(
    order: Order,
    *,
    units: Collection[int],
    asks: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> list[Task]:
    """Let the township of the place call departments to an order. Each answers under its own
    clock; none of them becomes the main handler.

    Raises:
        NotYourTask: `by` does not answer for the township. NotNow: the order is a complaint about
            conduct, or one of them has a part already. OutOfReach: one serves another place.
    """
    order, what = hold(order, seen), wanted(asks)
    if order.track != Order.Track.DUTY:
        raise NotNow(_("反映人员作风的诉求不吹哨。"))
    stations = stations_of(order.place_id, day_of(at))
    check_acts(by, OVERSEERS, first_of(stations).unit, at)
    _check_serve(units, [one.unit for one in stations if one.level <= Level.COUNTY], at)
    due = timing.due_by(timing.rule_of("order.called_reply", order, day_of(at)), at)
    tasks = _given(order, Task.Part.CALLED, units, what, due, at)
    _ask(order, tasks, by, at)
    moving.stay(order.case)
    after = {"units": sorted(units)}
    record("orders.task.called", order, by=by, at=at, key=key, after=after)
    return tasks


@transaction.atomic
def ask_to_assist(
    order: Order,
    *,
    unit: int,
    asks: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Task:
    """Give a unit a part in an order beside its main handler, by whoever dispatched it.

    Raises:
        NotYourTask: `by` does not answer for the first receiver. NotNow: the unit has a part
            already. OutOfReach: it stands neither there nor below.
    """
    order, what = hold(order, seen), wanted(asks)
    check_acts(by, OVERSEERS, order.receiver_id, at)
    if not reaches(order.receiver_id, unit, day_of(at)):
        raise OutOfReach(_("只能请本级、下级或驻在本级的单位协办。"))
    clock = timing.handlers_clock(order, at)
    due = (
        Due(day_of(clock.due_at), order.limit_rule, clock.provisional, clock.due_at)
        if clock
        else None
    )
    tasks = _given(order, Task.Part.ASSIST, [unit], what, due, at)
    _ask(order, tasks, by, at)
    moving.stay(order.case)
    record("orders.task.given", order, by=by, at=at, key=key, unit=unit)
    return tasks[0]


@transaction.atomic
def answer_task(
    task: Task,
    *,
    reply: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Task:
    """Say what the unit has done of its part. What was called for waits for the township's
    judgement; an assisting unit's part ends.

    Raises:
        NotYourTask: another unit has it. NotNow: it has ended or was answered.
    """
    order, task = _held(task, seen)
    text = reply.strip()[:REPLY]
    if not text:
        raise NothingSaid(_("请写明办了什么。"))
    check_acts(by, HANDLERS, task.unit_id, at)
    if task.replied_at is not None:
        raise NotNow(_("这项任务已经答复。"))
    task.accepted_at, task.replied_at, task.reply = task.accepted_at or at, at, text
    if task.part == Task.Part.ASSIST:
        task.ended_at, task.ended_as = at, Task.Ending.DONE
    task.save()
    agenda.close(TASK, [f"{TASK}:{task.pk}"], at=at)
    moving.stay(order.case)
    record("orders.task.answered", order, by=by, at=at, key=key, unit=task.unit_id)
    return task


@transaction.atomic
def return_task(
    task: Task,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Task:
    """Give an assisting or called part back with a reason; its clock stops.

    Raises:
        NotYourTask: another unit has it. NotNow: it has ended. ReasonWanted: nothing was said.
    """
    order, task = _held(task, seen)
    why = wanted(reason)
    check_acts(by, HANDLERS, task.unit_id, at)
    task.ended_at, task.ended_as, task.reason = at, Task.Ending.RETURNED, why
    task.save()
    agenda.close(TASK, [f"{TASK}:{task.pk}"], at=at)
    moving.stay(order.case)
    after = {"reason": why}
    record("orders.task.returned", order, by=by, at=at, key=key, unit=task.unit_id, after=after)
    return task


@transaction.atomic
def judge_task(
    task: Task,
    *,
    accepted: bool,
    why: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Task:
    """Let the township that called say whether a department's answer will do; one that will not
    may be called again.

    Raises:
        NotYourTask: `by` does not answer for the township. NotNow: there is no answer yet.
    """
    order, task = _held(task, seen)
    if task.part != Task.Part.CALLED or task.replied_at is None:
        raise NotNow(_("部门答复之后，乡镇才能评价。"))
    stations = stations_of(order.place_id, day_of(at))
    check_acts(by, OVERSEERS, first_of(stations).unit, at)
    task.judged, task.judged_at, task.judged_why = accepted, at, why.strip()[:300]
    if not accepted:
        task.judged_why = wanted(why)
    task.ended_at, task.ended_as = at, Task.Ending.DONE
    task.save()
    moving.stay(order.case)
    after = {"accepted": accepted}
    record("orders.task.judged", order, by=by, at=at, key=key, unit=task.unit_id, after=after)
    return task


def _held(task: Task, seen: int) -> tuple[Order, Task]:
    """Return the order, held, and the part as it is now.

    Raises:
        NotNow: the part has ended, or it is the main handler's, which goes by the order's steps.
    """
    order = hold(task.order, seen)
    task = Task.objects.get(pk=task.pk)
    if task.ended_at is not None or task.part == Task.Part.MAIN:
        raise NotNow(_("这项任务已经结束，或者是主办任务，按诉求的步骤办理。"))
    return order, task


def _check_serve(units: Collection[int], above: Collection[int], at: datetime.datetime) -> None:
    """Raises:
    NothingSaid: nobody is called. OutOfReach: one has no seat where it serves the place.
    """
    if not units:
        raise NothingSaid(_("请选择要吹哨的部门。"))
    reach = reach_of(units, day_of(at))
    for unit in units:
        seats = {paths.ids_of(path)[-1] for path in reach.get(unit, [])[1:]}
        if seats.isdisjoint(above):
            raise OutOfReach(_("只能吹哨驻在本县（市、区）或本市的部门。"))


def _given(
    order: Order,
    part: Task.Part,
    units: Collection[int],
    asks: str,
    due: Due | None,
    at: datetime.datetime,
) -> list[Task]:
    if Task.objects.filter(order=order, unit__in=units, ended_at=None).exists():
        raise NotNow(_("这个单位已经在办这件诉求。"))
    return Task.objects.bulk_create(
        Task(
            order=order,
            unit_id=unit,
            part=part,
            asks=asks,
            given_at=at,
            due_at=due.at if due else None,
            due_rule=due.rule[:200] if due else "",
            provisional=due.provisional if due else False,
        )
        for unit in sorted(units)
    )


def _ask(order: Order, tasks: Sequence[Task], by: User, at: datetime.datetime) -> None:
    agenda.ask(
        [
            agenda.Asked(
                role=timing.role_at(task.unit, HANDLERS),
                unit=task.unit_id,
                kind=TASK,
                subject=f"{TASK}:{task.pk}",
                title=format_lazy(
                    gettext_lazy("{title}：{part}"),
                    title=order.case.title[:100],
                    part=task.get_part_display(),
                ),
                address=hooks.address_of(order.case),
                due_at=task.due_at,
                rule=task.due_rule,
                asked_by=by,
            )
            for task in tasks
        ],
        at=at,
    )

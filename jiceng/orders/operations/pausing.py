"""Clocks stand still, go on, and are extended: never silently."""

import datetime
import uuid

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.accounts.models import User
from jiceng.agenda import operations as agenda
from jiceng.core.clock import day_of
from jiceng.orders import timing
from jiceng.orders.clocks import Limit
from jiceng.orders.models import Extension, Order, OrderStatus, Pause
from jiceng.orders.operations.holding import (
    HANDLERS,
    OVERSEERS,
    check_acts,
    hold,
    record,
    step_now,
    wanted,
)
from jiceng.orders.operations.settling import project
from jiceng.orders.pauses import REASONS
from jiceng.orders.queries.stations import above_of
from jiceng.orders.refusals import NotNow
from jiceng.orders.steps.base import main_task
from jiceng.procedures import hooks
from jiceng.procedures.operations import moving
from jiceng.rules.values import Period

_HANDLED = ("handle", "settle", "examine")
EXTENDING = "orders.extension"


@transaction.atomic
def pause(
    order: Order,
    *,
    reason: str,
    note: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """Let the resident's clock and the handler's stand still, for a reason of the list. When the
    resident is asked for something, `note` is what he reads.

    Raises:
        NotNow: it is not being handled, or stands still already. ReasonWanted: nothing was said.
        NotYourTask: another unit handles it.
    """
    order, why = hold(order, seen), wanted(note)
    if order.step not in _HANDLED or order.paused_at is not None:
        raise NotNow(_("只有正在办理、没有暂停的诉求才能暂停计时。"))
    if reason not in REASONS:
        raise NotNow(_("这个原因不在可以暂停计时的原因之内。"))
    check_acts(by, HANDLERS, order.waits_at_id, at)
    Pause.objects.create(order=order, reason=reason, note=why, from_at=at)
    order.paused_at = at
    order.save(update_fields=["paused_at"])
    moving.renew_due(order.case, None, at)
    asked = why if REASONS[reason].asks else ""
    OrderStatus.objects.filter(number=order.number).update(
        paused=reason, asked=asked, updated_at=at
    )
    record("orders.order.paused", order, by=by, at=at, key=key, after={"reason": reason})
    return order


@transaction.atomic
def resume(
    order: Order,
    *,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """Let the clocks go on.

    Raises:
        NotNow: they do not stand still. NotYourTask: another unit handles it.
    """
    order = hold(order, seen)
    check_acts(by, HANDLERS, order.waits_at_id, at)
    go_on(order, at)
    record("orders.order.resumed", order, by=by, at=at, key=key)
    return order


def go_on(order: Order, at: datetime.datetime) -> None:
    """End the pause and count both clocks anew. The caller holds the order and leaves the entry.

    Raises:
        NotNow: the clocks do not stand still.
    """
    if order.paused_at is None:
        raise NotNow(_("这件诉求没有暂停计时。"))
    Pause.objects.filter(order=order, until_at=None).update(until_at=at)
    order.paused_at = None
    count_clocks(order)
    order.save(force_update=True)
    moving.renew_due(order.case, timing.due_of_step(step_now(order), order, at), at)
    OrderStatus.objects.filter(number=order.number).update(paused="", asked="")
    project(order, at)


def count_clocks(order: Order) -> None:
    """Count the resident's clock and the main handler's anew from what is on record."""
    stops = timing.stops_of(order)
    timing.count_residents_clock(order, stops)
    task = main_task(order).first()
    if task is None:
        return
    clock = timing.handlers_clock(order, task.given_at, stops)
    task.due_at = order.handler_due_at = clock.due_at if clock else None
    task.provisional = clock.provisional if clock else False
    task.save(update_fields=["due_at", "provisional"])


@transaction.atomic
def ask_extension(
    order: Order,
    *,
    why: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Extension:
    """Ask the level above for more time, once for an order.

    Raises:
        NotNow: it is not being handled, or was asked before. NotYourTask: another unit handles it.
    """
    order, reason = hold(order, seen), wanted(why)
    if order.step not in _HANDLED:
        raise NotNow(_("只有正在办理的诉求才能申请延期。"))
    check_acts(by, HANDLERS, order.waits_at_id, at)
    if Extension.objects.filter(order=order).exists():
        raise NotNow(_("每件诉求只能申请一次延期。"))
    unit = above_of(order.waits_at_id, day_of(at)).unit
    asked = Extension.objects.create(order=order, unit_id=unit, why=reason, asked_at=at)
    _ask_to_decide(order, asked, by, at)
    moving.stay(order.case)
    record("orders.extension.asked", order, by=by, at=at, key=key, unit=unit)
    return asked


@transaction.atomic
def decide_extension(
    order: Order,
    *,
    granted: bool,
    why: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Extension:
    """Grant the time that the rule allows, or refuse it; the resident reads the new limit.

    Raises:
        NotNow: nothing was asked, or it was decided. NotYourTask: another unit decides.
    """
    order, reason = hold(order, seen), wanted(why)
    asked = Extension.objects.filter(order=order, granted=None).first()
    if asked is None:
        raise NotNow(_("没有待答复的延期申请。"))
    check_acts(by, OVERSEERS, asked.unit_id, at)
    if granted:
        _extend(order, asked, at)
    asked.granted, asked.decided_at, asked.decided_why = granted, at, reason
    asked.save(update_fields=["granted", "decided_at", "decided_why", "rule"])
    agenda.close(EXTENDING, [f"orders.extension:{asked.pk}"], at=at)
    if not granted:
        moving.stay(order.case)
    record(
        "orders.extension.decided",
        order,
        by=by,
        at=at,
        key=key,
        unit=asked.unit_id,
        after={"granted": granted, "due_at": order.due_at, "reason": reason},
    )
    return asked


def _extend(order: Order, asked: Extension, at: datetime.datetime) -> None:
    rule = timing.rule_of("order.extend", order, day_of(at))
    if rule is None or not isinstance(rule.value, Period):
        raise NotNow(_("这里没有规定可以延期。"))
    extension = Limit(rule.value.count, rule.value.unit)
    order.extended_count, order.extended_unit = extension.count, extension.unit
    asked.rule = rule.sentence()[:200]
    count_clocks(order)
    order.save(force_update=True)
    moving.renew_due(order.case, timing.due_of_step(step_now(order), order, at), at)
    project(order, at)


def _ask_to_decide(order: Order, asked: Extension, by: User, at: datetime.datetime) -> None:
    agenda.ask(
        [
            agenda.Asked(
                role=timing.role_at(asked.unit, OVERSEERS),
                unit=asked.unit_id,
                kind=EXTENDING,
                subject=f"orders.extension:{asked.pk}",
                title=format_lazy(gettext_lazy("{number} 申请延期"), number=order.case.number),
                address=hooks.address_of(order.case),
                due_at=order.due_at,
                asked_by=by,
            )
        ],
        at=at,
    )

"""Duty lists, what a place changes in the catalogue, and who is on duty at which hours."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Invalid
from jiceng.orders import catalogue
from jiceng.orders.duties import duties
from jiceng.orders.models import DutyItem, DutyShift, LocalService
from jiceng.orders.operations.hanging import (
    NoSuchRow,
    UnknownItem,
    end_row,
    need_document,
    refuse_overlaps,
)
from jiceng.registry.models import Batch, Post
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.writing import lock_lives, record_rows, write

_MINUTES = 24 * 60


class StartsTooEarly(Invalid):
    """It would begin before today: what was sent by then stays as it was sent."""


class NoHours(Invalid):
    """A shift names no day of the week, or hours that are none."""


class NeedsPhone(Invalid):
    """Whoever is on duty is reached by telephone."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    unit: int
    item: str  # code of a heading in data/duty-list.yaml
    document: str
    valid_from: datetime.date
    title: str = ""  # as the unit's list words it; empty: as the heading
    valid_to: datetime.date = FOREVER


@dataclass(frozen=True, slots=True)
class ShiftRow:
    unit: int
    post: int
    phone: str
    from_minute: int  # from midnight
    to_minute: int  # not after `from_minute`: on the next day
    valid_from: datetime.date
    weekdays: int = DutyShift.EVERY_DAY
    valid_to: datetime.date = FOREVER


@transaction.atomic
def record_duty_items(
    rows: Sequence[DutyRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Take items into units' lists of duties; return their numbers in the order given.

    The caller has checked that `by` may keep the lists of these units.

    Raises:
        UnknownItem: there is no such heading.
        NeedsDocument: an item names no document.
        NoSuchUnit, OutsideLife: a unit does not live through the period.
        StandsAlready: a unit's list holds the item on one of these days.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    unknown = {row.item for row in rows} - duties().keys()
    if unknown:
        raise UnknownItem(_("职责清单没有这一项：%s。") % "、".join(sorted(unknown)))
    need_document([row.document for row in rows])
    lock_lives((row.unit, row.valid_from, row.valid_to) for row in rows)
    kept = [
        DutyItem(
            unit_id=row.unit,
            item=row.item,
            title=row.title.strip() or duties()[row.item].title,
            document=row.document.strip(),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            recorded_at=at,
        )
        for row in rows
    ]
    refuse_overlaps(kept, "unit_id", "item", _titled)
    fields = ["unit_id", "item", "title", "document", "valid_from", "valid_to", "recorded_at"]
    values = [tuple(getattr(row, field) for field in fields) for row in kept]
    ids = write(DutyItem, fields, values, batch=batch, journal=journal)
    if own:
        action, unit = "orders.duty_item.recorded", rows[0].unit
        record_rows(action, DutyItem, ids, journal, by=by, at=at, key=key, unit=unit)
    return ids


def _titled(row: object) -> str:
    return str(getattr(row, "title", ""))


def end_duty_item(
    number: int, *, day: datetime.date, by: User, at: datetime.datetime, key: uuid.UUID
) -> DutyItem:
    """Strike an item off a unit's list from `day` on.

    Raises:
        NoSuchRow: it is not on the list the day before.
    """
    action = "orders.duty_item.ended"
    return end_row(DutyItem, number, owner="unit_id", day=day, by=by, at=at, key=key, action=action)


@transaction.atomic
def set_local_service(
    code: str,
    *,
    unit: int,
    document: str,
    valid_from: datetime.date,
    offered: bool = True,
    tier: str = "",
    direct: bool | None = None,
    handler: int | None = None,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> LocalService:
    """Change a kind of service for a place and all below it, from a day on; what the place had
    changed before ends on that day. The caller has checked that `by` may.

    Raises:
        UnknownItem: there is no such kind or tier.
        NeedsDocument, StartsTooEarly: what was sent cannot be taken.
        NoSuchUnit, OutsideLife: the place does not stand on the day.
        StandsAlready: another change of the same place begins on the same day or later.
    """
    if code not in catalogue.shipped().services or tier not in catalogue.TIERS:
        raise UnknownItem(_("没有这种诉求，或者没有这一档时限。"))
    need_document([document])
    if valid_from < day_of(at):
        raise StartsTooEarly(_("已经过去的日子不能改。最早可以填 %s。") % day_of(at))
    lock_lives([(unit, valid_from, FOREVER)])
    before = LocalService.objects.filter(
        unit=unit, service=code, valid_from__lt=valid_from, valid_to__gt=valid_from
    )
    before.update(valid_to=valid_from)
    row = LocalService(
        unit_id=unit,
        service=code,
        offered=offered,
        tier=tier,
        direct=direct,
        handler_id=handler,
        document=document.strip(),
        valid_from=valid_from,
        recorded_at=at,
        recorded_by=by,
    )
    refuse_overlaps([row], "unit_id", "service", lambda _row: catalogue.service(code).title)
    row.save(force_insert=True)
    audit.record(
        action="orders.local_service.set",
        subject=row,
        subject_text=catalogue.service(code).title,
        unit=unit,
        by=by,
        at=at,
        key=key,
        after={
            "service": code,
            "offered": offered,
            "tier": tier,
            "direct": direct,
            "handler": handler,
            "valid_from": valid_from,
            "document": row.document,
        },
    )
    return row


def end_local_service(
    number: int, *, day: datetime.date, by: User, at: datetime.datetime, key: uuid.UUID
) -> LocalService:
    """Let a kind of service be again as farther up, from `day` on.

    Raises:
        NoSuchRow: the change does not hold the day before.
    """
    action = "orders.local_service.ended"
    return end_row(
        LocalService, number, owner="unit_id", day=day, by=by, at=at, key=key, action=action
    )


@transaction.atomic
def declare_shifts(
    rows: Sequence[ShiftRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> list[DutyShift]:
    """Say which posts answer for a unit at which hours of the week. The caller has checked that
    `by` may keep the roster of these units.

    Raises:
        NoHours, NeedsPhone: a shift says nothing.
        NoSuchRow: a post does not exist, or does not last on the first day.
        NoSuchUnit, OutsideLife: a unit does not live through the period.
    """
    if not rows:
        return []
    for row in rows:
        _check_shift(row)
    lock_lives((row.unit, row.valid_from, row.valid_to) for row in rows)
    posts = {post.pk: post for post in Post.objects.filter(pk__in={row.post for row in rows})}
    for row in rows:
        post = posts.get(row.post)
        if post is None or not post.valid_from <= row.valid_from < post.valid_to:
            raise NoSuchRow(_("值班的人当日不在这个职务上。"))
    shifts = [
        DutyShift(
            unit_id=row.unit,
            post_id=row.post,
            phone=row.phone.strip(),
            weekdays=row.weekdays,
            from_minute=row.from_minute,
            to_minute=row.to_minute,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            recorded_at=at,
        )
        for row in rows
    ]
    kept = DutyShift.objects.bulk_create(shifts)
    audit.record(
        action="orders.duty_shift.declared",
        subject=kept[0],
        unit=rows[0].unit,
        by=by,
        at=at,
        key=key,
        after={"shifts": [[r.post, r.weekdays, r.from_minute, r.to_minute] for r in rows]},
        count=len(kept),
    )
    return kept


def _check_shift(row: ShiftRow) -> None:
    if not row.phone.strip():
        raise NeedsPhone(_("请写明值班电话。"))
    in_week = 0 < row.weekdays <= DutyShift.EVERY_DAY
    if not in_week or not (0 <= row.from_minute < _MINUTES and 0 <= row.to_minute < _MINUTES):
        raise NoHours(_("请至少选一天，并写明从几点到几点。"))


def end_shift(
    number: int, *, day: datetime.date, by: User, at: datetime.datetime, key: uuid.UUID
) -> DutyShift:
    """Take a shift off the roster from `day` on.

    Raises:
        NoSuchRow: it is not on the roster the day before.
    """
    action = "orders.duty_shift.ended"
    return end_row(
        DutyShift, number, owner="unit_id", day=day, by=by, at=at, key=key, action=action
    )

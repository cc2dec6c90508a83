"""Ballots: two authorised persons enter the signed sheet, one after the other and apart."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.procedures.about import About
from jiceng.procedures.kinds import Given, kind_of
from jiceng.procedures.models import Case, Sheet, Taken
from jiceng.procedures.operations.taking import How, locked, step_of, store
from jiceng.procedures.queries import about_of, what_is_missing
from jiceng.procedures.refusals import Lacking, NotAllowed, SheetsDiffer

_NOTHING = How()


def enter_sheet(
    number: str,
    step: str,
    given: Given,
    *,
    happened_on: datetime.date,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    how: How = _NOTHING,
) -> Taken | None:
    """Enter a signed sheet; when another person has entered the same, the step is taken.

    Return the step, or None while the second entry is awaited. What a person entered before may
    be entered anew until both agree.

    Raises:
        SheetsDiffer: the other entry says something else; both are kept and shown.
        and what `take_step` raises.
    """
    taken, differing = _enter(number, step, given, happened_on, seen, by, at, key, how)
    if differing:
        raise SheetsDiffer(
            _("两次录入不一致，已都保存。请对照计票单，录错的一方重新录入。"), details=differing
        )
    return taken


@transaction.atomic
def _enter(
    number: str,
    step: str,
    given: Given,
    happened_on: datetime.date,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None,
    how: How,
) -> tuple[Taken | None, list[str]]:
    case = locked(number, seen)
    declared = step_of(case, step, by, happened_on, at)
    kind = kind_of(declared.kind)
    if not kind.twice:
        raise NotAllowed(_("“%s”不用两人录入。") % declared.title)
    about = about_of(case, declared, happened_on, by)
    if not how.as_fact:
        _refuse_lacking(about)
    entered = kind.enter(declared, given, about)
    mine, other = _kept(case, step, entered, happened_on, by, at)
    if other is None:
        _record(mine, case, declared.title, by, at, key)
        return None, []
    differing = differences(kind.words(declared, entered), kind.words(declared, other.data))
    if other.happened_on != happened_on:
        differing.append(_("日期：%(a)s / %(b)s") % {"a": happened_on, "b": other.happened_on})
    if differing:
        _record(mine, case, declared.title, by, at, key)
        return None, differing
    taken = store(about, entered, by=other.by, second=by, at=at, key=key, how=how)
    return taken, []


def _refuse_lacking(about: About) -> None:
    """Raises:
    Lacking: the sheet would be entered for a step that cannot be taken.
    """
    hard = [one for one in what_is_missing(about) if one.hard]
    if hard:
        raise Lacking(hard)


def differences(mine: list[tuple[str, str]], other: list[tuple[str, str]]) -> list[str]:
    """Return a line for each figure that two entries have differently."""
    return [
        f"{label}：{value} / {others}"
        for (label, value), (_label, others) in zip(mine, other, strict=True)
        if value != others
    ]


def _kept(
    case: Case,
    step: str,
    entered: dict[str, object],
    happened_on: datetime.date,
    by: User,
    at: datetime.datetime,
) -> tuple[Sheet, Sheet | None]:
    """Keep what `by` entered in place of his earlier entry; return it and another person's."""
    waiting = Sheet.objects.filter(case=case, step=step, version=case.version)
    mine, _created = waiting.update_or_create(
        by=by,
        defaults={"data": entered, "happened_on": happened_on, "entered_at": at},
        create_defaults={
            "case": case,
            "step": step,
            "version": case.version,
            "data": entered,
            "happened_on": happened_on,
            "entered_at": at,
        },
    )
    other = waiting.exclude(by=by).select_related("by").order_by("-entered_at", "-pk").first()
    return mine, other


def _record(
    sheet: Sheet, case: Case, title: str, by: User, at: datetime.datetime, key: uuid.UUID | None
) -> None:
    audit.record(
        action="procedures.sheet.entered",
        subject=case,
        subject_text=f"{case.number} {title}",
        unit=case.unit_id,
        by=by,
        at=at,
        key=key,
        after={"step": sheet.step, "sheet": sheet.pk},
    )

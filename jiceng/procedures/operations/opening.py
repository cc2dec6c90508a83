"""Cases begin: many at once, or one."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.bulk import insert_all, reserve_ids
from jiceng.core.clock import day_of
from jiceng.core.journal import Journal
from jiceng.core.refusals import Invalid, NotFound
from jiceng.procedures import catalogue
from jiceng.procedures.declarations import PUBLIC, SYSTEM
from jiceng.procedures.models import Case, ProcedureVersion
from jiceng.procedures.operations import moving
from jiceng.procedures.operations.publishing import publish_version
from jiceng.procedures.queries import about_of
from jiceng.procedures.queries.who import units_answered_for
from jiceng.procedures.refusals import InTheFuture, NotAllowed, NotYours
from jiceng.procedures.timing import Due
from jiceng.registry.queries import described

TITLE = 160


class NoSuchProcedure(NotFound):
    """No package ships a procedure of this code."""


class NoTitle(Invalid):
    """A case is about something, said in words of bearable length."""


class OutsideLife(Invalid):
    """The unit does not stand on the day."""


@dataclass(frozen=True, slots=True)
class Opening:
    unit: int
    title: str
    opened_on: datetime.date
    previous: Case | None = None  # the ended run that this one takes up again
    waits_at: int = 0  # the unit that is to act first; 0: its own
    due: Due | None = None  # by when, where the package above counts it


def open_case(
    procedure: str,
    *,
    unit: int,
    title: str,
    opened_on: datetime.date,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    previous: Case | None = None,
) -> Case:
    """Open one case; see `open_cases`. The caller has fetched `unit` and `previous` through the
    gate.
    """
    opening = Opening(unit, title, opened_on, previous)
    (case,) = open_cases(procedure, [opening], by=by, at=at, key=key)
    return case


@transaction.atomic
def open_cases(
    procedure: str,
    openings: Sequence[Opening],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> list[Case]:
    """Open cases on the newest version of a procedure.

    Raises:
        NoSuchProcedure, NoTitle, InTheFuture, OutsideLife: what was given is not so.
        NotYours: `by` answers for none of the roles that may open one, at some unit.
        NotAllowed: a previous run has not ended, or was about another unit.
    """
    version = _version(procedure, at)
    titles = [_titled(opening.title) for opening in openings]
    _check_days(openings, at)
    _check_units(openings)
    _check_starter(version, openings, by, at)
    cases = [
        Case(
            pk=number,
            number=f"{opening.opened_on:%Y}-{number:07d}",
            procedure=version,
            title=title,
            unit_id=opening.unit,
            waits_at_id=opening.waits_at or opening.unit,
            step=version.declaration.first.code,
            opened_on=opening.opened_on,
            recorded_at=at,
            previous=opening.previous,
        )
        for number, opening, title in zip(
            reserve_ids(Case, len(openings)), openings, titles, strict=True
        )
    ]
    for case, opening in zip(cases, openings, strict=True):
        if opening.due is not None:
            moving.set_due(case, opening.due)
        elif version.declaration.first.within:
            about = about_of(case, version.declaration.first, case.opened_on)
            moving.waits(case, about, case.opened_on, at)
    insert_all(Case, cases)
    moving.ask_for(cases, at)
    if journal is not None:
        journal.created(Case, [case.pk for case in cases])
        moving.note_asked(cases, journal)
    _record(cases, by, at, key)
    return cases


def _version(code: str, at: datetime.datetime) -> ProcedureVersion:
    """Return the newest version; the first case on it publishes it."""
    shipped = catalogue.latest(code)
    if shipped is None:
        raise NoSuchProcedure(_("没有代码为“%s”的程序。") % code)
    declared = shipped.procedure
    kept = ProcedureVersion.objects.filter(code=code, version=declared.version).first()
    return kept or publish_version(shipped.text, by="system", at=at)


def _titled(title: str) -> str:
    title = title.strip()
    if not title:
        raise NoTitle(_("请写明事项。"))
    if len(title) > TITLE:
        words = _("事项最多 %(most)d 字，现有 %(now)d 字；详细内容请写在第一步。")
        raise NoTitle(words % {"most": TITLE, "now": len(title)})
    return title


def _check_days(openings: Sequence[Opening], at: datetime.datetime) -> None:
    if any(opening.opened_on > day_of(at) for opening in openings):
        raise InTheFuture(_("提出日不能在今天之后。"))


def _check_units(openings: Sequence[Opening]) -> None:
    for day in {opening.opened_on for opening in openings}:
        units = {opening.unit for opening in openings if opening.opened_on == day}
        standing = described(units, day)
        if any(unit not in standing or not standing[unit].standing for unit in units):
            raise OutsideLife(_("这个单位在 %s 不存在。") % day)
    for opening in openings:
        previous = opening.previous
        if previous is not None and (not previous.ended or previous.unit_id != opening.unit):
            raise NotAllowed(_("只有本单位已经办结的事项才能重新提出。"))


def _check_starter(
    version: ProcedureVersion, openings: Sequence[Opening], by: "User | str", at: datetime.datetime
) -> None:
    """The system opens only what packages above have it open: the demonstration, an import. The
    public opens what says so.
    """
    if by == SYSTEM or (by == PUBLIC and PUBLIC in version.declaration.starts):
        return
    if not isinstance(by, User):
        raise NotYours(_("“%s”须由工作人员提出。") % version.declaration.title)
    units = {opening.unit for opening in openings}
    if units - units_answered_for(by, version.declaration.starts, units, day_of(at)):
        raise NotYours(_("“%s”不由您的岗位提出。") % version.declaration.title)


def _record(
    cases: Sequence[Case], by: "User | str", at: datetime.datetime, key: uuid.UUID | None
) -> None:
    if not cases:
        return
    first, after = cases[0], {"procedure": cases[0].declaration.name}
    if len(cases) == 1:
        after |= {
            "opened_on": str(first.opened_on),
            "previous": first.previous.number if first.previous else "",
        }
    else:
        journal = Journal()
        journal.created(Case, [case.pk for case in cases])
        after["journal"] = journal.digest()
    audit.record(
        action="procedures.case.opened",
        subject=first,
        subject_text=f"{first.number} {first.title}",
        unit=first.unit_id if len(cases) == 1 else None,
        by=by,
        at=at,
        key=key,
        after=after,
        count=len(cases),
    )

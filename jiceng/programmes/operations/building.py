"""A belt is built when its own conditions hold and a named person confirms it with a day."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.programmes.definition import definition_of
from jiceng.programmes.judging import Finding, shortfalls
from jiceng.programmes.models import Belt, BeltCompletion, Programme
from jiceng.programmes.operations.confirming import refuse_other_levels
from jiceng.programmes.operations.guarding import leave_entry, open_programme
from jiceng.programmes.queries.facts import facts_on
from jiceng.programmes.refusals import (
    AlreadyBuilt,
    NoSuchThing,
    NotBuiltYet,
    NotInProgramme,
    ReasonMissing,
)
from jiceng.programmes.words import asked_by
from jiceng.registry.queries import shown


@transaction.atomic
def confirm_built(
    programme: Programme,
    belts: Sequence[int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    within: Sequence[str] | None = None,
) -> None:
    """Confirm belts as built from `day` on, in the name of `by`.

    Args:
        within: path prefixes in which `by` may confirm; None: the caller answers for it.

    Raises:
        ProgrammeClosed: the sunset has come.
        NotInProgramme: the day is later than today, or outside the programme's time.
        NoSuchThing: a belt is not one of the programme's on that day.
        AlreadyBuilt: one has been confirmed.
        NotTheirs: the file lets an officer of a higher level confirm one of them.
        NotBuiltYet: conditions of a belt do not hold; the details say what is missing.
    """
    programme = open_programme(programme, at)
    _refuse_other_days(programme, day, at)
    rows = list(shown(Belt.objects.on(day)).filter(programme=programme, pk__in=belts))
    if not rows or len(rows) != len(set(belts)):
        raise NoSuchThing(_("%s没有这条示范带。") % day)
    if within is not None:
        refuse_other_levels(_asked(programme, rows), within, timezone.localdate(at))
    if BeltCompletion.objects.filter(belt__in=rows, superseded_at=None).exists():
        raise AlreadyBuilt(_("其中有示范带已经确认建成。"))
    _refuse_unbuilt(programme, rows, day)
    created = BeltCompletion.objects.bulk_create(
        BeltCompletion(belt=row, built_on=day, confirmed_by=str(by), recorded_at=at) for row in rows
    )
    journal = Journal()
    journal.created(BeltCompletion, [row.pk for row in created])
    leave_entry(
        "programmes.belt.built",
        rows[0],
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=len(rows),
        text=rows[0].name,
        built_on=day,
    )


def _refuse_other_days(programme: Programme, day: datetime.date, at: datetime.datetime) -> None:
    if day > timezone.localdate(at):
        raise NotInProgramme(_("建成日不能晚于今天。"))
    if not programme.starts_on <= day < programme.sunset_on:
        raise NotInProgramme(_("建成日必须在项目的开始日与终止日之间。"))


def _asked(programme: Programme, belts: list[Belt]) -> dict[int, list[tuple[str, str]]]:
    definition = definition_of(programme.file)
    found: dict[int, list[tuple[str, str]]] = {}
    for belt in belts:
        level = definition.belt_level(belt.level)
        if level is not None:
            found.setdefault(belt.unit_id, []).append((level.confirmed_by, level.title))
    return found


def _refuse_unbuilt(programme: Programme, belts: list[Belt], day: datetime.date) -> None:
    definition = definition_of(programme.file)
    facts = facts_on(programme, day)
    judged = {belt.number: belt for belt in facts.belts}
    details = [
        _sentence(belt, finding)
        for belt in belts
        for finding in shortfalls(definition, judged[belt.pk], facts)
    ]
    if details:
        raise NotBuiltYet(
            _("示范带自身的条件在%s还没有全部达到，不能确认建成。") % day, details=details
        )


def _sentence(belt: Belt, finding: Finding) -> str:
    return _("%(belt)s：%(target)s，要求%(threshold)s，还差 %(gap)d %(unit)s。") % {
        "belt": belt.name,
        "target": finding.target.title,
        "threshold": asked_by(finding.target),
        "gap": finding.gap,
        "unit": finding.target.measured_in,
    }


@transaction.atomic
def withdraw_built(
    belt: Belt,
    *,
    reason: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    within: Sequence[str] | None = None,
) -> None:
    """Take back that a belt was confirmed as built, with a reason. Who may confirm may do this.

    Raises:
        ProgrammeClosed: the sunset has come.
        NoSuchThing: nobody has confirmed it.
        NotTheirs: the file lets an officer of a higher level confirm it.
        ReasonMissing: no reason was given.
    """
    if not reason.strip():
        raise ReasonMissing(_("请写明原因。"))
    programme = open_programme(belt.programme, at)
    if within is not None:
        refuse_other_levels(_asked(programme, [belt]), within, timezone.localdate(at))
    row = BeltCompletion.objects.filter(belt=belt, superseded_at=None).first()
    if row is None:
        raise NoSuchThing(_("这条示范带没有确认过建成。"))
    journal = Journal()
    journal.changed(BeltCompletion, row.pk, {"superseded_at": None}, {"superseded_at": at})
    BeltCompletion.objects.filter(pk=row.pk).update(superseded_at=at, reason=reason)
    leave_entry(
        "programmes.belt.built_withdrawn",
        belt,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=1,
        text=belt.name,
        reason=reason,
    )

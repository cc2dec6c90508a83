"""Deciding on proposals: each is confirmed, or turned down with a reason, by a named person."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.programmes.definition import definition_of
from jiceng.programmes.models import PointStatus, Programme
from jiceng.programmes.operations.guarding import leave_entry, open_programme
from jiceng.programmes.operations.statuses import (
    refuse_beyond_cap,
    refuse_higher_levels,
    refuse_no_reason,
    supersede,
)
from jiceng.programmes.operations.waiting import renew_waiting
from jiceng.programmes.refusals import NotWaiting


@transaction.atomic
def confirm_statuses(
    programme: Programme,
    numbers: Sequence[int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    within: Sequence[str] | None = None,
    journal: Journal | None = None,
) -> None:
    """Confirm proposals on `day`, in the name of `by`. Seven statements.

    Args:
        numbers: of the proposals.
        within: path prefixes in which `by` may confirm; the file says which level's officer
            confirms each status. None: the caller answers for it (system, demonstration data).

    Raises:
        ProgrammeClosed: the sunset has come.
        NotWaiting: one of them does not wait any more.
        NotTheirs: the file lets an officer of a higher level confirm one of them.
        OverCap: more points than the file's cap would stand.
    """
    if not numbers:
        return
    alone, journal = journal is None, journal or Journal()
    programme = open_programme(programme, at)
    rows = _waiting(programme, numbers)
    definition = definition_of(programme.file)
    if within is not None:
        refuse_higher_levels(definition, rows, within, timezone.localdate(at))
    refuse_beyond_cap(programme, definition, rows)
    for row in rows:
        journal.changed(PointStatus, row.pk, {"confirmed_on": None}, {"confirmed_on": day})
    PointStatus.objects.filter(pk__in=[row.pk for row in rows]).update(
        confirmed_by=str(by), confirmed_on=day
    )
    renew_waiting(programme, at=at)
    if alone:
        leave_entry(
            "programmes.status.confirmed",
            programme,
            programme,
            by=by,
            at=at,
            key=key,
            journal=journal,
            count=len(rows),
            day=day,
        )


def _waiting(programme: Programme, numbers: Sequence[int]) -> list[PointStatus]:
    rows = list(PointStatus.objects.waiting().filter(programme=programme, pk__in=numbers))
    if len(rows) != len(set(numbers)):
        raise NotWaiting(_("其中有提名已经确认、退回或更正，请刷新名单后再办。"))
    return rows


@transaction.atomic
def turn_down_proposals(
    programme: Programme,
    numbers: Sequence[int],
    *,
    reason: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    within: Sequence[str] | None = None,
) -> None:
    """Turn proposals down, with a reason; they never counted. Who may confirm one may do this.

    Raises:
        ProgrammeClosed: the sunset has come.
        NotWaiting: one of them does not wait any more.
        NotTheirs: the file lets an officer of a higher level confirm one of them.
        ReasonMissing: no reason was given.
    """
    if not numbers:
        return
    refuse_no_reason(reason)
    programme = open_programme(programme, at)
    rows = _waiting(programme, numbers)
    if within is not None:
        definition = definition_of(programme.file)
        refuse_higher_levels(definition, rows, within, timezone.localdate(at))
    journal = Journal()
    supersede(rows, reason, at, journal)
    renew_waiting(programme, at=at)
    leave_entry(
        "programmes.status.turned_down",
        programme,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=len(rows),
        reason=reason,
    )

"""Putting right confirmed statuses that were never so."""

import datetime
import uuid
from collections.abc import Mapping, Sequence

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
from jiceng.programmes.refusals import NotInProgramme, NotWaiting


@transaction.atomic
def correct_statuses(
    programme: Programme,
    corrections: Mapping[int, str],
    *,
    reason: str,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    within: Sequence[str] | None = None,
) -> list[int]:
    """Put right confirmed statuses that were never so: each is superseded by a new row of the
    same first day, confirmed on `day` in the name of `by`. "" says it held none.

    Raises:
        ProgrammeClosed, NotInProgramme, NotTheirs: as for proposing and confirming.
        NotWaiting: one of them does not stand as confirmed any more.
        ReasonMissing: no reason was given.
    """
    if not corrections:
        return []
    refuse_no_reason(reason)
    programme = open_programme(programme, at)
    definition = definition_of(programme.file)
    known = {"", *(rung.code for rung in definition.ladder)}
    if not known.issuperset(corrections.values()):
        raise NotInProgramme(_("项目文件中没有这个状态。"))
    rows = list(
        PointStatus.objects.standing().filter(
            programme=programme, pk__in=corrections, confirmed_on__isnull=False
        )
    )
    if len(rows) != len(corrections):
        raise NotWaiting(_("其中有状态已经更正过，请刷新后再办。"))
    journal = Journal()
    supersede(rows, reason, at, journal)
    fresh = [_corrected(row, corrections[row.pk], str(by), day, at) for row in rows]
    if within is not None:
        refuse_higher_levels(definition, [*rows, *fresh], within, timezone.localdate(at))
    refuse_beyond_cap(programme, definition, fresh)
    created = [row.pk for row in PointStatus.objects.bulk_create(fresh)]
    journal.created(PointStatus, created)
    leave_entry(
        "programmes.status.corrected",
        programme,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=len(rows),
        reason=reason,
    )
    return created


def _corrected(
    row: PointStatus, status: str, by: str, day: datetime.date, at: datetime.datetime
) -> PointStatus:
    return PointStatus(
        programme_id=row.programme_id,
        unit_id=row.unit_id,
        status=status,
        valid_from=row.valid_from,
        document=row.document,
        proposed_by=by,
        confirmed_by=by,
        confirmed_on=day,
        recorded_at=at,
    )

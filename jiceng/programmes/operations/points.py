"""Points: a status is proposed by one, confirmed by a named person, corrected with a reason."""

import datetime
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.journal import Journal
from jiceng.programmes.definition import Definition, definition_of
from jiceng.programmes.models import PointStatus, Programme
from jiceng.programmes.operations.confirming import refuse_other_levels
from jiceng.programmes.operations.guarding import leave_entry, open_programme, refuse_outsiders
from jiceng.programmes.operations.waiting import renew_waiting
from jiceng.programmes.queries.facts import statuses_on
from jiceng.programmes.refusals import (
    NotInProgramme,
    NotWaiting,
    OverCap,
    ReasonMissing,
    StatusStands,
)
from jiceng.registry.models import Batch, Unit, UnitName
from jiceng.registry.models.units import Tree


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a unit or organisation should hold a status from a day on; "" withdraws it."""

    unit: int
    status: str
    document: str = ""


@transaction.atomic
def propose_statuses(
    programme: Programme,
    proposals: Sequence[Proposal],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Propose statuses from `day` on; they count once confirmed. Seven statements.

    Raises:
        ProgrammeClosed: the sunset has come.
        NotInProgramme: a status is not on the ladder, or a unit cannot be a point of it.
        StatusStands: a unit has a status or proposal from that day on or later.
    """
    if not proposals:
        return []
    alone, journal = journal is None, journal or Journal()
    programme = open_programme(programme, at)
    _refuse_unfit(programme, proposals, day)
    ids = reserve_ids(PointStatus, len(proposals))
    insert(
        PointStatus,
        [
            "id",
            "programme_id",
            "unit_id",
            "status",
            "valid_from",
            "document",
            "proposed_by",
            "confirmed_by",
            "recorded_at",
            "reason",
            "batch_id",
        ],
        [
            (
                pk,
                programme.pk,
                one.unit,
                one.status,
                day,
                one.document,
                str(by),
                "",
                at,
                "",
                batch.pk if batch else None,
            )
            for pk, one in zip(ids, proposals, strict=True)
        ],
    )
    journal.created(PointStatus, ids)
    renew_waiting(programme, at=at)
    if alone:
        leave_entry(
            "programmes.status.proposed",
            programme,
            programme,
            by=by,
            at=at,
            key=key,
            journal=journal,
            count=len(ids),
            day=day,
        )
    return ids


def _refuse_unfit(programme: Programme, proposals: Sequence[Proposal], day: datetime.date) -> None:
    definition = definition_of(programme.file)
    units = [one.unit for one in proposals]
    unknown = {one.status for one in proposals} - {"", *(r.code for r in definition.ladder)}
    if unknown:
        raise NotInProgramme(_("项目文件中没有状态“%s”。") % "、".join(sorted(unknown)))
    if max(Counter(units).values()) > 1:
        raise StatusStands(_("同一单位在名单中出现了两次。"))
    _refuse_strangers(definition, units, day)
    refuse_outsiders(programme, units, day)
    later = PointStatus.objects.standing().filter(
        programme=programme, unit__in=units, valid_from__gte=day
    )
    count = later.count()
    if count:
        raise StatusStands(
            _("有 %(count)d 个单位在%(day)s当日或之后已有状态或待确认的提名，请先更正或退回。")
            % {"count": count, "day": day}
        )


def _refuse_strangers(definition: Definition, units: list[int], day: datetime.date) -> None:
    """Refuse units of a kind or domain that the file does not take as points."""
    domains = [named.code for named in definition.domains]
    organisations = Unit.objects.filter(
        pk__in=units, tree=Tree.ORGANISATION, domain__in=domains
    ).values_list("pk", flat=True)
    divisions = (
        UnitName.objects.on(day)
        .filter(unit__in=units, kind__in=definition.point_kinds)
        .values_list("unit_id", flat=True)
    )
    count = len(set(units) - set(organisations) - set(divisions))
    if count:
        raise NotInProgramme(
            _("有 %d 个单位不是本项目可以评为示范点的类别，请从名单中去掉。") % count
        )


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
        refuse_other_levels(_asked(definition, rows), within, timezone.localdate(at))
    _refuse_beyond_cap(programme, definition, rows)
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


def _asked(definition: Definition, rows: list[PointStatus]) -> dict[int, list[tuple[str, str]]]:
    """Return for each unit which level's officer confirms what."""
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        rung = definition.rung(row.status)
        asked = (rung.confirmed_by, rung.title) if rung else ("county", _("取消称号"))
        found.setdefault(row.unit_id, []).append(asked)
    return found


def _refuse_beyond_cap(
    programme: Programme, definition: Definition, rows: list[PointStatus]
) -> None:
    if definition.cap_points is None:
        return
    latest = max(row.valid_from for row in rows)
    held = dict(statuses_on(programme, latest).values_list("unit_id", "status"))
    held |= {row.unit_id: row.status for row in rows}
    rungs = [definition.rung(status) for status in held.values()]
    count = sum(rung is not None and rung.point for rung in rungs)
    if count > definition.cap_points:
        raise OverCap(
            _("项目文件规定示范点不超过 %(cap)d 个，确认后将有 %(count)d 个。")
            % {"cap": definition.cap_points, "count": count}
        )


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
    _refuse_no_reason(reason)
    programme = open_programme(programme, at)
    rows = _waiting(programme, numbers)
    if within is not None:
        asked = _asked(definition_of(programme.file), rows)
        refuse_other_levels(asked, within, timezone.localdate(at))
    journal = Journal()
    _supersede(rows, reason, at, journal)
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


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("请写明原因。"))


def _supersede(
    rows: Sequence[PointStatus], reason: str, at: datetime.datetime, journal: Journal
) -> None:
    for row in rows:
        journal.changed(
            PointStatus, row.pk, {"superseded_at": None, "reason": ""}, {"superseded_at": at}
        )
    PointStatus.objects.filter(pk__in=[row.pk for row in rows]).update(
        superseded_at=at, reason=reason
    )


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
    _refuse_no_reason(reason)
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
    _supersede(rows, reason, at, journal)
    fresh = [_corrected(row, corrections[row.pk], str(by), day, at) for row in rows]
    if within is not None:
        asked = _asked(definition, [*rows, *fresh])
        refuse_other_levels(asked, within, timezone.localdate(at))
    _refuse_beyond_cap(programme, definition, fresh)
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

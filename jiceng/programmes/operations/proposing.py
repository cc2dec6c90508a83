"""Proposing that units hold a status: it counts once somebody has confirmed it."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.journal import Journal
from jiceng.programmes.definition import Definition, definition_of
from jiceng.programmes.models import PointStatus, Programme
from jiceng.programmes.operations.guarding import leave_entry, open_programme, refuse_outsiders
from jiceng.programmes.operations.waiting import renew_waiting
from jiceng.programmes.refusals import NotInProgramme, StatusStands
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

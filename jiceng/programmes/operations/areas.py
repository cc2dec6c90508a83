"""Areas: defined lists of units."""

import datetime
import uuid
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.programmes.definition import definition_of
from jiceng.programmes.models import Area, AreaMember, Programme
from jiceng.programmes.operations.dated_members import refuse_later, replace_members
from jiceng.programmes.operations.guarding import leave_entry, open_programme, refuse_outsiders
from jiceng.programmes.refusals import NoSuchThing, NotInProgramme, NumberTaken


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """An area and its units; a town or county counts with all below it."""

    code: str
    name: str
    kind: str  # of the file
    units: tuple[int, ...]
    document: str = ""


@transaction.atomic
def record_areas(
    programme: Programme,
    plans: Sequence[AreaPlan],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> list[int]:
    """Record areas with their units from `day` on and return their primary keys, in order.

    Raises:
        ProgrammeClosed: the sunset has come.
        NotInProgramme: a kind the file does not know, or a unit outside the programme.
        NumberTaken: the programme has an area of that code.
    """
    if not plans:
        return []
    programme = open_programme(programme, at)
    kinds = {kind.code for kind in definition_of(programme.file).area_kinds}
    if not kinds.issuperset(plan.kind for plan in plans):
        raise NotInProgramme(_("项目文件中没有这个类别的片区。"))
    codes = [plan.code for plan in plans]
    known = Area.objects.filter(programme=programme, code__in=codes)
    if len(set(codes)) < len(codes) or known.exists():
        raise NumberTaken(_("片区的代码已经用过，请换一个。"))
    refuse_outsiders(programme, {unit for plan in plans for unit in plan.units}, day)
    journal = Journal()
    ids = reserve_ids(Area, len(plans))
    insert(
        Area,
        [
            "id",
            "programme_id",
            "code",
            "name",
            "kind",
            "document",
            "valid_from",
            "valid_to",
            "recorded_at",
        ],
        [
            (pk, programme.pk, plan.code, plan.name, plan.kind, plan.document, day, FOREVER, at)
            for pk, plan in zip(ids, plans, strict=True)
        ],
    )
    journal.created(Area, ids)
    wanted = _wanted({pk: plan.units for pk, plan in zip(ids, plans, strict=True)})
    replace_members(AreaMember, {}, wanted, day=day, at=at, batch=None, journal=journal)
    leave_entry(
        "programmes.area.recorded",
        programme,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=len(ids),
        text=plans[0].name,
        day=day,
    )
    return ids


@transaction.atomic
def set_area_units(
    area: Area,
    units: Sequence[int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Give an area its units from `day` on; who is not named leaves on that day.

    Raises:
        ProgrammeClosed: the sunset has come.
        NoSuchThing: the area does not exist on that day.
        NotInProgramme: a unit stands outside on that day.
        MembersChangedLater: units that begin after `day` already stand.
    """
    programme = open_programme(area.programme, at)
    if not area.valid_from <= day < area.valid_to:
        raise NoSuchThing(_("%s没有这个片区。") % day)
    refuse_outsiders(programme, units, day)
    rows = AreaMember.objects.filter(area=area, valid_to__gt=day)
    current: dict[Hashable, AreaMember] = {(row.area_id, row.unit_id): row for row in rows}
    refuse_later(current, day, _("这个片区在%s之后另有变动，请先更正。") % day)
    journal = Journal()
    replace_members(
        AreaMember, current, _wanted({area.pk: units}), day=day, at=at, batch=None, journal=journal
    )
    leave_entry(
        "programmes.area.units_set",
        area,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=len(units),
        text=area.name,
        day=day,
    )


def _wanted(units: Mapping[int, Sequence[int]]) -> dict[Hashable, dict[str, object]]:
    return {
        (area, unit): {"area_id": area, "unit_id": unit}
        for area, own in units.items()
        for unit in own
    }

"""Belts: recorded, and what describes them changed."""

import datetime
import json
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.programmes.definition import definition_of
from jiceng.programmes.lines import faults_of_line
from jiceng.programmes.models import Belt, Programme
from jiceng.programmes.operations.guarding import leave_entry, open_programme, refuse_outsiders
from jiceng.programmes.refusals import NotInProgramme, NumberTaken
from jiceng.registry.models import Batch


@dataclass(frozen=True, slots=True)
class BeltPlan:
    """What is known of a belt before it has members."""

    number: str
    name: str
    level: str  # of the file
    unit: int  # whose belt it is
    anchor: str = ""  # of the file
    anchor_road: str = ""
    main_roads: tuple[str, ...] = ()
    line: Mapping[str, object] | None = None  # GeoJSON LineString or MultiLineString
    length_m: int | None = None


@dataclass(frozen=True, slots=True)
class BeltEdit:
    """What may be changed of a belt that stands."""

    name: str
    anchor: str = ""
    anchor_road: str = ""
    main_roads: tuple[str, ...] = ()
    line: Mapping[str, object] | None = None
    length_m: int | None = None


@transaction.atomic
def record_belts(
    programme: Programme,
    plans: Sequence[BeltPlan],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Record belts from `day` on and return their numbers (primary keys), in the order given.

    Raises:
        ProgrammeClosed: the sunset has come.
        NotInProgramme: a level, anchor or line the file or the map does not know; a unit outside.
        NumberTaken: the programme has a belt of that number.
    """
    if not plans:
        return []
    alone, journal = journal is None, journal or Journal()
    programme = open_programme(programme, at)
    _refuse_unknown(programme, plans)
    _refuse_taken(programme, [plan.number for plan in plans])
    refuse_outsiders(programme, {plan.unit for plan in plans}, day)
    ids = reserve_ids(Belt, len(plans))
    insert(
        Belt,
        [
            "id",
            "programme_id",
            "number",
            "name",
            "level",
            "unit_id",
            "anchor",
            "anchor_road",
            "main_roads",
            "line",
            "length_m",
            "valid_from",
            "valid_to",
            "recorded_at",
            "batch_id",
        ],
        [
            (
                pk,
                programme.pk,
                plan.number,
                plan.name,
                plan.level,
                plan.unit,
                plan.anchor,
                plan.anchor_road,
                json.dumps(plan.main_roads, ensure_ascii=False),
                json.dumps(plan.line) if plan.line else None,
                plan.length_m,
                day,
                FOREVER,
                at,
                batch.pk if batch else None,
            )
            for pk, plan in zip(ids, plans, strict=True)
        ],
    )
    journal.created(Belt, ids)
    if alone:
        leave_entry(
            "programmes.belt.recorded",
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


def _refuse_unknown(programme: Programme, plans: Sequence[BeltPlan | BeltEdit]) -> None:
    definition = definition_of(programme.file)
    levels = {level.code for level in definition.belt_levels}
    anchors = {"", *(anchor.code for anchor in definition.anchors)}
    for plan in plans:
        if isinstance(plan, BeltPlan) and plan.level not in levels:
            raise NotInProgramme(_("项目文件中没有级别“%s”的示范带。") % plan.level)
        if plan.anchor not in anchors:
            raise NotInProgramme(_("项目文件中没有依托“%s”。") % plan.anchor)
        faults = faults_of_line(plan.line) if plan.line else []
        if faults:
            raise NotInProgramme(faults[0])


def _refuse_taken(programme: Programme, numbers: list[str]) -> None:
    twice = [number for number, times in Counter(numbers).items() if times > 1]
    taken = Belt.objects.filter(programme=programme, number__in=numbers).order_by("number")
    known = [*twice, *taken.values_list("number", flat=True)]
    if known:
        raise NumberTaken(_("编号 %s 已经用过，请换一个。") % "、".join(known[:5]))


@transaction.atomic
def edit_belt(
    belt: Belt,
    edit: BeltEdit,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Change what describes a belt; its level, members and completion have their own operations.

    Raises:
        ProgrammeClosed: the sunset has come.
        NotInProgramme: an anchor or line the file or the map does not know.
    """
    programme = open_programme(belt.programme, at)
    _refuse_unknown(programme, [edit])
    fields = {
        "name": edit.name,
        "anchor": edit.anchor,
        "anchor_road": edit.anchor_road,
        "main_roads": list(edit.main_roads),
        "line": edit.line,
        "length_m": edit.length_m,
    }
    journal = Journal()
    journal.changed(Belt, belt.pk, {name: getattr(belt, name) for name in fields}, fields)
    Belt.objects.filter(pk=belt.pk).update(**fields)
    leave_entry(
        "programmes.belt.edited",
        belt,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=1,
        text=edit.name,
    )

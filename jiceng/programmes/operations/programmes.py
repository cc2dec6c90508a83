"""Loading a programme's file."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.programmes.definition import (
    BeltLevel,
    Definition,
    FaultyFile,
    Named,
    Rung,
    definition_of,
)
from jiceng.programmes.models import Area, Belt, PointStatus, Programme
from jiceng.programmes.operations.guarding import leave_entry, open_programme
from jiceng.programmes.refusals import FaultyProgramme, ProgrammeClosed
from jiceng.registry.queries import unit_by_code


@transaction.atomic
def load_programme(
    text: str,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    unit: int | None = None,
) -> Programme:
    """Take a programme's file: a new programme, or a new reading of the one with its code.

    Args:
        unit: whose programme it is, where the register holds it under another code.

    Raises:
        FaultyProgramme: the file is faulty, or drops a status, level or kind that is in use.
        NoSuchUnit: nobody held the file's unit code on its first day.
        ProgrammeClosed: its sunset has come.
    """
    definition = _read(text)
    fields = {
        "title": definition.title,
        "unit_id": unit or unit_by_code(definition.unit_code, definition.starts_on).pk,
        "approval_ref": definition.approval_ref,
        "starts_on": definition.starts_on,
        "judged_on": definition.judged_on,
        "sunset_on": definition.sunset_on,
        "file": text,
        "fictional": definition.fictional,
        "loaded_at": at,
    }
    programme = Programme.objects.filter(code=definition.code).first()
    journal = Journal()
    if programme is None:
        _refuse_ended(definition, at)
        programme = Programme.objects.create(code=definition.code, **fields)
        journal.created(Programme, [programme.pk])
    else:
        programme = open_programme(programme, at)
        _refuse_dropped(programme, definition)
        journal.changed(Programme, programme.pk, {"file": programme.file}, {"file": text})
        Programme.objects.filter(pk=programme.pk).update(**fields)
        programme.refresh_from_db()
    leave_entry(
        "programmes.programme.loaded",
        programme,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=1,
        approval_ref=programme.approval_ref,
        sunset_on=programme.sunset_on,
    )
    return programme


def _read(text: str) -> Definition:
    try:
        return definition_of(text)
    except FaultyFile as faulty:
        details = [str(fault) for fault in faulty.faults]
        raise FaultyProgramme(
            _("项目文件有 %d 处问题，没有载入。请按下列各行修改后再载入。") % len(details),
            details=details,
        ) from faulty


def _refuse_ended(definition: Definition, at: datetime.datetime) -> None:
    if timezone.localdate(at) >= definition.sunset_on:
        raise ProgrammeClosed(_("终止日%s已过，不能载入新的项目。") % definition.sunset_on)


def _refuse_dropped(programme: Programme, definition: Definition) -> None:
    """Refuse a file that no longer knows what rows of the programme name."""
    statuses = PointStatus.objects.standing().filter(programme=programme).exclude(status="")
    used: dict[str, tuple[set[str], Sequence[Rung | BeltLevel | Named]]] = {
        "ladder": (set(statuses.values_list("status", flat=True)), definition.ladder),
        "belts": (_used(Belt, "level", programme), definition.belt_levels),
        "areas": (_used(Area, "kind", programme), definition.area_kinds),
    }
    details = [
        _("“%(part)s”中少了已经在用的“%(code)s”。") % {"part": part, "code": code}
        for part, (codes, declared) in used.items()
        for code in sorted(codes - {entry.code for entry in declared})
    ]
    if details:
        raise FaultyProgramme(_("新文件与已登记的内容对不上，没有载入。"), details=details)


def _used(model: type[Belt] | type[Area], field: str, programme: Programme) -> set[str]:
    return set(model.objects.filter(programme=programme).values_list(field, flat=True))

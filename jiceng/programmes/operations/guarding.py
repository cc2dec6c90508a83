"""What every operation on a programme begins and ends with."""

import datetime
import uuid
from collections.abc import Collection

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.journal import Journal
from jiceng.programmes.models import Programme
from jiceng.programmes.refusals import NotInProgramme, ProgrammeClosed
from jiceng.registry.models import Seat, UnitPath
from jiceng.registry.queries import path_of


def open_programme(programme: Programme, at: datetime.datetime) -> Programme:
    """Lock a programme that something changes in, and mark that what is judged has changed.

    Raises:
        ProgrammeClosed: its sunset has come.
    """
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if timezone.localdate(at) >= locked.sunset_on:
        raise ProgrammeClosed(
            _("“%(title)s”已于%(day)s终止，只供查阅，不能再登记。")
            % {"title": locked.title, "day": locked.sunset_on}
        )
    Programme.objects.filter(pk=locked.pk).update(revision=F("revision") + 1)
    return locked


def refuse_outsiders(programme: Programme, units: Collection[int], day: datetime.date) -> None:
    """Refuse units that on `day` stand neither below the programme's unit nor in a division there.

    Raises:
        NotInProgramme: with their number.
    """
    root = path_of(programme.unit_id, day)
    wanted = set(units)
    inside = {unit for unit, path in _paths(wanted, day) if root and path.startswith(root)}
    if wanted - inside:
        raise NotInProgramme(
            _("有 %(count)d 个单位在%(day)s不属于“%(title)s”的范围，或当日不存在。")
            % {"count": len(wanted - inside), "day": day, "title": programme.title}
        )


def _paths(units: set[int], day: datetime.date) -> list[tuple[int, str]]:
    found = list(UnitPath.objects.on(day).filter(unit__in=units).values_list("unit_id", "path"))
    seats = Seat.objects.on(day).filter(
        organisation__in=units,
        division__paths__valid_from__lte=day,
        division__paths__valid_to__gt=day,
    )
    return [*found, *seats.values_list("organisation_id", "division__paths__path")]


def leave_entry(
    action: str,
    subject: models.Model,
    programme: Programme,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
    journal: Journal,
    count: int,
    text: str = "",
    **after: object,
) -> None:
    """Leave the one entry of an operation, under the programme's unit."""
    audit.record(
        action=action,
        subject=subject,
        subject_text=text or programme.title,
        unit=programme.unit_id,
        unit_text=programme.title,
        by=by,
        at=at,
        key=key,
        after={**after, "journal": journal.digest()},
        count=count,
    )

"""What an assembly delegates to representatives: matter and term, on a document."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.periods import FOREVER
from jiceng.decisions.catalogue import Matter, shipped
from jiceng.decisions.directing import decided_as
from jiceng.decisions.models import Delegation
from jiceng.decisions.refusals import (
    AlreadyDelegated,
    HasNoText,
    NotDelegable,
    WrongDays,
    WrongWay,
)
from jiceng.registry.operations.writing import lock_lives
from jiceng.registry.queries import unit_on


@dataclass(frozen=True, slots=True)
class Mandate:
    """A delegation as it was decided; `valid_to` is the first day that no longer counts."""

    unit: int
    matter: str
    way: str  # Delegation.Way
    decided_on: datetime.date
    document: str
    valid_from: datetime.date
    valid_to: datetime.date


@transaction.atomic
def delegate(
    mandate: Mandate, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Delegation:
    """Record that an assembly, or the charter, lets representatives decide a matter for a term.

    The caller has fetched the unit through the gate.

    Raises:
        HasNoText: no document is named.
        WrongDays: decided ahead of today, in force before it was decided, or without a term.
        NotDelegable: the matter is reserved, not known, or of another place.
        WrongWay: the collective's representatives have their powers from the charter alone.
        AlreadyDelegated: another delegation of the matter shares a day with this one.
        NoSuchUnit, OutsideLife: the village does not stand through it.
    """
    if not mandate.document.strip():
        raise HasNoText(_("请写明依据文件，例如会议决议或者章程的名称和日期。"))
    _refuse_days(mandate, day_of(at))
    matter = _delegable(mandate)
    if matter.affairs == "collective" and mandate.way != Delegation.Way.CHARTER:
        raise WrongWay(
            _("成员代表大会的职权按章程规定（《农村集体经济组织法》第二十八条），请选“章程规定”。")
        )
    lock_lives(
        [(mandate.unit, mandate.valid_from, mandate.valid_from)]
    )  # one at a time for a village
    _refuse_overlap(mandate)
    row = Delegation.objects.create(
        unit_id=mandate.unit,
        matter=mandate.matter,
        way=mandate.way,
        decided_on=mandate.decided_on,
        document=mandate.document.strip(),
        valid_from=mandate.valid_from,
        valid_to=mandate.valid_to,
        recorded_at=at,
    )
    audit.record(
        action="decisions.delegation.recorded",
        subject=row,
        subject_text=matter.words,
        unit=mandate.unit,
        by=by,
        at=at,
        key=key,
        after={
            "matter": mandate.matter,
            "way": mandate.way,
            "document": row.document,
            "valid_from": mandate.valid_from,
            "valid_to": mandate.valid_to,
        },
    )
    return row


@transaction.atomic
def end_delegation(
    delegation: Delegation,
    *,
    on: datetime.date,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Delegation:
    """End a delegation early: from `on` it no longer counts.

    Raises:
        HasNoText: no reason is given.
        WrongDays: `on` is not within its term, or before today: what was decided stands.
    """
    if not reason.strip():
        raise HasNoText(_("请写明提前终止的原因。"))
    row = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if not row.valid_from < on < row.valid_to or on < day_of(at):
        raise WrongDays(_("终止日须在授权期限之内，且不早于今天；此前按授权作出的决定仍然有效。"))
    before = row.valid_to
    row.valid_to, row.ended_at, row.end_reason = on, at, reason.strip()
    row.save(update_fields=["valid_to", "ended_at", "end_reason"])
    audit.record(
        action="decisions.delegation.ended",
        subject=row,
        subject_text=shipped().matters[row.matter].words,
        unit=row.unit_id,
        by=by,
        at=at,
        key=key,
        before={"valid_to": before},
        after={"valid_to": on, "reason": row.end_reason},
    )
    return row


def _refuse_days(mandate: Mandate, today: datetime.date) -> None:
    if mandate.decided_on > today:
        raise WrongDays(_("决定日不能在今天之后：还没有作出的授权不能登记。"))
    if mandate.valid_from < mandate.decided_on:
        raise WrongDays(_("授权不能早于决定日生效。"))
    if mandate.valid_to >= FOREVER:
        raise WrongDays(_("授权应当写明期限，请填写到哪一天为止。"))
    if mandate.valid_to <= mandate.valid_from:
        raise WrongDays(_("授权的截止日须在生效日之后。"))


def _delegable(mandate: Mandate) -> Matter:
    matter = shipped().matters.get(mandate.matter)
    if matter is None or matter.empty:
        raise NotDelegable(_("请从事项清单中选一项已经有内容的事项。"))
    if not str(unit_on(mandate.unit, mandate.valid_from).code or "").startswith(matter.place):
        raise NotDelegable(_("“%s”是别的地方的规定，本村不适用。") % matter.words)
    governed = decided_as(matter, mandate.valid_from, shipped())
    if governed is not matter:
        words = _("“%(matter)s”另有法律规定，请按“%(other)s”登记。")
        raise NotDelegable(words % {"matter": matter.words, "other": governed.words})
    if matter.decides != "assembly" or not matter.delegable:
        words = _("“%(matter)s”不能授权给代表会议（%(source)s）。")
        raise NotDelegable(words % {"matter": matter.words, "source": matter.source})
    return matter


def _refuse_overlap(mandate: Mandate) -> None:
    same = Delegation.objects.filter(
        unit=mandate.unit,
        matter=mandate.matter,
        valid_from__lt=mandate.valid_to,
        valid_to__gt=mandate.valid_from,
    ).first()
    if same:
        words = _("这件事在 %(start)s 至 %(end)s（不含）已有授权，期限不能重叠。")
        raise AlreadyDelegated(words % {"start": same.valid_from, "end": same.valid_to})

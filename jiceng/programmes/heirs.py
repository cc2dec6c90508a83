"""Points and belts of an ended unit: a title is never handed on, a place on a belt may be."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.exchange.editions.legacies import Ended, Legacy, register
from jiceng.programmes.models import BeltMember, PointStatus
from jiceng.programmes.operations.belt_members import MemberPlan, set_members


def propose_points(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    names = {one.unit: one.name for one in ended}
    rows = PointStatus.objects.filter(unit__in=list(names), superseded_at=None)
    lines = [
        _("%(unit)s：%(programme)s（%(day)s 起）")
        % {"unit": names[row.unit_id], "programme": row.programme.title, "day": row.valid_from}
        for row in rows.select_related("programme").order_by("unit", "valid_from")
    ]
    advice = _("称号留在原单位，随其终止，不自动承继；承继单位另行申报。")
    return Legacy("programmes.points", _("示范点状态"), advice, lines) if lines else None


def propose_belts(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    """Villages on belts: their heir takes the place, in the same order, once."""
    heirs = {one.unit: one for one in ended if one.heirs}
    # Belts of a closed programme are left as they stood at its end.
    rows = BeltMember.objects.filter(
        unit__in=list(heirs), valid_to=FOREVER, belt__programme__sunset_on__gt=today
    )
    rows = rows.select_related("belt__programme").order_by("belt", "order")
    lines = [
        _("%(belt)s：%(unit)s") % {"belt": row.belt.name, "unit": heirs[row.unit_id].name}
        for row in rows
        if row.unit_id is not None
    ]
    advice = _("建议由承继单位接替其在示范带上的位置，次序不变；已有的不重复。")
    if not lines:
        return None
    return Legacy("programmes.belts", _("示范带成员"), advice, lines, partial(_replace, heirs))


@transaction.atomic
def _replace(
    heirs: dict[int, Ended],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    """Put heirs in the places of ended units, day by day, under one audit entry."""
    journal = Journal()
    for day in sorted({one.day for one in heirs.values()}):
        gone = {unit: one.heirs[0] for unit, one in heirs.items() if one.day == day}
        _replace_on(day, gone, by, at, journal)
    audit.record(
        action="programmes.belt.members_set",
        subject="exchange.legacy",
        by=by,
        at=at,
        key=key,
        after={"journal": journal.digest()},
        count=journal.count,
    )


def _replace_on(
    day: datetime.date,
    gone: dict[int, int],
    by: "User | str",
    at: datetime.datetime,
    journal: Journal,
) -> None:
    touched = BeltMember.objects.filter(
        unit__in=list(gone), valid_to=FOREVER, belt__programme__sunset_on__gt=day_of(at)
    )
    members = BeltMember.objects.filter(belt__in=touched.values("belt"), valid_to=FOREVER)
    belts: dict[object, dict[int, list[MemberPlan]]] = defaultdict(lambda: defaultdict(list))
    for row in members.select_related("belt__programme").order_by("belt", "order"):
        unit = gone.get(row.unit_id, row.unit_id) if row.unit_id else None
        plan = MemberPlan(unit, row.two_new_org_id, row.on_main_road)
        plans = belts[row.belt.programme][row.belt_id]
        if plan.unit is None or plan.unit not in {one.unit for one in plans}:
            plans.append(plan)
    for programme, own in belts.items():
        set_members(own, programme=programme, day=day, by=by, at=at, journal=journal)  # type: ignore[arg-type]  # lists are sequences: a mapping is invariant


register(propose_points, propose_belts)

"""Who stands on a belt: a dated, ordered list."""

import datetime
import uuid
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.programmes.models import Belt, BeltMember, Programme
from jiceng.programmes.operations.dated_members import refuse_later, replace_members
from jiceng.programmes.operations.guarding import leave_entry, open_programme, refuse_outsiders
from jiceng.programmes.refusals import NoSuchThing, NotInProgramme
from jiceng.registry.models import Batch, TwoNewOrg


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """A unit, or a two-new organisation, in its place on a belt."""

    unit: int | None = None
    two_new_org: int | None = None
    on_main_road: bool = False


@transaction.atomic
def set_members(
    members: Mapping[int, Sequence[MemberPlan]],
    *,
    programme: Programme,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> None:
    """Give belts their members from `day` on, in order; who is not named leaves on that day.

    Args:
        members: for each belt (primary key), all its members in order.

    Raises:
        ProgrammeClosed: the sunset has come.
        NoSuchThing: a belt is not one of the programme's.
        NotInProgramme: a member stands outside on that day, or is named twice.
        MembersChangedLater: members that begin after `day` already stand.
    """
    if not members:
        return
    alone, journal = journal is None, journal or Journal()
    programme = open_programme(programme, at)
    belts = Belt.objects.filter(programme=programme, pk__in=members)
    if belts.count() != len(members):
        raise NoSuchThing(_("没有这条示范带。"))
    plans = [plan for own in members.values() for plan in own]
    refuse_outsiders(programme, {plan.unit for plan in plans if plan.unit}, day)
    _refuse_unknown_enterprises({plan.two_new_org for plan in plans if plan.two_new_org}, day)
    wanted = _wanted(members)
    current = _current(list(members), day)
    refuse_later(current, day, _("有示范带在%s之后另有成员变动，请先更正。") % day)
    replace_members(
        BeltMember,
        current,
        wanted,
        day=day,
        at=at,
        batch=batch.pk if batch else None,
        journal=journal,
    )
    _reorder(current, wanted)
    if alone:
        leave_entry(
            "programmes.belt.members_set",
            programme,
            programme,
            by=by,
            at=at,
            key=key,
            journal=journal,
            count=len(plans),
            day=day,
            belts=sorted(members),
        )


def _wanted(members: Mapping[int, Sequence[MemberPlan]]) -> dict[Hashable, dict[str, object]]:
    wanted: dict[Hashable, dict[str, object]] = {}
    seen: set[tuple[int, int | None, int | None]] = set()
    for belt, plans in members.items():
        for order, plan in enumerate(plans, start=1):
            if (belt, plan.unit, plan.two_new_org) in seen:
                raise NotInProgramme(_("同一成员在一条示范带上写了两次。"))
            seen.add((belt, plan.unit, plan.two_new_org))
            wanted[belt, plan.unit, plan.two_new_org, plan.on_main_road] = {
                "belt_id": belt,
                "order": order,
                "unit_id": plan.unit,
                "two_new_org_id": plan.two_new_org,
                "on_main_road": plan.on_main_road,
            }
    return wanted


def _current(belts: list[int], day: datetime.date) -> dict[Hashable, BeltMember]:
    rows = BeltMember.objects.filter(belt__in=belts, valid_to__gt=day)
    return {(r.belt_id, r.unit_id, r.two_new_org_id, r.on_main_road): r for r in rows}


def _reorder(
    current: Mapping[Hashable, BeltMember], wanted: Mapping[Hashable, Mapping[str, object]]
) -> None:
    """Put members that stay in their new places. The order is not counted: it is changed freely."""
    moved = []
    for key, row in current.items():
        if key in wanted and row.order != wanted[key]["order"]:
            row.order = int(str(wanted[key]["order"]))
            moved.append(row)
    BeltMember.objects.bulk_update(moved, ["order"])


def _refuse_unknown_enterprises(numbers: set[int], day: datetime.date) -> None:
    if TwoNewOrg.objects.on(day).filter(pk__in=numbers).count() != len(numbers):
        raise NotInProgramme(_("有企业或社会组织在%s不存在或已注销。") % day)

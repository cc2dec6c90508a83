"""The belt editor: describe a belt, draw or import its line, take the villages, order, confirm."""

import datetime
import json
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.programmes.lines import length_of
from jiceng.programmes.models import Belt, BeltMember
from jiceng.programmes.operations import (
    BeltEdit,
    BeltPlan,
    MemberPlan,
    edit_belt,
    record_belts,
    set_members,
)
from jiceng.programmes.queries.belts import (
    Choice,
    belt_for,
    choices_of,
    members_of,
    two_new_along,
    villages_in,
    villages_near,
)
from jiceng.programmes.queries.programmes import Seen
from jiceng.registry.models import TwoNewOrg
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.programmes.boards import frame, seen_for
from jiceng.web.programmes.forms import BeltForm, MembersForm, NearForm, numbers_in


def new(request: StaffRequest, code: str) -> HttpResponse:
    """Record a belt of the highest unit that the user edits; its members come next."""
    seen = seen_for(request, code, "programmes.edit")
    form = BeltForm(seen.definition, request.POST or None, request.FILES or None)
    if form.is_valid():
        with shown_on(form):
            asked = form.cleaned_data
            plan = BeltPlan(unit=seen.top, length_m=_length(asked["line"]), **asked)
            record_belts(
                seen.programme,
                [plan],
                day=seen.today,
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已登记示范带，请接着选村。"))
            return redirect("web:programme_belt_members", code, plan.number)
    context = {**frame(seen, "belts"), "form": form, "belt": None}
    return form_again(request, "web/programmes/belt_edit.html", context)


def _length(line: object) -> int | None:
    return length_of(line) if isinstance(line, dict) else None


def edit(request: StaffRequest, code: str, number: str) -> HttpResponse:
    """Change what describes a belt, and its line."""
    seen = seen_for(request, code, "programmes.edit")
    belt = belt_for(seen, number, seen.today)
    form = BeltForm(
        seen.definition, request.POST or None, request.FILES or None, initial=_given(belt)
    )
    for fixed in ("number", "level"):
        form.fields[fixed].disabled = True
    if form.is_valid():
        with shown_on(form):
            asked = {k: v for k, v in form.cleaned_data.items() if k not in ("number", "level")}
            asked["line"] = asked["line"] or belt.line  # nothing drawn: the line stays
            asked["length_m"] = _length(asked["line"])
            edit_belt(belt, BeltEdit(**asked), by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已保存。"))
            return redirect("web:programme_belt", code, number)
    context = {**frame(seen, "belts"), "form": form, "belt": belt}
    return form_again(request, "web/programmes/belt_edit.html", context)


def _given(belt: Belt) -> dict[str, object]:
    return {
        "number": belt.number,
        "name": belt.name,
        "level": belt.level,
        "anchor": belt.anchor,
        "anchor_road": belt.anchor_road,
        "main_roads": "、".join(belt.main_roads),
        "line": json.dumps(belt.line) if _drawable(belt.line) else "",
    }


def _drawable(line: object) -> bool:
    """Say whether the drawing tool can take a line up: it draws one piece."""
    return isinstance(line, dict) and line.get("type") == "LineString"


def members(request: StaffRequest, code: str, number: str) -> HttpResponse:
    """Pick villages from the tree or along the line, order them, and confirm the list."""
    seen = seen_for(request, code, "programmes.edit")
    belt = belt_for(seen, number, seen.today)
    form = MembersForm(request.POST or None, initial={"day": seen.today})
    if form.is_valid():
        plans = _plans(request)
        seen.refuse_outside([plan.unit for plan in plans if plan.unit])
        with shown_on(form):
            set_members(
                {belt.pk: plans},
                programme=seen.programme,
                by=request.user,
                at=clock.now(),
                key=request.key,
                **form.cleaned_data,
            )
            messages.success(request, _("已保存成员，共 %d 个。") % len(plans))
            return redirect("web:programme_belt", code, number)
    context = {**frame(seen, "belts"), "belt": belt, "form": form, **_offered(request, seen, belt)}
    return form_again(request, "web/programmes/belt_members.html", context)


def _plans(request: StaffRequest) -> list[MemberPlan]:
    """Read the posted list: units in their order, then two-new organisations."""
    wanted = [(_place(request, number), number) for number in numbers_in(_posted(request, "unit"))]
    on_road = set(numbers_in(_posted(request, "on_road")))
    enterprises = numbers_in(_posted(request, "two_new"))
    return [
        *(MemberPlan(unit=number, on_main_road=number in on_road) for _, number in sorted(wanted)),
        *(MemberPlan(two_new_org=number, on_main_road=True) for number in enterprises),
    ]


def _posted(request: StaffRequest, name: str) -> list[str]:
    return request.POST.getlist(name)


def _place(request: StaffRequest, number: int) -> int:
    given = request.POST.get(f"place-{number}", "")
    return int(given) if given.isdigit() else 9_999


def _offered(request: StaffRequest, seen: Seen, belt: Belt) -> dict[str, object]:
    """Return what the list offers: the belt's members, then what was found along the line or
    below a unit.
    """
    standing = members_of(belt, seen.today)
    near = NearForm(request.GET if "metres" in request.GET else None)
    found: list[Choice] = []
    if belt.line and near.is_bound and near.is_valid():
        metres = near.cleaned_data["metres"]
        found = villages_near(belt.unit_id, belt.line, metres, seen.today)
    below = request.GET.get("in", "")
    if below.isdigit():
        seen.refuse_outside([int(below)])
        found = villages_in(int(below), seen.today)
    enterprises = [member for member in standing if member.two_new_org_id]
    return {
        "near": near,
        "rows": _rows(standing, found, taken=not below, day=seen.today),
        "enterprises": enterprises,
        "offered_enterprises": _enterprises(request, seen, enterprises),
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """A unit that the list offers, as its form shows it."""

    number: str
    name: str
    above: str
    place: str
    taken: bool
    on_road: bool


def _rows(
    standing: list[BeltMember], found: list[Choice], *, taken: bool, day: datetime.date
) -> list[_Row]:
    """Return the belt's units in their order, then what was found and is not on it yet."""
    members = {member.unit_id: member for member in standing if member.unit_id}
    offered = [(choice, True) for choice in choices_of(list(members), day)]
    offered += [(choice, taken) for choice in found if choice.unit.pk not in members]
    return [
        _Row(
            number=str(choice.unit.pk),
            name=choice.unit.name,
            above=choice.above,
            place=str(place),
            taken=ticked,
            on_road=choice.unit.pk in members and members[choice.unit.pk].on_main_road,
        )
        for place, (choice, ticked) in enumerate(offered, 1)
    ]


def _enterprises(request: StaffRequest, seen: Seen, standing: list[BeltMember]) -> list[TwoNewOrg]:
    below = request.GET.get("in", "")
    if not below.isdigit():
        return []
    known = {member.two_new_org_id for member in standing}
    return [row for row in two_new_along(int(below), seen.today)[:200] if row.pk not in known]

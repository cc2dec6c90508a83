"""Areas of a programme, and the money spent on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.access.queries import permissions_of
from jiceng.core import clock
from jiceng.programmes.operations import (
    AreaPlan,
    Expense,
    correct_cost,
    record_areas,
    record_costs,
    set_area_units,
)
from jiceng.programmes.queries.areas import within_areas
from jiceng.programmes.queries.judgings import opening_day
from jiceng.programmes.queries.points import area_for, areas_on, cost_for, costs_of, spent_fen
from jiceng.programmes.queries.programmes import Seen
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.programmes.boards import day_of, frame, seen_for
from jiceng.web.programmes.forms import (
    AreaForm,
    CostCorrectionForm,
    CostForm,
    MembersForm,
    numbers_in,
)


def areas(request: StaffRequest, code: str) -> HttpResponse:
    """List the areas with their units, points and belts; record a new one."""
    seen = seen_for(request, code)
    form = AreaForm(seen.definition, request.POST or None, initial={"day": seen.today})
    if request.method == "POST":
        seen = seen_for(request, code, "programmes.edit")
        if form.is_valid() and _record_area(request, seen, form):
            return redirect("web:programme_areas", code)
    day = day_of(request) or opening_day(seen.programme, seen.today)
    titles = {kind.code: kind.title for kind in seen.definition.area_kinds}
    found = areas_on(seen, day)
    within = within_areas(seen, found, day)
    context = {
        **frame(seen, "areas"),
        "areas": [
            (area, titles.get(area.kind, ""), units, within[area.pk]) for area, units in found
        ],
        "form": form,
        "day": day,
        "may": permissions_of(request.user, seen.today),
    }
    return form_again(request, "web/programmes/areas.html", context)


def _record_area(request: StaffRequest, seen: Seen, form: AreaForm) -> bool:
    units = numbers_in(request.POST.getlist("unit"))
    seen.refuse_outside(units)
    if not units:
        form.add_error(None, _("请至少选一个单位。"))
        return False
    asked = {**form.cleaned_data}
    day = asked.pop("day")
    with shown_on(form):
        record_areas(
            seen.programme,
            [AreaPlan(units=tuple(units), **asked)],
            day=day,
            by=request.user,
            at=clock.now(),
            key=request.key,
        )
        messages.success(request, _("已登记片区。"))
        return True
    return False


def area_units(request: StaffRequest, code: str, area: str) -> HttpResponse:
    """Say which units an area has from a day on: who is not ticked leaves on that day.

    Who edits it must reach every unit of it, also those that leave.
    """
    seen = seen_for(request, code, "programmes.edit")
    found, units = area_for(seen, area)
    seen.refuse_outside([unit.pk for unit in units])
    form = MembersForm(request.POST or None, initial={"day": max(seen.today, found.valid_from)})
    if form.is_valid():
        chosen = numbers_in(request.POST.getlist("unit"))
        seen.refuse_outside(chosen)
        with shown_on(form):
            set_area_units(
                found,
                chosen,
                by=request.user,
                at=clock.now(),
                key=request.key,
                **form.cleaned_data,
            )
            messages.success(request, _("已保存，共 %d 个单位。") % len(chosen))
            return redirect("web:programme_areas", code)
    context = {**frame(seen, "areas"), "area": found, "units": units, "form": form}
    return form_again(request, "web/programmes/area_units.html", context)


def costs(request: StaffRequest, code: str) -> HttpResponse:
    """List what was spent, with the cap; record an expense."""
    seen = seen_for(request, code)
    form = CostForm(request.POST or None, initial={"spent_on": seen.today})
    if request.method == "POST":
        seen = seen_for(request, code, "programmes.edit")
        if form.is_valid() and _record_cost(request, seen, form):
            return redirect("web:programme_costs", code)
    context = {
        **frame(seen, "costs"),
        "page": page_of(request, costs_of(seen)),
        "spent_fen": spent_fen(seen),
        "cap_fen": seen.definition.cap_fen,
        "form": form,
        "may": permissions_of(request.user, seen.today),
    }
    return form_again(request, "web/programmes/costs.html", context)


def _record_cost(request: StaffRequest, seen: Seen, form: CostForm) -> bool:
    asked = {**form.cleaned_data}
    reason, amount = asked.pop("over_cap_reason"), asked.pop("amount")
    with shown_on(form):
        record_costs(
            seen.programme,
            [Expense(unit=seen.top, amount_fen=amount, **asked)],
            by=request.user,
            at=clock.now(),
            key=request.key,
            over_cap_reason=reason,
        )
        messages.success(request, _("已登记支出。"))
        return True
    return False


def cost_correction(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Put one expense right, with a reason."""
    seen = seen_for(request, code, "programmes.edit")
    cost = cost_for(seen, number)
    form = CostCorrectionForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            correct_cost(
                seen.programme,
                cost.pk,
                amount_fen=form.cleaned_data["amount"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已更正。"))
            return redirect("web:programme_costs", code)
    context = {**frame(seen, "costs"), "cost": cost, "form": form}
    return form_again(request, "web/programmes/cost_correction.html", context)

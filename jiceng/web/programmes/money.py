"""Areas of a programme, and the money spent on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.access.queries import permissions_of
from jiceng.core import clock
from jiceng.programmes.operations import AreaPlan, Expense, record_areas, record_costs
from jiceng.programmes.queries.judgings import opening_day
from jiceng.programmes.queries.points import areas_on, costs_of, spent_fen
from jiceng.programmes.queries.programmes import Seen
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.programmes.boards import day_of, frame, seen_for
from jiceng.web.programmes.forms import AreaForm, CostForm, numbers_in


def areas(request: StaffRequest, code: str) -> HttpResponse:
    """List the areas with their units; record a new one."""
    seen = seen_for(request, code)
    form = AreaForm(seen.definition, request.POST or None, initial={"day": seen.today})
    if request.method == "POST":
        seen = seen_for(request, code, "programmes.edit")
        if form.is_valid() and _record_area(request, seen, form):
            return redirect("web:programme_areas", code)
    day = day_of(request) or opening_day(seen.programme, seen.today)
    titles = {kind.code: kind.title for kind in seen.definition.area_kinds}
    context = {
        **frame(seen, "areas"),
        "areas": [(area, titles.get(area.kind, ""), units) for area, units in areas_on(seen, day)],
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

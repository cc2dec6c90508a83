"""Figures: fetch through the gate, read what the job has computed, open down to the rows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiceng.access.queries import permissions_of, require, scope_of, unit_for
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.periods import Month
from jiceng.measures import queries
from jiceng.measures.operations import close_period
from jiceng.measures.registry import MEASURES
from jiceng.registry.models import Unit
from jiceng.registry.queries import children_of, described, units_at
from jiceng.ui.days import day_asked
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.measures import tables
from jiceng.web.measures.forms import CloseForm
from jiceng.web.measures.months import month_asked
from jiceng.web.measures.rows import lines_of
from jiceng.web.registry.trails import trail_of


def start(request: StaffRequest) -> HttpResponse:
    """Lead to the figures of the unit where the reader's rights begin."""
    scope = require(request.user, "measures.view")
    first = units_at(scope.ranges, clock.today())[0]
    return redirect("web:figures", first.pk)


def figures(request: StaffRequest, number: int) -> HttpResponse:
    month = month_asked(request)
    unit = unit_for(request.user, "measures.view", number=number, day=month.last)
    groups = tables.groups_of(unit, month)
    context = {
        **_place(request.user, unit, month),
        "groups": groups,
        "closed": any(figure.closed_at for group in groups for _measure, figure in group.lines),
        "rates": tables.rates_of(unit, month),
        "permissions": permissions_of(request.user, clock.today()),
    }
    return render(request, "web/measures/figures.html", context)


def one(request: StaffRequest, number: int, measure: str) -> HttpResponse:
    """Show one measure: over twelve months, and for each unit below, in the order of the tree."""
    month = month_asked(request)
    unit = unit_for(request.user, "measures.view", number=number, day=month.last)
    declared = tables.measure_named(measure)
    below = queries.figures_of_children([measure], unit, month)
    units = described(below, month.last)
    context = {
        **_place(request.user, unit, month),
        "measure": declared,
        "figure": queries.figure(measure, unit, month),
        "series": queries.series(measure, unit, tables.year_before(month)),
        "children": [(units[pk], row[measure]) for pk, row in below.items() if pk in units],
    }
    return render(request, "web/measures/figure.html", context)


def restated(request: StaffRequest, number: int, measure: str) -> HttpResponse:
    """Show an old figure under the tree of another day, for a unit and those one step below."""
    month, day = month_asked(request), day_asked(request)
    unit = unit_for(request.user, "measures.view", number=number, day=day)
    declared = tables.measure_named(measure)
    found = queries.restated(measure, month, day, unit.tree)
    context = {
        "unit": unit,
        "month": month,
        "asked": str(month),
        "day": day,
        "trail": trail_of(request.user, unit, day),
        "measure": declared,
        "found": found,
        "lines": [
            (one, found.value_of(one.pk), found.is_estimate(one.pk))
            for one in [unit, *children_of(unit.path, day)]
        ],
    }
    return render(request, "web/measures/restated.html", context)


def rows(request: StaffRequest, number: int, measure: str) -> HttpResponse:
    """Open a figure down to its rows, as far as the reader may see them."""
    month = month_asked(request)
    unit = unit_for(request.user, "measures.view", number=number, day=month.last)
    declared = tables.measure_named(measure)
    permission = "registry.people" if declared.personal else "measures.view"
    today = clock.today()
    scope = scope_of(request.user, permission, today)
    drill = queries.drill(measure, unit, month, scope=scope, today=today)
    page = page_of(request, drill.rows)
    lines = lines_of(drill.source, page, month.last)
    context = {
        **_place(request.user, unit, month),
        "measure": declared,
        "drill": drill,
        "ask": described([drill.ask], month.last).get(drill.ask) if drill.ask else None,
        "page": page,
        "lines": lines,
        "worded": any(line.text for line in lines),
    }
    return render(request, "web/measures/rows.html", context)


def close(request: StaffRequest) -> HttpResponse:
    """Close a month: its figures are kept as they stand."""
    scope = require(request.user, "measures.close")
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            close_period(
                form.cleaned_data["month"],
                list(MEASURES.entries),
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已关账：%s") % form.cleaned_data["month"])
            return redirect("web:figures_start")
    context = {
        "form": form,
        "closed": queries.closed_months(),
        "first": units_at(scope.ranges, clock.today())[0],
    }
    return form_again(request, "web/measures/close.html", context)


def _place(user: User, unit: Unit, month: Month) -> dict[str, object]:
    return {
        "unit": unit,
        "month": month,
        "asked": str(month),
        "day": month.last,
        "trail": trail_of(user, unit, month.last),
    }

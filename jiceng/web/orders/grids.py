"""Grids: the five-level network of a town or a village, one grid, its board, what it may be given."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiceng.access.queries import scope_of
from jiceng.core import clock
from jiceng.orders import catalogue, duties
from jiceng.orders.operations.grids import (
    AccessRow,
    CardRow,
    LineRow,
    PointRow,
    admit_to_grids,
    describe_grids,
    open_observation_points,
    share_grids,
)
from jiceng.orders.queries.grids import (
    access_list,
    card_of,
    grid_for,
    grid_view,
    lines_of,
    network_of,
)
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level
from jiceng.registry.queries import children_of
from jiceng.ui.days import day_asked
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.grid_forms import AccessForm, CardForm, LinesForm, PointForm
from jiceng.web.orders.places import MAY_EDIT, MAY_SEE, back_to, may_edit, place_asked, with_parts
from jiceng.web.registry.trails import trail_of


def grids(request: StaffRequest) -> HttpResponse:
    """Show who answers for each of the five levels; above towns, the way down to them."""
    day = day_asked(request)
    place = place_asked(request, day)
    context = {**with_parts(request, place, "grids"), "day": day}
    if place.level < Level.TOWN:
        return render(request, "web/orders/grids/choose.html", context | _below(place, day))
    network = network_of(place, day)
    context["network"] = network
    if place.level == Level.TOWN:
        return render(request, "web/orders/grids/town.html", context)
    return render(request, "web/orders/grids/village.html", context)


def _below(place: Unit, day: datetime.date) -> dict[str, object]:
    return {"below": children_of(place.path, day).filter(level__lte=Level.VILLAGE)}


def grid(request: StaffRequest, number: int) -> HttpResponse:
    """Show one grid: how large it is beside the rule, who answers, what runs on it."""
    day = day_asked(request)
    found = grid_for(request.user, MAY_SEE, number=number, day=day)
    lines = catalogue.shipped().lines
    view = grid_view(found, day)
    context = {
        "unit": found,
        "trail": trail_of(request.user, found, day),
        "day": day,
        "view": view,
        "lines": [(row, lines.get(row.line, row.line)) for row in view.lines],
        "asked": duties.access(),
        "may_edit": may_edit(request, found),
        "may_appoint": scope_of(request.user, "registry.people", clock.today()).covers(found.path),
    }
    return render(request, "web/orders/grids/grid.html", context)


def grid_contact(request: StaffRequest, number: int) -> HttpResponse:
    """Lay out the sheet that is posted in the grid."""
    day = day_asked(request)
    found = grid_for(request.user, MAY_SEE, number=number, day=day)
    trail = trail_of(request.user, found, day)
    code = next((str(one.code) for one, _open in reversed(trail) if one.code), "")
    context = {
        "unit": found,
        "trail": trail,
        "day": day,
        "view": grid_view(found, day),
        "posted": duties.posted(code),
        "above": [one for one, _open in trail if one.level >= Level.TOWN],
    }
    return render(request, "web/orders/grids/contact.html", context)


def grid_edit(request: StaffRequest, number: int) -> HttpResponse:
    """Change what stands on the grid's board."""
    found = grid_for(request.user, MAY_EDIT, number=number)
    card = card_of(number)
    form = CardForm(request.POST or None, initial=vars(card) if card else {})
    if form.is_valid():
        with shown_on(form):
            row = CardRow(number, **form.cleaned_data)
            describe_grids([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记公示牌。"))
            return redirect("web:grid", number)
    return _form_page(request, found, form, _("公示牌"))


def grid_lines(request: StaffRequest, number: int) -> HttpResponse:
    """Let lines of work use the grid."""
    found = grid_for(request.user, MAY_EDIT, number=number)
    taken = {row.line for row in lines_of(number, clock.today())}
    form = LinesForm(taken, request.POST or None, initial={"valid_from": clock.today()})
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            rows = [
                LineRow(number, line, given["document"], given["valid_from"])
                for line in given["lines"]
            ]
            share_grids(rows, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记。这些工作线不再另划网格。"))
            return redirect("web:grid", number)
    return _form_page(request, found, form, _("工作线使用网格"))


def grid_point(request: StaffRequest, number: int) -> HttpResponse:
    """Open an observation point in the grid."""
    found = grid_for(request.user, MAY_EDIT, number=number)
    form = PointForm(request.POST or None, initial={"valid_from": clock.today()})
    if form.is_valid():
        with shown_on(form):
            row = PointRow(number, **form.cleaned_data)
            open_observation_points([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已设立哨点。"))
            return redirect("web:grid", number)
    return _form_page(request, found, form, _("设立哨点"))


def _form_page(request: StaffRequest, found: Unit, form: object, title: str) -> HttpResponse:
    context = {
        "unit": found,
        "trail": trail_of(request.user, found, clock.today()),
        "title": title,
        "form": form,
        "back": reverse("web:grid", args=[found.pk]),
    }
    return form_again(request, "web/orders/grids/form.html", context)


def grid_access(request: StaffRequest) -> HttpResponse:
    """List what may be given to grids at a place, and take further tasks in."""
    today = clock.today()
    place = place_asked(request, today, MAY_EDIT if request.method == "POST" else MAY_SEE)
    form = AccessForm(request.POST or None, initial={"valid_from": today})
    if form.is_valid():
        with shown_on(form):
            row = AccessRow(place.pk, **form.cleaned_data)
            admit_to_grids([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已列入准入清单。"))
            return back_to("grid_access", place)
    services = catalogue.shipped().services
    context = {
        **with_parts(request, place, "grid_access"),
        "rows": [
            (row, services[row.service] if row.service else None)
            for row in access_list(place, today)
        ],
        "asked": duties.access(),
        "form": form,
    }
    return form_again(request, "web/orders/grids/access.html", context)

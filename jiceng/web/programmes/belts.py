"""Belts: the list, one belt with its members and conditions, and its confirmation as built."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiceng.access.queries import permissions_of
from jiceng.core import clock
from jiceng.programmes.operations import confirm_built, withdraw_built
from jiceng.programmes.queries.belts import (
    belt_for,
    belts_in,
    length_in_metres,
    sheet_of,
    stops_of,
)
from jiceng.programmes.queries.judgings import opening_day
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.programmes.boards import day_of, frame, seen_for
from jiceng.web.programmes.forms import BuiltForm, ReasonForm


def belts(request: StaffRequest, code: str) -> HttpResponse:
    seen = seen_for(request, code)
    day = day_of(request) or opening_day(seen.programme, seen.today)
    context = {
        **frame(seen, "belts"),
        "page": page_of(request, belts_in(seen, day)),
        "metres": length_in_metres(seen, day),
        "day": day,
        "may": permissions_of(request.user, seen.today),
    }
    return render(request, "web/programmes/belts.html", context)


def belt(request: StaffRequest, code: str, number: str) -> HttpResponse:
    """Show a belt: members in order, what its conditions come to, whether it is built."""
    return _belt(request, code, number, BuiltForm(), ReasonForm())


def _belt(
    request: StaffRequest, code: str, number: str, built_form: BuiltForm, reason_form: ReasonForm
) -> HttpResponse:
    seen = seen_for(request, code)
    day = day_of(request) or opening_day(seen.programme, seen.today)
    found = belt_for(seen, number, day)
    sheet = sheet_of(seen, found, day)
    page = page_of(request, sheet.members)
    context = {
        **frame(seen, "belts"),
        "belt": found,
        "level": seen.definition.belt_level(found.level),
        "sheet": sheet,
        "page": page,
        "stops": stops_of(seen, sheet.facts, page, day),
        "built_form": built_form,
        "reason_form": reason_form,
        "day": day,
        "may": permissions_of(request.user, seen.today),
    }
    return form_again(request, "web/programmes/belt.html", context)


@require_POST
def built(request: StaffRequest, code: str, number: str) -> HttpResponse:
    seen = seen_for(request, code, "programmes.confirm")
    form = BuiltForm(request.POST)
    if form.is_valid():
        found = belt_for(seen, number, form.cleaned_data["day"])
        with shown_on(form):
            confirm_built(
                seen.programme,
                [found.pk],
                by=request.user,
                at=clock.now(),
                key=request.key,
                within=seen.scope.ranges,
                **form.cleaned_data,
            )
            messages.success(request, _("已确认建成。"))
            return redirect("web:programme_belt", code, number)
    return _belt(request, code, number, form, ReasonForm())


@require_POST
def withdraw(request: StaffRequest, code: str, number: str) -> HttpResponse:
    seen = seen_for(request, code, "programmes.confirm")
    day = opening_day(seen.programme, seen.today)
    found = belt_for(seen, number, day)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            withdraw_built(
                found,
                by=request.user,
                at=clock.now(),
                key=request.key,
                within=seen.scope.ranges,
                **form.cleaned_data,
            )
            messages.success(request, _("已撤回建成确认。"))
            return redirect("web:programme_belt", code, number)
    return _belt(request, code, number, BuiltForm(), form)

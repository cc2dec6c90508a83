"""Points: what holds, proposing, confirming, correcting."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiceng.access.queries import permissions_of
from jiceng.core import clock
from jiceng.programmes.operations import (
    Proposal,
    confirm_statuses,
    correct_statuses,
    propose_statuses,
    turn_down_proposals,
)
from jiceng.programmes.queries.belts import villages_in
from jiceng.programmes.queries.judgings import opening_day
from jiceng.programmes.queries.points import held, point_for, points_on, waiting_in
from jiceng.programmes.queries.programmes import Seen
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.programmes.boards import day_of, frame, seen_for
from jiceng.web.programmes.forms import CorrectForm, ProposeForm, ReasonForm, numbers_in


def points(request: StaffRequest, code: str) -> HttpResponse:
    """List what holds a status on the day."""
    seen = seen_for(request, code)
    day = day_of(request) or opening_day(seen.programme, seen.today)
    status = request.GET.get("status", "")
    page = page_of(request, points_on(seen, day, status))
    context = {
        **frame(seen, "points"),
        "page": page,
        "rows": held(seen, page, day),
        "ladder": seen.definition.ladder,
        "status": status,
        "day": day,
        "may": permissions_of(request.user, seen.today),
    }
    return render(request, "web/programmes/points.html", context)


def propose(request: StaffRequest, code: str) -> HttpResponse:
    """Propose a status for villages of a unit, ticked in its list, or for one that is picked."""
    seen = seen_for(request, code, "programmes.propose")
    form = ProposeForm(seen.definition, request.POST or None, initial={"day": seen.today})
    units = numbers_in([*request.POST.getlist("unit"), request.POST.get("picked", "")])
    if form.is_valid():
        seen.refuse_outside(units)
        if not units:
            form.add_error(None, _("请至少选一个单位。"))
        with shown_on(form):
            if units and _propose(request, seen, form, units):
                return redirect("web:programme_waiting", code)
    within = request.GET.get("in", "")
    context = {
        **frame(seen, "points"),
        "form": form,
        "choices": _choices(seen, int(within)) if within.isdigit() else [],
        "chosen": units,
        "within": within,
    }
    return form_again(request, "web/programmes/propose.html", context)


def _propose(request: StaffRequest, seen: Seen, form: ProposeForm, units: list[int]) -> bool:
    asked = form.cleaned_data
    propose_statuses(
        seen.programme,
        [Proposal(unit, asked["status"], asked["document"]) for unit in units],
        day=asked["day"],
        by=request.user,
        at=clock.now(),
        key=request.key,
    )
    messages.success(request, _("已提出 %d 个，待确认。") % len(units))
    return True


def _choices(seen: Seen, unit: int) -> list[object]:
    seen.refuse_outside([unit])
    kinds = seen.definition.point_kinds
    return [one for one in villages_in(unit, seen.today) if one.unit.kind in kinds]


def waiting(request: StaffRequest, code: str) -> HttpResponse:
    """List what waits for a confirmation; confirm it, or turn it down with a reason."""
    seen = seen_for(request, code)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = "turn_down" in request.POST
    if request.method == "POST":
        seen = seen_for(request, code, "programmes.confirm")
        if form.is_valid() and _decide(request, seen, form):
            return redirect("web:programme_waiting", code)
    page = page_of(request, waiting_in(seen), per_page=100)
    context = {
        **frame(seen, "points"),
        "page": page,
        "rows": held(seen, page, seen.today),
        "form": form,
        "may": permissions_of(request.user, seen.today),
    }
    return form_again(request, "web/programmes/waiting.html", context)


def _decide(request: StaffRequest, seen: Seen, form: ReasonForm) -> bool:
    numbers = numbers_in(request.POST.getlist("number"))
    if not numbers:
        form.add_error(None, _("请至少勾选一个。"))
        return False
    done: dict[str, Any] = {"by": request.user, "at": clock.now(), "key": request.key}
    reach = seen.scope.ranges
    with shown_on(form):
        if "turn_down" in request.POST:
            turn_down_proposals(seen.programme, numbers, within=reach, **form.cleaned_data, **done)
            messages.success(request, _("已退回 %d 个。") % len(numbers))
        else:
            confirm_statuses(seen.programme, numbers, day=seen.today, within=reach, **done)
            messages.success(request, _("已确认 %d 个。") % len(numbers))
        return True
    return False


def correct(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Put a confirmed status right, with a reason."""
    seen = seen_for(request, code, "programmes.confirm")
    row = point_for(seen, number)
    form = CorrectForm(seen.definition, request.POST or None)
    if form.is_valid():
        with shown_on(form):
            correct_statuses(
                seen.programme,
                {row.pk: form.cleaned_data["status"]},
                reason=form.cleaned_data["reason"],
                day=seen.today,
                by=request.user,
                at=clock.now(),
                key=request.key,
                within=seen.scope.ranges,
            )
            messages.success(request, _("已更正。"))
            return redirect("web:programme_points", code)
    (shown,) = held(seen, [row], seen.today)
    context = {**frame(seen, "points"), "form": form, "held": shown}
    return form_again(request, "web/programmes/correct.html", context)

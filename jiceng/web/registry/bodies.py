"""Bodies of a village, term by term, and who sits in them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.access.queries.rows import body_for, seat_for
from jiceng.core import clock
from jiceng.registry import queries
from jiceng.registry.operations import (
    BodyRow,
    BodySeatRow,
    end_bodies,
    end_seats,
    form_bodies,
    seat_people,
)
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.registry.changing import place, unit_of_row, village_of
from jiceng.web.registry.people_forms import BodyForm, BodySeatForm, LeaveForm


def bodies(request: StaffRequest, number: int) -> HttpResponse:
    """List the bodies of a village, and record a new term."""
    unit = village_of(request, number)
    form = BodyForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            row = BodyRow(number, given["kind"], given["term"], given["since"], given["ends"])
            (body,) = form_bodies([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记，请接着登记组成人员。"))
            return redirect("web:body", body)
    context = {**place(request, unit), "bodies": queries.all_bodies_of(number), "form": form}
    return form_again(request, "web/registry/bodies.html", context)


def body(request: StaffRequest, number: int) -> HttpResponse:
    """List who sits in a body in one term, and seat somebody."""
    found = body_for(request.user, number, clock.today())
    unit = unit_of_row(request, found.unit_id)
    form = BodySeatForm(request.POST or None, user=request.user, body=found)
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            row = BodySeatRow(
                number, form.somebody(), given["role"], given["since"], found.valid_to
            )
            seat_people([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记组成人员。"))
            return redirect("web:body", number)
    context = {**place(request, unit), "body": found, "seats": queries.seats_of(number)}
    return form_again(request, "web/registry/body.html", {**context, "form": form})


def end_body(request: StaffRequest, number: int) -> HttpResponse:
    """End a term before its time, and with it everybody's seat."""
    found = body_for(request.user, number, clock.today())
    unit = unit_of_row(request, found.unit_id)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            day = form.cleaned_data["day"]
            end_bodies([number], day=day, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记届期结束。"))
            return redirect("web:bodies", found.unit_id)
    context = {**place(request, unit), "body": found, "form": form}
    return form_again(request, "web/registry/end_body.html", context)


def end_seat(request: StaffRequest, number: int) -> HttpResponse:
    """Let somebody leave a body before its term ends."""
    seat = seat_for(request.user, number, clock.today())
    unit = unit_of_row(request, seat.body.unit_id)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            day = form.cleaned_data["day"]
            end_seats([number], day=day, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记离任。"))
            return redirect("web:body", seat.body_id)
    context = {**place(request, unit), "seat": seat, "form": form}
    return form_again(request, "web/registry/end_seat.html", context)

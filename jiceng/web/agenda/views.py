"""The first page after the log-in: what is due, what waits for me, what I wait for."""

from django.http import HttpResponse
from django.shortcuts import render

from jiceng.agenda.queries import today as items_of
from jiceng.core import clock
from jiceng.ui.requests import StaffRequest


def today(request: StaffRequest) -> HttpResponse:
    at = clock.now()
    context = {"items": items_of(request.user, at), "at": at, "day": clock.day_of(at)}
    return render(request, "web/agenda/today.html", context)

"""The first page after the log-in: what is due, what waits for me, what I wait for, where I am."""

from django.http import HttpResponse
from django.shortcuts import render

from jiceng.access.queries.hand_overs import hand_overs_waiting_for
from jiceng.agenda.queries import today as items_of
from jiceng.core import clock
from jiceng.orders.queries.volunteers import offers_waiting_for
from jiceng.ui.requests import StaffRequest
from jiceng.web.agenda.places import places_of
from jiceng.web.agenda.vacancies import MEASURE, vacancies_of


def today(request: StaffRequest) -> HttpResponse:
    at = clock.now()
    day = clock.day_of(at)
    context = {
        "items": items_of(request.user, at),
        "vacancies": vacancies_of(request.user, day),
        "hand_overs": hand_overs_waiting_for(request.user, day),
        "offers": offers_waiting_for(request.user, day),
        "places": places_of(request.user, day),
        "measure": MEASURE,
        "at": at,
        "day": day,
    }
    return render(request, "web/agenda/today.html", context)

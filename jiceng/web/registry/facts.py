"""Dated numbers of a village: recorded with their day, corrected with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.registry import queries
from jiceng.registry.operations import FactRow, record_facts
from jiceng.ui.days import day_asked
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.registry.changing import place, village_of
from jiceng.web.registry.people_forms import FactForm


def facts(request: StaffRequest, number: int) -> HttpResponse:
    """Show the numbers in force on a day and every one ever recorded; record or correct one."""
    unit = village_of(request, number)
    form = FactForm(request.POST or None, kind=request.GET.get("kind", ""))
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            row = FactRow(number, given["kind"], given["value"], given["day"], given["reason"])
            record_facts([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记。"))
            return redirect("web:facts", number)
    day = day_asked(request)
    context = {
        **place(request, unit),
        "day": day,
        "facts": queries.facts_of(number, day),
        "page": page_of(request, queries.fact_history_of(number)),
        "form": form,
    }
    return form_again(request, "web/registry/facts.html", context)

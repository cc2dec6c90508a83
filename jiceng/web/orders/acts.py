"""The views by which something is done with an order."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jiceng.core import clock
from jiceng.orders.models import Order, Task
from jiceng.orders.operations import reissue_code
from jiceng.orders.queries import order_for, task_for
from jiceng.orders.queries.handlers import propose_handler
from jiceng.orders.words import title_of
from jiceng.procedures.kinds import Wrong
from jiceng.procedures.refusals import Lacking
from jiceng.registry.queries import described
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders import forms
from jiceng.web.orders.declared import ACTS, BESIDE, TASKS, Act, act_of


def act(request: StaffRequest, number: str, act: str) -> HttpResponse:
    """Do something with an order, at its step or beside."""
    found = act_of(act, ACTS | BESIDE)
    order = _order_for(request, found, number)
    form = form_of(request, found, order, clock.today())
    return _done(request, found, order, form, order)


def task(request: StaffRequest, number: str, task: int, act: str) -> HttpResponse:
    """Answer, return or judge what one unit was asked to do beside the main handler."""
    found = act_of(act, TASKS)
    order = _order_for(request, found, number)
    part = task_for(order, task)
    form = form_of(request, found, order, clock.today())
    return _done(request, found, order, form, part)


@require_POST
def reissue(request: StaffRequest, number: str) -> HttpResponse:
    """Give a new query code to a resident who lost it and stands at the counter; shown once."""
    order = order_for(request.user, "orders.enter", number=number, today=clock.today())
    code = reissue_code(
        order, seen=order.case.version, by=request.user, at=clock.now(), key=request.key
    )
    return slip(request, order, code)


def slip(request: StaffRequest, order: Order, code: str) -> HttpResponse:
    """Show a query code this once, to be printed and handed over."""
    context = {"order": order, "title": title_of(order.kind), "code": code}
    return render(request, "web/orders/slip.html", {**context, "site": request.get_host()})


def form_of(request: StaffRequest, found: Act, order: Order, today: datetime.date) -> forms.ActForm:
    """Return the form of an act, filled with what can be proposed."""
    initial: dict[str, Any] = {}
    if found.code == "dispatch":
        initial["handler"] = propose_handler(order.kind, order.place_id, today).unit
    return found.form(request.user, order, request.POST or None, initial=initial)


def _order_for(request: StaffRequest, found: Act, number: str) -> Order:
    """Return the order through the gate. A complaint about conduct asks for its own permission,
    and is handled by none of the usual ones.
    """
    today = clock.today()
    order = order_for(request.user, "orders.view", number=number, today=today)
    conduct = order.track == Order.Track.CONDUCT
    permission = "orders.conduct" if conduct else found.permission
    return order_for(request.user, permission, number=number, today=today)


def _done(
    request: StaffRequest, found: Act, order: Order, form: forms.ActForm, thing: Order | Task
) -> HttpResponse:
    number = order.number
    if form.is_valid():
        with shown_on(form), said_on(form):
            found.operation(thing, **form.given, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, str(found.done))
            return redirect("web:order", number)
    unit = described([thing.unit_id], clock.today()) if isinstance(thing, Task) else {}
    context = {
        "number": number,
        "title": title_of(order.kind),
        "act": found,
        "form": form,
        "task": thing if isinstance(thing, Task) else None,
        "unit": next(iter(unit.values()), None),
    }
    return form_again(request, "web/orders/act.html", context)


@contextmanager
def said_on(form: forms.ActForm) -> Iterator[None]:
    """Put faults at their fields, and offer the box that what is missing leaves open."""
    try:
        yield
    except Wrong as wrong:
        form.put(wrong)
    except Lacking as lacking:
        form.add_error(None, [lacking.sentence, *lacking.details])
        if not any(one.hard for one in lacking.missing):
            form.offer()

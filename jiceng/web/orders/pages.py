"""The page of one order: what was asked, its clocks, what may be done now, what was done."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from jiceng.core import clock
from jiceng.orders import catalogue
from jiceng.orders.answers import Answer, answers, answers_for
from jiceng.orders.models import Order, Task
from jiceng.orders.operations import reveal_contact
from jiceng.orders.queries import order_for
from jiceng.orders.queries.handlers import propose_handler
from jiceng.orders.queries.maps import map_of_order
from jiceng.orders.queries.reading import Sight, sight_of
from jiceng.orders.routing import Proposal
from jiceng.orders.words import limit_in_words, step_of, title_of, units_of, why_in_words
from jiceng.procedures.queries import may_take, story_of
from jiceng.procedures.queries.cases import Entry
from jiceng.registry.models import Unit
from jiceng.registry.queries import described
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.declared import TASKS, Act, acts_at, acts_beside
from jiceng.web.orders.forms import ActForm
from jiceng.web.orders.words import levels_of


@dataclass(frozen=True, slots=True)
class Turn:
    """What the reader may do now: the usual thing as a form, the rest as ways to their forms."""

    act: Act
    form: ActForm
    others: list[Act]
    proposal: Proposal | None = None
    proposed: Unit | None = None
    why: str = ""
    answers: tuple[Answer, ...] = ()


def order(request: StaffRequest, number: str) -> HttpResponse:
    found = order_for(request.user, "orders.view", number=number, today=clock.today())
    return render(request, "web/orders/order.html", frame(request, found))


@require_POST
def contact(request: StaffRequest, number: str) -> HttpResponse:
    """Show name and telephone on the order's page; that they were shown is kept."""
    found = order_for(request.user, "orders.view", number=number, today=clock.today())
    shown = reveal_contact(found, by=request.user, at=clock.now(), key=request.key)
    context = {**frame(request, found), "contact": shown}
    return render(request, "web/orders/order.html", context)


def frame(request: StaffRequest, order: Order) -> dict[str, Any]:
    """Return what the page of an order shows."""
    at = clock.now()
    today = clock.day_of(at)
    sight = sight_of(request.user, order, at)
    concerned = sight.telling.concerns_id if sight.telling else None
    units = units_of(order) | {task.unit_id for task in sight.tasks}
    names = described(units | {concerned} if concerned else units, today)
    turn = turn_of(request, order, today)
    return {
        "order": order,
        "number": order.number,
        "title": title_of(order.kind),
        "step": step_of(order),
        "service": catalogue.shipped().services.get(order.kind),
        "sight": sight,
        "tasks": [(task, names[task.unit_id].name, acts_of(task, sight)) for task in sight.tasks],
        "place": names[order.place_id],
        "receiver": names[order.receiver_id].name,
        "waits_at": names[order.waits_at_id].name,
        "handler": names[order.handler_id].name if order.handler_id else "",
        "concerns": names[concerned] if concerned else None,
        "limit": limit_in_words(order.limit_count, order.limit_unit),
        "extended": limit_in_words(order.extended_count, order.extended_unit),
        "levels": levels_of(order, at),
        "overdue": not order.closed and order.due_at is not None and order.due_at < at,
        "story": told_of(order, today),
        "turn": turn,
        "beside": acts_beside(order, sight, mine=turn is not None),
        "at": at,
    }


def told_of(order: Order, today: datetime.date) -> list[tuple[Entry, list[tuple[str, str]]]]:
    """Return every recorded step with what was said: units by their names, the outcome once."""
    entries = story_of(order.case, today).entries
    given = {entry.taken.data.get("handler") for entry in entries} - {None}
    names = {str(number): unit.name for number, unit in described(given, today).items()}
    return [(entry, _said(entry, names)) for entry in entries]


def _said(entry: Entry, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return what a step says beside its outcome; what was left unticked says nothing."""
    handler = str(entry.taken.data.get("handler", ""))
    return [
        (label, names.get(handler, value) if value == handler else value)
        for label, value in entry.words
        if value != entry.outcome
    ]


def acts_of(task: Task, sight: Sight) -> list[Act]:
    """Return what the reader may do with a part beside the main handler's."""
    if task.part == Task.Part.MAIN or task.ended_at is not None:
        return []
    if task.replied_at is not None:
        return [TASKS["judge"]] if sight.township in sight.oversees else []
    return [TASKS["answer"], TASKS["return"]] if task.unit_id in sight.handles else []


def turn_of(request: StaffRequest, order: Order, today: datetime.date) -> Turn | None:
    """Return what the reader may do with an order now; nothing where it is not his turn."""
    step, acts = order.case.current, acts_at(order)
    if step is None or not acts or not may_take(request.user, order.case, step, today):
        return None
    act, others = acts[0], acts[1:]
    if act.code == "finish":
        form = act.form(request.user, order, initial={"reply": answer_asked(request)})
        return Turn(act, form, others, answers=answers_for(order.kind))
    if act.code != "dispatch":
        return Turn(act, act.form(request.user, order), others)
    proposal = propose_handler(order.kind, order.place_id, today)
    form = act.form(request.user, order, initial={"handler": proposal.unit})
    unit = described([proposal.unit], today)[proposal.unit] if proposal.unit else None
    return Turn(act, form, others, proposal, unit, why_in_words(proposal))


def answer_asked(request: StaffRequest) -> str:
    """Return the words of the answer that the address asks to begin with."""
    return next((one.text for one in answers() if one.code == request.GET.get("answer")), "")


def place_on_map(request: StaffRequest, number: str) -> HttpResponse:
    """Answer the map of an order's page: where it is, within its township."""
    found = order_for(request.user, "orders.view", number=number, today=clock.today())
    return HttpResponse(map_of_order(found, clock.today()), content_type="application/json")

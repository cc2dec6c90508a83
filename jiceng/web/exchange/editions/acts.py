"""Acting on the review of an edition: fetch through the gate, call one operation, answer."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiceng.access.queries import require
from jiceng.core import clock
from jiceng.exchange.editions import queries
from jiceng.exchange.editions.answers import read_answers
from jiceng.exchange.editions.deciding import Decision, confirm_sure, decide
from jiceng.exchange.editions.effect import take_effect
from jiceng.exchange.editions.founding import found_from_edition
from jiceng.exchange.editions.legacies import settle
from jiceng.exchange.editions.receiving import receive_edition
from jiceng.exchange.editions.rows import rows_of
from jiceng.exchange.editions.undoing import undo
from jiceng.exchange.models import Fate
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.exchange.editions.files import table_of
from jiceng.web.exchange.editions.forms import AnswersForm, EditionForm, FateForm, UndoForm


def receive(request: StaffRequest) -> HttpResponse:
    """Take a list of divisions: the first one founds, a later one is compared."""
    require(request.user, "exchange.review")
    form = EditionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            number = _received(request, form)
            messages.success(
                request, _("已收到区划，请开始审核。") if number else _("已建立区划。")
            )
            return redirect("web:edition", number) if number else redirect("web:tree")
    return form_again(request, "web/exchange/editions/new.html", {"form": form})


def _received(request: StaffRequest, form: EditionForm) -> int | None:
    """Found or compare; return the number of the edition to be reviewed, if there is one."""
    given = form.cleaned_data
    rows = rows_of(_table(given["file"]))
    told: dict[str, Any] = {"by": request.user, "at": clock.now(), "key": request.key}
    if given["first"]:
        found_from_edition(rows, given["day"], **told)
        return None
    return receive_edition(rows, given["day"], title=given["title"], **told).pk


def _table(file: UploadedFile) -> list[tuple[int, list[str]]]:
    return list(table_of(file))


def answer(request: StaffRequest, number: int) -> HttpResponse:
    """Take a filled-in list of answers: all of it or nothing."""
    edition, steps = queries.edition_for(request.user, number, clock.today())
    form = AnswersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            decisions = read_answers(edition, _table(form.cleaned_data["file"]), steps=steps)
            decide(edition, decisions, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已确认 %d 个原单位的去向。") % len(decisions))
            return redirect("web:edition", number)
    context = {"form": form, "edition": edition}
    return form_again(request, "web/exchange/editions/answer.html", context)


@require_POST
def confirm(request: StaffRequest, number: int) -> HttpResponse:
    step = queries.step_for(request.user, number, clock.today())
    done = confirm_sure(step, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已一并确认 %d 条。") % done)
    return redirect("web:edition_step", number)


@require_POST
def effect(request: StaffRequest, number: int) -> HttpResponse:
    step = queries.step_for(request.user, number, clock.today())
    take_effect(step.pk, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("%s的变更已经生效。") % step.name)
    return redirect("web:edition_step", number)


def take_back(request: StaffRequest, number: int) -> HttpResponse:
    step = queries.step_for(request.user, number, clock.today())
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            reason = form.cleaned_data["reason"]
            undo(step.pk, reason=reason, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已撤回，登记册恢复到生效之前。"))
            return redirect("web:edition_step", number)
    return form_again(request, "web/exchange/editions/undo.html", {"form": form, "step": step})


@require_POST
def settle_legacy(request: StaffRequest, number: int) -> HttpResponse:
    step = queries.step_for(request.user, number, clock.today())
    code = request.POST.get("code", "")
    settle(step, code, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已按建议处理。"))
    return redirect("web:edition_step", number)


def fate(request: StaffRequest, number: int) -> HttpResponse:
    """Decide what became of one old unit."""
    found = queries.fate_for(request.user, number, clock.today())
    edition = found.step.edition
    form = FateForm(request.POST or None, fate=found, edition=edition)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            decision = _decision(found, form)
            decide(edition, [decision], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已确认“%s”的去向。") % found.name)
            return redirect("web:edition_town", found.step_id, found.town_code)
    context = {"form": form, "fate": found, "edition": edition, "step": found.step}
    return form_again(request, "web/exchange/editions/fate.html", context)


def _decision(found: Fate, form: FateForm) -> Decision:
    given = form.cleaned_data
    return Decision(
        found.pk,
        given["outcome"],
        form.heirs(),
        given["day"],
        given["day_is_latest"],
        given["document"],
    )

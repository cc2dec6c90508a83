"""Returning, extending and withdrawing a case: each with a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.procedures import operations
from jiceng.procedures.queries import case_for, standing_of
from jiceng.ui.forms import choose
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.procedures.forms import ReasonForm, ReturnForm

_TEMPLATE = "web/procedures/act.html"


def back(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.user, "procedures.view", number=number, today=clock.today())
    form = ReturnForm(request.POST or None, initial={"seen": case.version})
    procedure = case.declaration
    standing = sorted(standing_of(case).values(), key=lambda taken: taken.sequence)
    choose(form, "step", [(t.step, procedure.step(t.step).title) for t in standing])
    words = {
        "title": _("退回"),
        "note": _("退回之后，从这一步起须重新办理；已经登记的都保留，并注明退回原因。"),
        "done": _("已退回。"),
    }
    return _act(request, number, form, words, operations.return_case)


def extend(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.user, "procedures.advance", number=number, today=clock.today())
    form = ReasonForm(request.POST or None, initial={"seen": case.version})
    words = {
        "title": _("延期"),
        "note": _("只有规定允许的步骤可以延期，且只能延一次。"),
        "done": _("已延期。"),
    }
    return _act(request, number, form, words, operations.extend_step)


def withdraw(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.user, "procedures.advance", number=number, today=clock.today())
    form = ReasonForm(request.POST or None, initial={"seen": case.version})
    words = {
        "title": _("撤回"),
        "note": _("撤回之后事项办结，不能恢复；可以重新提出，并与本次相连。"),
        "done": _("已撤回。"),
    }
    return _act(request, number, form, words, operations.withdraw_case)


def _act(
    request: StaffRequest,
    number: str,
    form: ReasonForm,
    words: dict[str, str],
    operation: Callable[..., Any],
) -> HttpResponse:
    if form.is_valid():
        with shown_on(form):
            operation(number, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, words["done"])
            return redirect("web:case", number)
    return form_again(request, _TEMPLATE, {"number": number, "form": form, "words": words})

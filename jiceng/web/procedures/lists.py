"""Lists: cases that are open or over, and the procedures they run on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiceng.access.declarations import ROLES
from jiceng.access.queries import require
from jiceng.core import clock
from jiceng.notices.kinds import kinds
from jiceng.procedures.catalogue import faults_of, newest
from jiceng.procedures.declarations import PUBLIC, SYSTEM, Step
from jiceng.procedures.queries import cases_for, listed, procedure_for
from jiceng.rules.words import title_of
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest
from jiceng.web.procedures.drawing import drawn


def cases(request: StaffRequest) -> HttpResponse:
    today = clock.today()
    ended = request.GET.get("state") == "ended"
    text = request.GET.get("q", "").strip()
    page = page_of(request, cases_for(request.user, today, ended=ended, text=text))
    context = {
        "page": page,
        "cases": listed(page, today),
        "ended": ended,
        "q": text,
        "today": today,
    }
    return render(request, "web/procedures/cases.html", context)


def procedures(request: StaffRequest) -> HttpResponse:
    require(request.user, "procedures.view")
    return render(request, "web/procedures/procedures.html", {"procedures": list(newest())})


def procedure(request: StaffRequest, code: str) -> HttpResponse:
    require(request.user, "procedures.view")
    found = procedure_for(code)
    context = {
        "procedure": found,
        "diagram": drawn(found),
        "faults": faults_of(found),
        "steps": [(step, roles_in_words(step.by), rules_of(step)) for step in found.steps],
    }
    return render(request, "web/procedures/procedure.html", context)


def rules_of(step: Step) -> list[tuple[str, str]]:
    """Return key and title of the rules that bind a step; a notice brings those of its kind."""
    keys = step.rules()
    if step.kind == "notice":
        keys += kinds()[step.options["notice"]].rules
    return [(key, title_of(key)) for key in keys]


def roles_in_words(codes: tuple[str, ...]) -> str:
    without_account = {PUBLIC: _("群众（凭查询码）"), SYSTEM: _("系统")}
    return "、".join(without_account.get(code) or str(ROLES[code].title) for code in codes)

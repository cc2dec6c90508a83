"""Objections: what was brought orally or on paper is entered; all are answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jiceng.access.queries import require_confirmer
from jiceng.access.queries.gate import NotPermitted
from jiceng.core import clock
from jiceng.notices import operations
from jiceng.notices.models import Objection
from jiceng.notices.queries import notice_for, objection_for, public_view
from jiceng.registry.queries import described
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.notices.forms import AnswerForm, ObjectionForm
from jiceng.web.notices.views import frame

HANDLE = "notices.draft"


@never_cache
def new(request: StaffRequest, number: str) -> HttpResponse:
    """Enter an objection; the answer shows its query code, once, for who brought it."""
    notice = notice_for(request.user, HANDLE, number=number, today=clock.today())
    form = ObjectionForm(request.POST or None, initial={"received_on": clock.today()})
    if form.is_valid():
        with shown_on(form):
            received = operations.receive_objection(
                notice, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            context = {"notice": notice, "received": received}
            return render(request, "web/notices/objection_taken.html", context)
    context = {**frame(request, notice), "form": form}
    return form_again(request, "web/notices/objection_new.html", context)


def objection(request: StaffRequest, number: str, objection: str) -> HttpResponse:
    """Show an objection to who handles it, and take the answer of who answers for the place."""
    today = clock.today()
    found = objection_for(request.user, HANDLE, notice=number, number=objection, today=today)
    form = AnswerForm(request.POST or None)
    answers = _answers(request, found)
    if request.method == "POST" and not answers:
        _refuse(request, found)
    if form.is_valid():
        with shown_on(form):
            operations.answer_objection(
                found, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已答复，提出人凭查询码可以看到。"))
            return redirect("web:notice", number)
    context = {
        "notice": found.notice,
        "view": public_view(found.notice),
        "objection": found,
        "form": form,
        "answers": answers,
        "today": today,
    }
    return form_again(request, "web/notices/objection.html", context)


def _answers(request: StaffRequest, objection: Objection) -> bool:
    try:
        _refuse(request, objection)
    except NotPermitted:
        return False
    return True


def _refuse(request: StaffRequest, objection: Objection) -> None:
    """Refuse whoever prepares only: an answer is given by who answers for the place."""
    today = clock.today()
    unit = described([objection.notice.unit_id], today)[objection.notice.unit_id]
    require_confirmer(request.user, HANDLE, unit=unit, today=today)

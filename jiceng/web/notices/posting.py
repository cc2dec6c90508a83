"""Recording that a notice hangs, comes down, or that what was recorded is wrong."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.notices import operations
from jiceng.notices.models import Notice, Posting
from jiceng.notices.queries import notice_for
from jiceng.notices.queries.parts import posting_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.notices.forms import PostForm, ReasonForm, TakeDownForm
from jiceng.web.notices.views import frame

POST = "notices.post"


def post(request: StaffRequest, number: str) -> HttpResponse:
    notice = _notice(request, number)
    initial = {"posted_on": clock.today(), "posted_by": request.user.display_name}
    form = PostForm(request.POST or None, initial=initial)
    if form.is_valid():
        with shown_on(form):
            operations.record_posting(
                notice, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已登记张贴。"))
            return redirect("web:notice", number)
    return _page(request, "web/notices/post.html", notice, form)


def take_down(request: StaffRequest, number: str, posting: int) -> HttpResponse:
    notice = _notice(request, number)
    found = posting_of(notice, posting)
    initial = {"taken_down_on": clock.today(), "taken_down_by": request.user.display_name}
    form = TakeDownForm(request.POST or None, initial=initial)
    if form.is_valid():
        with shown_on(form):
            operations.record_taking_down(
                found, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已登记撤下。"))
            return redirect("web:notice", number)
    return _page(request, "web/notices/take_down.html", notice, form, found)


def correct(request: StaffRequest, number: str, posting: int) -> HttpResponse:
    notice = _notice(request, number)
    found = posting_of(notice, posting)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.correct_posting(
                found, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已更正。请登记正确的张贴。"))
            return redirect("web:notice", number)
    return _page(request, "web/notices/correct.html", notice, form, found)


def _notice(request: StaffRequest, number: str) -> Notice:
    return notice_for(request.user, POST, number=number, today=clock.today())


def _page(
    request: StaffRequest,
    template: str,
    notice: Notice,
    form: forms.Form,
    posting: Posting | None = None,
) -> HttpResponse:
    context = {**frame(request, notice), "form": form, "posting": posting}
    return form_again(request, template, context)

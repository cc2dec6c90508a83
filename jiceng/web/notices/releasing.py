"""The second person's page: what was found, what the public will read; releasing, sending back."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiceng.access.queries import require_confirmer
from jiceng.core import clock
from jiceng.notices import operations
from jiceng.notices.models import Notice
from jiceng.notices.operations import Decided
from jiceng.notices.queries import findings_of, foot_of, notice_for, public_view
from jiceng.notices.queries.binding import bindings_of
from jiceng.notices.redaction import Finding
from jiceng.notices.words import FOUND
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.notices.forms import DecisionsForm, ReasonForm
from jiceng.web.notices.views import frame

RELEASE = "notices.release"


def release(request: StaffRequest, number: str) -> HttpResponse:
    """Show finds and public view side by side; make it public."""
    notice = _notice(request, number)
    form = DecisionsForm(findings_of(notice), request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.release_notice(
                notice,
                decisions=_decided(form),
                seen=_seen(request),
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已发布。请打印张贴，并登记张贴日。"))
            return redirect("web:notice", number)
    return _page(request, notice, form, ReasonForm())


@require_GET
def view(request: StaffRequest, number: str) -> HttpResponse:
    """Answer with the public view as it is after the decisions made so far."""
    notice = _notice(request, number)
    form = DecisionsForm(findings_of(notice), request.GET)
    context = {
        "view": public_view(notice, kept=form.kept),
        "foot": foot_of(notice, clock.today()),
    }
    return render(request, "notices/_view.html", context)


@require_POST
def send_back(request: StaffRequest, number: str) -> HttpResponse:
    notice = _notice(request, number)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.return_draft(
                notice,
                **form.cleaned_data,
                seen=_seen(request),
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已退回修改。"))
            return redirect("web:notice", number)
    return _page(request, notice, DecisionsForm(findings_of(notice)), form)


def withdraw(request: StaffRequest, number: str) -> HttpResponse:
    """Give up a draft; or, for who answers for the place, withdraw what is public."""
    notice = notice_for(request.user, "notices.draft", number=number, today=clock.today())
    shown = frame(request, notice)
    if notice.released_at is not None:
        require_confirmer(request.user, "notices.draft", unit=shown["place"], today=clock.today())
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.withdraw_notice(
                notice, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已撤回。"))
            return redirect("web:notice", number)
    return form_again(request, "web/notices/withdraw.html", {**shown, "form": form})


def _notice(request: StaffRequest, number: str) -> Notice:
    return notice_for(request.user, RELEASE, number=number, today=clock.today())


def _page(
    request: StaffRequest, notice: Notice, form: DecisionsForm, reason_form: forms.Form
) -> HttpResponse:
    shown = frame(request, notice)
    context = {
        **shown,
        "form": form,
        "reason_form": reason_form,
        "findings": [_finding(form, finding) for finding in form.findings],
        "view": public_view(notice, kept=form.kept),
        "bindings": bindings_of(shown["kind"], notice.unit_id, clock.today()),
    }
    return form_again(request, "web/notices/release.html", context)


def _finding(form: DecisionsForm, finding: Finding) -> dict[str, object]:
    key = finding.key
    return {
        "finding": finding,
        "kind": FOUND[finding.kind],
        "decision": form.data.get(f"decision-{key}", ""),
        "reason": form.data.get(f"reason-{key}", ""),
    }


def _decided(form: DecisionsForm) -> list[Decided]:
    return [
        Decided(
            finding.key,
            form.cleaned_data[f"decision-{finding.key}"],
            form.cleaned_data[f"reason-{finding.key}"],
        )
        for finding in form.findings
    ]


def _seen(request: StaffRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else 0

"""Writing a notice: which place and kind, then the fields of the kind; and changing a draft."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiceng.access.queries import require, unit_for
from jiceng.access.queries.holders import addressee_of
from jiceng.core import clock
from jiceng.notices import operations, subjects
from jiceng.notices.kinds import Kind, kinds
from jiceng.notices.queries import kind_of, notice_for
from jiceng.notices.queries.binding import bindings_of
from jiceng.notices.refusals import NoSuchNotice
from jiceng.registry.models import Unit
from jiceng.registry.queries import described
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.notices.forms import DraftForm, NewForm, initial_of

DRAFT = "notices.draft"


def new(request: StaffRequest) -> HttpResponse:
    """Ask for place and kind; the place one works at is filled in."""
    today = clock.today()
    require(request.user, DRAFT, today=today)
    own = addressee_of(request.user, DRAFT, today)
    form = NewForm(
        request.GET if "kind" in request.GET else None,
        name_of=_name_of,
        initial={"unit": own[1] if own else None, "kind": "resolution"},
    )
    if form.is_valid():
        address = reverse("web:notice_draft", args=[form.cleaned_data["kind"]])
        return redirect(f"{address}?{urlencode({'unit': form.cleaned_data['unit']})}")
    return render(request, "web/notices/new.html", {"form": form})


def draft(request: StaffRequest, kind: str) -> HttpResponse:
    """Write a notice of a place; or, with `?subject=&step=`, that of a step of something."""
    found = _kind(kind)
    place, of = _place_of(request)
    known = subjects.told(of["subject"], of["step"]) if of else {}
    form = DraftForm(found, request.POST or None, initial=known)
    if form.is_valid():
        with shown_on(form):
            notice = operations.draft_notice(
                kind=kind,
                unit=place.pk,
                title=form.cleaned_data["title"],
                body=form.body,
                by=request.user,
                at=clock.now(),
                key=request.key,
                **of,
            )
            messages.success(request, _("已提交审核。由没有参与拟稿的人发布。"))
            return redirect("web:notice", notice.number)
    return _page(request, found, place, form)


def edit(request: StaffRequest, number: str) -> HttpResponse:
    today = clock.today()
    notice = notice_for(request.user, DRAFT, number=number, today=today)
    kind = kind_of(notice)
    form = DraftForm(kind, request.POST or None, initial=initial_of(notice.title, notice.body))
    if form.is_valid():
        with shown_on(form):
            operations.change_draft(
                notice,
                title=form.cleaned_data["title"],
                body=form.body,
                seen=_seen(request),
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已改好，重新提交审核。"))
            return redirect("web:notice", number)
    place = described([notice.unit_id], today)[notice.unit_id]
    return _page(request, kind, place, form, notice=notice)


def _page(
    request: StaffRequest, kind: Kind, place: Unit, form: DraftForm, **more: Any
) -> HttpResponse:
    context = {
        "kind": kind,
        "place": place,
        "form": form,
        "bindings": bindings_of(kind, place.pk, clock.today()),
        **more,
    }
    return form_again(request, "web/notices/draft.html", context)


def _kind(code: str) -> Kind:
    if code not in kinds():
        raise NoSuchNotice(_("没有这种公示。"))
    return kinds()[code]


def _place_of(request: StaffRequest) -> tuple[Unit, dict[str, str]]:
    """Fetch the place through the gate: the one asked for, or that of the subject."""
    subject, step = request.GET.get("subject", ""), request.GET.get("step", "")
    if subject:
        number = subjects.unit_of(request.user, subject, step, clock.today())
        return unit_for(request.user, DRAFT, number=number), {"subject": subject, "step": step}
    asked = request.GET.get("unit", "")
    return unit_for(request.user, DRAFT, number=int(asked) if asked.isdecimal() else 0), {}


def _seen(request: StaffRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else 0


def _name_of(number: str) -> str:
    if not number.isdecimal():
        return ""
    found = described([int(number)], clock.today()).get(int(number))
    return found.name if found else ""

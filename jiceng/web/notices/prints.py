"""The sheet for the board: on a page to print, and as PDF."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from jiceng.core import clock
from jiceng.documents import pdf as documents_pdf
from jiceng.documents.qr import svg_of
from jiceng.notices.fingerprint import grouped
from jiceng.notices.queries import basis_of, foot_of, kind_of, notice_for, public_view, state_of
from jiceng.ui.requests import StaffRequest


def sheet(request: StaffRequest, number: str) -> HttpResponse:
    context = _sheet(request, number)
    return render(request, "web/notices/print.html", {**context, "sheet": _drawn(context)})


def pdf(request: StaffRequest, number: str) -> HttpResponse:
    context = _sheet(request, number)
    html = render_to_string("web/notices/sheet.html", {**context, "sheet": _drawn(context)})
    content = documents_pdf.render(html, title=context["view"].title)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response


def _drawn(context: dict[str, Any]) -> SafeString:
    """Return the sheet in Chinese, whatever the language of the page around it."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("web/notices/_sheet.html", context)


def _sheet(request: StaffRequest, number: str) -> dict[str, Any]:
    today = clock.today()
    notice = notice_for(request.user, "notices.view", number=number, today=today)
    address = request.build_absolute_uri(reverse("portal:notice", args=[number]))
    return {
        "notice": notice,
        "kind": kind_of(notice),
        "view": public_view(notice),
        "foot": foot_of(notice, today),
        "state": state_of(notice, today),
        "address": address,
        "code": svg_of(address),
        "digest": grouped(notice.digest),
        "rule": basis_of(notice),
    }

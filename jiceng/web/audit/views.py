"""The audit reader: entries found, one in full, the whole verified, what was found exported."""

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from jiceng.access.operations import export_entries
from jiceng.access.queries import require
from jiceng.access.queries.entries import entries_for, entry_for
from jiceng.audit.models import Entry
from jiceng.audit.queries import Search, page_before, sealing
from jiceng.audit.verification import verify
from jiceng.audit.words import action_in_words, change_in_words
from jiceng.core import clock
from jiceng.ui.requests import StaffRequest
from jiceng.web.audit.forms import SearchForm

PER_PAGE = 50
EXPORTED = 50_000  # rows of one file; the newest ones
_HEADINGS = [
    _("编号"),
    _("时间"),
    _("操作者"),
    _("操作"),
    _("对象"),
    _("单位编号"),
    _("行数"),
    _("变动"),
    _("请求编号"),
]


def entries(request: StaffRequest) -> HttpResponse:
    form, search = _searched(request)
    before = request.GET.get("before", "")
    rows, more = page_before(
        entries_for(request.user, search, clock.today()),
        int(before) if before.isdecimal() else None,
        PER_PAGE,
    )
    asked = {name: value for name, value in request.GET.items() if value and name != "before"}
    context = {
        "form": form,
        "rows": [(row, action_in_words(row.action)) for row in rows],
        "asked": urlencode(asked),
        "older": urlencode({**asked, "before": rows[-1].pk}) if more else "",
        "first_page": not before,
        "sealing": sealing(),
    }
    return render(request, "web/audit/entries.html", context)


def entry(request: StaffRequest, number: int) -> HttpResponse:
    found = entry_for(request.user, number, clock.today())
    context = {
        "entry": found,
        "action": action_in_words(found.action),
        "changes": change_in_words(found.change),
        "leaf": getattr(found, "leaf", None),
    }
    return render(request, "web/audit/entry.html", context)


@never_cache
def verification(request: StaffRequest) -> HttpResponse:
    """Say how far sealing has come; when asked to, compute every hash anew."""
    require(request.user, "audit.verify")
    anchor = Path(settings.AUDIT_ANCHOR)
    at = clock.now()
    context = {
        "sealing": sealing(),
        "anchored": anchor.is_file(),
        "at": at,
        "report": verify(anchor if anchor.is_file() else None)
        if request.method == "POST"
        else None,
    }
    return render(request, "web/audit/verification.html", context)


def export(request: StaffRequest) -> StreamingHttpResponse:
    """Answer with what was found as CSV, streamed: memory does not grow with it. That it was
    taken is kept in the audit.
    """
    _form, search = _searched(request)
    rows = export_entries(search, most=EXPORTED, by=request.user, at=clock.now())
    writer = csv.writer(_Echo())
    lines = (writer.writerow([_harmless(cell) for cell in row]) for row in _lines(rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


class _Echo:
    def write(self, text: str) -> str:
        return text


def _lines(rows: QuerySet[Entry]) -> Iterator[list[str]]:
    first, *rest = map(str, _HEADINGS)
    yield [f"\ufeff{first}", *rest]  # the mark by which Excel knows UTF-8
    for row in rows.iterator(chunk_size=2_000):
        yield [
            str(row.pk),
            timezone.localtime(row.at).isoformat(timespec="seconds"),
            row.actor,
            action_in_words(row.action),
            row.subject,
            str(row.unit_id or ""),
            str(row.count),
            row.change,
            str(row.key or ""),
        ]


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


def _searched(request: StaffRequest) -> tuple[SearchForm, Search]:
    form = SearchForm(request.GET or None)
    form.is_valid()
    return form, form.search()

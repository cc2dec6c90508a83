"""Looking at the review of an edition: counties, towns, old units, and the answers to fill in."""

import csv
from collections.abc import Iterator, Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from jiceng.core import clock
from jiceng.exchange.editions import queries
from jiceng.exchange.editions.answers import answer_rows
from jiceng.exchange.editions.checking import what_keeps_back
from jiceng.exchange.editions.legacies import legacies_of
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest

_SHOWN = 50


def editions(request: StaffRequest) -> HttpResponse:
    rows = queries.editions_for(request.user, clock.today())
    return render(request, "web/exchange/editions/list.html", {"page": page_of(request, rows)})


def edition(request: StaffRequest, number: int) -> HttpResponse:
    """Show how far each county is: what is sure, doubtful, decided, in effect."""
    found, steps = queries.edition_for(request.user, number, clock.today())
    context = {"edition": found, "steps": steps, "counts": _counts(found.counts)}
    return render(request, "web/exchange/editions/edition.html", context)


def _counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(label), counts.get(code, 0)) for code, label in queries.CLASSES]


def step(request: StaffRequest, number: int) -> HttpResponse:
    """Show one county: its towns, what keeps it from taking effect, and what is left to settle."""
    today = clock.today()
    found = queries.step_for(request.user, number, today)
    context = {
        "step": found,
        "edition": found.edition,
        "towns": queries.towns_of(found),
        "appeared": page_of(request, queries.appeared_in(found)),
        "faults": [] if found.effective_at else what_keeps_back(found)[:_SHOWN],
        "legacies": legacies_of(found, today),
    }
    return render(request, "web/exchange/editions/step.html", context)


def town(request: StaffRequest, number: int, town: str) -> HttpResponse:
    """Show the old units of one town: old, new, proposal, reason, decision."""
    found = queries.step_for(request.user, number, clock.today())
    page = page_of(request, queries.fates_of(found, town))
    context = {"step": found, "edition": found.edition, "page": page, "town": town}
    return render(request, "web/exchange/editions/town.html", context)


def pick(request: StaffRequest, number: int) -> HttpResponse:
    """Answer a picker with rows of the edition."""
    found, _steps = queries.edition_for(request.user, number, clock.today())
    text = request.GET.get("q", "").strip()
    options = queries.pickable(found, text) if text else []
    return render(request, "web/exchange/editions/_options.html", {"options": options})


def answers(request: StaffRequest, number: int) -> StreamingHttpResponse:
    """Send the open proposals of the reader's counties as a CSV to fill in."""
    found, steps = queries.edition_for(request.user, number, clock.today())
    response = StreamingHttpResponse(
        _csv(answer_rows(found, steps=steps)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="edition-{found.pk}-answers.csv"'
    return response


class _Echo:
    def write(self, text: str) -> str:
        return text


def _csv(rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """Yield lines with a byte order mark before them, so that spreadsheets read Chinese."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow(row)

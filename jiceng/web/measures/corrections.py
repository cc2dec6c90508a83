"""What was corrected of closed figures: how many of each, and each with its old and new value."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jiceng.access.queries import scope_of, unit_for
from jiceng.core import clock
from jiceng.measures import queries
from jiceng.measures.queries import Corrected
from jiceng.measures.registry import MEASURES
from jiceng.registry.models import Unit
from jiceng.registry.queries import described
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest
from jiceng.web.measures import tables
from jiceng.web.measures.months import month_asked
from jiceng.web.measures.rows import owner_of, text_of
from jiceng.web.registry.trails import trail_of


@dataclass(frozen=True, slots=True)
class Line:
    """One correction. `old` empty: it was recorded late; `new` empty: it was withdrawn."""

    unit: Unit | None
    day: datetime.date
    old: str
    new: str
    reason: str
    at: datetime.datetime


def corrections(request: StaffRequest, number: int) -> HttpResponse:
    """Show how many corrections each closed figure of a month has at a unit."""
    month = month_asked(request)
    unit = unit_for(request.user, "measures.view", number=number, day=month.last)
    counts = queries.corrections_by_measure(unit, month)
    context = {
        "unit": unit,
        "month": month,
        "day": month.last,
        "trail": trail_of(request.user, unit, month.last),
        "closed": counts is not None,
        "lines": [(MEASURES[code], n) for code, n in (counts or {}).items() if n],
    }
    return render(request, "web/measures/corrections.html", context)


def of_figure(request: StaffRequest, number: int, measure: str) -> HttpResponse:
    """Show the corrections of one closed figure, as far as the reader may see the rows."""
    month = month_asked(request)
    unit = unit_for(request.user, "measures.view", number=number, day=month.last)
    declared = tables.measure_named(measure)
    today = clock.today()
    permission = "registry.people" if declared.personal else "measures.view"
    scope = scope_of(request.user, permission, today)
    found = queries.corrected(measure, unit, month, scope=scope, today=today)
    page = page_of(request, found.rows)
    context = {
        "unit": unit,
        "month": month,
        "day": month.last,
        "trail": trail_of(request.user, unit, month.last),
        "measure": declared,
        "found": found,
        "ask": described([found.ask], month.last).get(found.ask) if found.ask else None,
        "page": page,
        "lines": _lines(found, page, month.last),
    }
    return render(request, "web/measures/figure_corrections.html", context)


def _lines(found: Corrected, page: Iterable[Any], day: datetime.date) -> list[Line]:
    rows = list(page)
    olds: dict[int, Any] = queries.old_rows_of(found, rows)
    units = described({owner_of(found.source, row) for row in rows}, day)
    lines = []
    for row in rows:
        withdrawn = getattr(row, "superseded_at", None)
        old = row if withdrawn else olds.get(row.pk)
        lines.append(
            Line(
                units.get(owner_of(found.source, row)),
                getattr(row, found.source.day_field),
                text_of(old) if old else "",
                "" if withdrawn else text_of(row),
                getattr(row, "reason", ""),
                withdrawn or row.recorded_at,
            )
        )
    return lines

"""The list of programmes, a board, what lies behind a cell, the file, the export."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiceng.core import clock
from jiceng.programmes.definition import Target
from jiceng.programmes.operations import judge_programme
from jiceng.programmes.queries.boards import Board, board_of
from jiceng.programmes.queries.judgings import opening_day
from jiceng.programmes.queries.points import spent_fen
from jiceng.programmes.queries.programmes import (
    Seen,
    parts_of,
    programme_for,
    programmes_for,
)
from jiceng.programmes.queries.rows import behind
from jiceng.programmes.queries.verdicts import named, place_for, verdicts_of
from jiceng.programmes.refusals import NoSuchThing
from jiceng.programmes.workbook import workbook_of
from jiceng.ui.days import day_asked
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def programmes(request: StaffRequest) -> HttpResponse:
    found = programmes_for(request.user, clock.today())
    return render(request, "web/programmes/programmes.html", {"programmes": found})


def seen_for(request: StaffRequest, code: str, permission: str = "programmes.view") -> Seen:
    """Fetch the programme through the gate, by today's tree."""
    return programme_for(request.user, permission, code=code, today=clock.today())


def day_of(request: StaffRequest) -> datetime.date | None:
    """Return the day asked for; None opens the board on its programme's own day."""
    return day_asked(request) if request.GET.get("day") else None


def board_for(request: StaffRequest, code: str) -> Board:
    unit = request.GET.get("unit", "")
    return board_of(
        seen_for(request, code), unit=int(unit) if unit.isdigit() else None, day=day_of(request)
    )


def board(request: StaffRequest, code: str) -> HttpResponse:
    """Show every target at every unit; for HTMX only the part that a drill replaces."""
    found = board_for(request, code)
    context = {
        **frame(found.seen, "board"),
        "board": found,
        "day": found.day,
        "only_short": "short" in request.GET,
        "spent_fen": spent_fen(found.seen),
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    page = "web/programmes/_board.html" if fragment else "web/programmes/board.html"
    return render(request, page, context)


def frame(seen: Seen, here: str) -> dict[str, object]:
    """Return what every page of a programme shows."""
    return {"seen": seen, "programme": seen.programme, "here": here}


@require_POST
def judge(request: StaffRequest, code: str) -> HttpResponse:
    """Compute a day that nobody has computed, or whose rows have changed since."""
    seen = seen_for(request, code)
    day = day_asked(request)
    judge_programme(seen.programme, day, at=clock.now(), by=request.user)
    messages.success(request, _("已计算。"))
    return redirect(f"{reverse('web:programme', args=[code])}?{urlencode({'day': str(day)})}")


def definition(request: StaffRequest, code: str) -> HttpResponse:
    """Show what the programme's file says: targets, ladder, criteria, assumptions."""
    seen = seen_for(request, code)
    context = {
        **frame(seen, "definition"),
        "definition": seen.definition,
        "parts": parts_of(request.user, seen),
    }
    return render(request, "web/programmes/definition.html", context)


def target(request: StaffRequest, code: str, target: str) -> HttpResponse:
    """List one target's verdicts, shortfall first."""
    found = board_for(request, code)
    asked = _target(found.seen, target)
    page, rows = None, []
    if found.judging:
        page = page_of(request, verdicts_of(found.judging, asked, found.root))
        rows = named(page, asked, found.judging)
    context = {
        **frame(found.seen, "board"),
        "board": found,
        "target": asked,
        "page": page,
        "rows": rows,
        "day": found.day,
    }
    return render(request, "web/programmes/target.html", context)


def _target(seen: Seen, code: str) -> Target:
    found = seen.definition.target(code)
    if found is None:
        raise NoSuchThing(_("没有这个目标。"))
    return found


def rows(request: StaffRequest, code: str, target: str, place: str, number: int) -> HttpResponse:
    """Open one verdict: what counts, what does not."""
    seen = seen_for(request, code)
    day = day_of(request) or opening_day(seen.programme, seen.today)
    asked = _target(seen, target)
    where = place_for(seen, place, number, day)
    opened = behind(seen, day, asked, place, number)
    context = {
        **frame(seen, "board"),
        "target": asked,
        "place": where,
        "behind": opened,
        "page": page_of(request, opened.things, per_page=100),
        "day": day,
    }
    return render(request, "web/programmes/rows.html", context)


def export(request: StaffRequest, code: str) -> HttpResponse:
    """Answer with the board as a workbook."""
    found = board_for(request, code)
    rows = []
    if found.judging:
        for one in found.seen.definition.targets:
            rows += named(verdicts_of(found.judging, one, found.root), one, found.judging)
    response = HttpResponse(workbook_of(found, rows), content_type=XLSX)
    name = f"{code}-{found.day}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

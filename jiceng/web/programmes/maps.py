"""The map of a programme, and its data."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jiceng.programmes.queries.belts import belts_in, villages_held
from jiceng.programmes.queries.maps import map_of
from jiceng.ui.requests import StaffRequest
from jiceng.web.programmes.boards import board_for, frame


def page(request: StaffRequest, code: str) -> HttpResponse:
    """Show the map with its list; in a county and below, the list names every village."""
    board = board_for(request, code)
    leaf = not any(row.unit.level < 4 for row in board.rows)
    context = {
        **frame(board.seen, "map"),
        "board": board,
        "belts": belts_in(board.seen, board.day, within=board.root.path),
        "villages": villages_held(board.seen, board.root.pk, board.day) if leaf else [],
        "day": board.day,
    }
    return render(request, "web/programmes/map.html", context)


def data(request: StaffRequest, code: str) -> HttpResponse:
    board = board_for(request, code)
    addresses = {
        "belt": reverse("web:programme_belt", args=[code, "BELT"]).replace("BELT", "%s"),
        "unit": reverse("web:unit", args=[0]).replace("/0/", "/%s/"),
    }
    belts = belts_in(board.seen, board.day, within=board.root.path)
    return HttpResponse(map_of(board, belts, addresses), content_type="application/json")

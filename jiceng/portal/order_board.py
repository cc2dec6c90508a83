"""The open board: what was released of residents' orders, by township or village."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from jiceng.core import clock
from jiceng.orders import public
from jiceng.ui.forms import Picker
from jiceng.ui.lists import page_of
from jiceng.ui.requests import SiteRequest

_A_PAGE, _ON_MAP = 20, 300


class BoardForm(forms.Form):
    place = forms.IntegerField(label=_("哪个村（社区）或乡镇（街道）"), required=False)

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # the data alone
        self.fields["place"].widget = Picker("portal:order_pick", shown=_name_of)


class NearForm(forms.Form):
    """What the page sends of where an order is: never a word of what was written."""

    place = forms.IntegerField(required=False)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180)


@login_not_required
@require_GET
def board(request: SiteRequest) -> HttpResponse:
    """List what was released, newest first, beside a map."""
    at = clock.now()
    form = BoardForm(request.GET)
    place = _place(form)
    page = page_of(request, public.board_of(place, clock.today()), per_page=_A_PAGE)
    context = {"form": form, "place": place, "page": page, "rows": public.shown(page, at)}
    return render(request, "portal/orders/board.html", context)


@login_not_required
@require_GET
def board_data(request: SiteRequest) -> HttpResponse:
    """Answer the map of the board."""
    entries = public.board_of(_place(BoardForm(request.GET)), clock.today())[:_ON_MAP]
    return HttpResponse(public.map_of(entries, clock.now()), content_type="application/json")


@login_not_required
@require_GET
def entry(request: SiteRequest, number: str) -> HttpResponse:
    (found,) = public.shown([public.board_entry(number)], clock.now())
    return render(request, "portal/orders/entry.html", {"found": found})


@login_not_required
@require_GET
def photo(request: SiteRequest, number: str) -> FileResponse:
    """Answer with the photo that was released with an order."""
    file, media_type = public.released_photo(number)
    return FileResponse(file, content_type=media_type)


@login_not_required
@require_GET
def near(request: SiteRequest, kind: str) -> HttpResponse:
    """Show released orders of a kind at the place chosen: is it this one?"""
    form = NearForm(request.GET)
    rows = public.alike(kind, at=clock.now(), **_chosen(form)) if form.is_valid() else []
    return render(request, "portal/orders/_near.html", {"rows": rows})


@login_not_required
@require_GET
def ground(request: SiteRequest) -> HttpResponse:
    """Answer the map on which somebody sets a point."""
    form = NearForm(request.GET)
    place = form.cleaned_data["place"] if form.is_valid() else None
    return HttpResponse(public.ground(place, clock.today()), content_type="application/json")


@login_not_required
@require_GET
def statistics(request: SiteRequest) -> HttpResponse:
    """Say how orders were dealt with over a year, with what each rate is a part of."""
    form = BoardForm(request.GET)
    place = _place(form)
    name, year = public.statistics(place, clock.today())
    context = {
        "form": form,
        "place": place,
        "name": name,
        "year": year,
        "smallest": public.SMALLEST_N,
    }
    return render(request, "portal/orders/statistics.html", context)


def _chosen(form: NearForm) -> dict[str, int | None]:
    given = form.cleaned_data
    point = {
        name: None if given[name] is None else round(given[name] * 1_000_000)
        for name in ("latitude", "longitude")
    }
    return {"place": given["place"], **point}


def _place(form: BoardForm) -> public.Place | None:
    number = form.cleaned_data["place"] if form.is_valid() else None
    return public.place_named(number, clock.today()) if number else None


def _name_of(number: str) -> str:
    found = public.place_named(int(number), clock.today()) if number.isdecimal() else None
    return found.name if found else ""

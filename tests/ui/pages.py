"""Pages made for these tests: a form whose operation leaves an audit entry, and its refusals."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import path

from jiceng.audit.operations import record
from jiceng.core import clock
from jiceng.core.refusals import Conflict, Denied, Invalid, NotFound
from jiceng.project.urls import urlpatterns as project_urls
from jiceng.ui.days import day_asked
from jiceng.ui.forms import Picker
from jiceng.ui.refusals import form_again, shown_on

REFUSALS = {"invalid": Invalid, "denied": Denied, "unknown": NotFound, "conflict": Conflict}


class NoteForm(forms.Form):
    title = forms.CharField(label="标题", max_length=8, help_text="八个字以内。")
    agreed = forms.BooleanField(label="已核对", required=False)


class PickForm(forms.Form):
    unit = forms.CharField(
        label="单位", widget=Picker("options", shown=lambda number: f"{number} 村")
    )


def write(request: HttpRequest) -> HttpResponse:
    """Record a note; a title of "重名" is refused by the operation."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            _record(request, form.cleaned_data["title"])
            messages.success(request, f"已记下“{form.cleaned_data['title']}”。")
            if request.htmx:
                return HttpResponse("<p>已记下</p>")
            return redirect("/after/")
    return form_again(request, "note.html", {"form": form})


def _record(request: HttpRequest, title: str) -> None:
    if title == "重名":
        raise Conflict("已有同名的标题。", details=["第 3 行"])
    record(action="tests.note", subject="note:1", by=request.user, at=clock.now(), key=request.key)


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise REFUSALS[kind]("不能这样办。", details=["第 2 行：代码只有 11 位。"])


def slips(request: HttpRequest) -> HttpResponse:
    """Answer with a page of its own, shown once."""
    return HttpResponse("代码 AAAA-BBBB")


def break_down(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    day_asked(request)
    template = engines["django"].from_string('{% extends "ui/base.html" %}')
    return HttpResponse(template.render({}, request))


STATUSES = [
    {"code": "none", "title": "未评", "rank": 0},
    {"code": "county", "title": "县级示范村", "rank": 2},
    {"code": "city", "title": "市级示范村", "rank": 3},
]
PLACES = [
    {"number": 17, "name": "上村", "status": "city", "title": "市级示范村", "at": [120.7, 28.0]},
    {"number": 18, "name": "下村", "status": "none", "title": "未评", "at": [120.9, 28.1]},
]


def show_map(request: HttpRequest) -> HttpResponse:
    return render(request, "map.html", {"places": PLACES})


def map_data(request: HttpRequest) -> JsonResponse:
    corners = [[120.5, 27.9], [121.0, 27.9], [121.0, 28.2], [120.5, 28.2], [120.5, 27.9]]
    places = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": place["at"]},
            "properties": {**place, "text": place["title"], "note": "位置为示意", "made_up": True},
        }
        for place in PLACES
    ]
    county = {"name": "乙县", "text": "还差 3 个村", "tone": "bad"}
    outline = {"type": "Polygon", "coordinates": [corners]}
    belt = {"type": "LineString", "coordinates": [[120.6, 28.0], [120.7, 28.0], [120.9, 28.1]]}
    return JsonResponse(
        {
            "statuses": STATUSES,
            "outlines": _collection([(outline, county)]),
            "belts": _collection([(belt, {"name": "甲带", "text": "市级", "tone": "good"})]),
            "places": {"type": "FeatureCollection", "features": places},
        }
    )


def _collection(pairs: list[tuple[dict, dict]]) -> dict:
    features = [
        {"type": "Feature", "geometry": shape, "properties": words} for shape, words in pairs
    ]
    return {"type": "FeatureCollection", "features": features}


def pick(request: HttpRequest) -> HttpResponse:
    found = [place for place in PLACES if request.GET["q"] in place["name"]]
    return render(request, "_options.html", {"found": found})


def pick_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pick.html", {"form": PickForm()})


urlpatterns = [
    path("map/", show_map),
    path("map.json", map_data),
    path("pick/", pick_page),
    path("options/", pick, name="options"),
    path("write/", write),
    path("after/", show),
    path("refuse/<str:kind>/", refuse),
    path("slips/", slips),
    path("break/", break_down),
    *project_urls,
]

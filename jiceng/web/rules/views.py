"""What holds where and since when, from which source."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render

from jiceng.access.queries import require, scope_of, unit_for
from jiceng.core import clock
from jiceng.registry.models import Unit
from jiceng.registry.queries import units_at
from jiceng.rules.queries import adoptable, local_rules_of, matter_named, rules_at, where_of
from jiceng.rules.workbook import workbook_of
from jiceng.ui.days import day_asked
from jiceng.ui.requests import StaffRequest
from jiceng.web.rules.forms import PlaceForm, RulesForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rules(request: StaffRequest) -> HttpResponse:
    """List the rules of a place on a day, by topic."""
    day = day_asked(request)
    unit = place_asked(request, day)
    text, topic = request.GET.get("q", "").strip(), request.GET.get("topic", "")
    form = RulesForm({"unit": unit.pk, "day": day, "q": text, "topic": topic}, place=unit)
    context = {
        "unit": unit,
        "day": day,
        "groups": rules_at(unit, day).matching(text=text, topic=topic),
        "form": form,
        "asked": request.GET.urlencode(),
    }
    return render(request, "web/rules/rules.html", context)


def export(request: StaffRequest) -> HttpResponse:
    """Answer with the list as a workbook."""
    day = day_asked(request)
    unit = place_asked(request, day)
    text, topic = request.GET.get("q", "").strip(), request.GET.get("topic", "")
    groups = rules_at(unit, day).matching(text=text, topic=topic)
    response = HttpResponse(workbook_of(groups), content_type=XLSX)
    name = f"rules-{unit.code or unit.pk}-{day}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def rule(request: StaffRequest, key: str) -> HttpResponse:
    """Show one matter: what holds at a place, and every value over time and places."""
    day, today = day_asked(request), clock.today()
    unit = place_asked(request, day)
    matter = matter_named(key)
    where = where_of(unit, day)
    here = rules_at(unit, day, key=key, where=where)
    context = {
        "unit": unit,
        "day": day,
        "matter": matter,
        "values": sorted(matter.rules, key=lambda r: (r.level, r.place, r.kind, r.valid_from)),
        "here": here.rows,
        "own": local_rules_of(key, user=request.user, where=where, today=today),
        "may_edit": scope_of(request.user, "rules.edit", today).covers(unit.path),
        "adoptable": adoptable(matter, today),
        "form": PlaceForm({"unit": unit.pk, "day": day}, place=unit),
    }
    return render(request, "web/rules/rule.html", context)


def place_asked(request: StaffRequest, day: datetime.date, permission: str = "rules.view") -> Unit:
    """Return the unit of `?unit=`, through the gate; else that where the reader's rights begin."""
    asked = request.GET.get("unit", "")
    if asked.isdecimal() and len(asked) < 10:
        return unit_for(request.user, permission, number=int(asked), day=day)
    today = clock.today()
    return units_at(require(request.user, permission, today=today).ranges, day)[0]

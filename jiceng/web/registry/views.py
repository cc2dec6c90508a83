"""The register's pages: fetch through the gate, compose, answer."""

from django.http import HttpResponse
from django.shortcuts import render

from jiceng.access.queries import permissions_of, require, scope_of, unit_for
from jiceng.core import clock
from jiceng.registry import queries
from jiceng.registry.models.units import Domain
from jiceng.ui.days import day_asked
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest
from jiceng.web.registry import search as finding
from jiceng.web.registry.trails import trail_of
from jiceng.web.registry.unit_page import compose


def tree(request: StaffRequest) -> HttpResponse:
    """Show where the reader's rights begin; each unit opens on what stands below it."""
    day = day_asked(request)
    scope = require(request.user, "registry.view")
    roots = queries.units_at(scope.ranges, day)
    return render(request, "web/registry/tree.html", {"roots": roots, "day": day})


def below(request: StaffRequest, number: int) -> HttpResponse:
    """Answer with the units one step below: a fragment of the tree."""
    day = day_asked(request)
    unit = unit_for(request.user, "registry.view", number=number, day=day)
    children = queries.children_of(unit.path, day)
    context = {"unit": unit, "children": children, "day": day}
    return render(request, "web/registry/_below.html", context)


def unit(request: StaffRequest, number: int) -> HttpResponse:
    day = day_asked(request)
    found = unit_for(request.user, "registry.view", number=number, day=day)
    today = clock.today()
    context = compose(
        found,
        day,
        people=scope_of(request.user, "registry.people", today),
        edit=scope_of(request.user, "registry.edit", today),
    )
    context["trail"] = trail_of(request.user, found, day)
    context["permissions"] = permissions_of(request.user, today)
    return render(request, "web/registry/unit.html", context)


def organisations(request: StaffRequest, number: int) -> HttpResponse:
    """List the organisations that stand in a division, by domain."""
    day = day_asked(request)
    found = unit_for(request.user, "registry.view", number=number, day=day)
    domain = request.GET.get("domain", "")
    asked = domain if domain in Domain.values else ""
    page = page_of(request, queries.organisation_numbers_in(found.path, day, domain=asked))
    rows = queries.units_on(day).filter(pk__in=page.object_list).order_by("path")
    context = {
        "unit": found,
        "trail": trail_of(request.user, found, day),
        "page": page,
        "organisations": rows,
        "domains": Domain.choices,
        "domain": domain,
        "day": day,
    }
    return render(request, "web/registry/organisations.html", context)


def two_new(request: StaffRequest, number: int) -> HttpResponse:
    """List the enterprises and social organisations in a division."""
    day = day_asked(request)
    found = unit_for(request.user, "registry.view", number=number, day=day)
    page = page_of(request, queries.two_new_in(found.path, day))
    places = queries.described({row.division_id for row in page}, day)
    context = {
        "unit": found,
        "trail": trail_of(request.user, found, day),
        "page": page,
        "rows": [(row, places[row.division_id]) for row in page],
        "day": day,
    }
    return render(request, "web/registry/two_new.html", context)


def search(request: StaffRequest) -> HttpResponse:
    day = day_asked(request)
    text = request.GET.get("q", "").strip()
    results = finding.results(request.user, text, day, limit=finding.LISTED)
    context = {"text": text, "results": results, "limit": finding.LISTED, "day": day}
    return render(request, "web/registry/search.html", context)


def pick(request: StaffRequest) -> HttpResponse:
    """Answer a picker with the options that match what has been typed."""
    day = day_asked(request)
    text = request.GET.get("q", "").strip()
    levels = [int(level) for level in request.GET.getlist("level") if level.isdigit()]
    tree_asked = request.GET.get("tree", "")
    results = finding.results(request.user, text, day, limit=12, tree=tree_asked, levels=levels)
    return render(request, "web/registry/_options.html", {"results": results, "text": text})

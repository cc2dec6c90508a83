"""For which place a page of grids, duties and kinds of request is asked, and what is around it."""

import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jiceng.access.queries import require, scope_of, unit_for
from jiceng.core import clock
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import seat_of, unit_on, units_at
from jiceng.ui.requests import StaffRequest
from jiceng.web.registry.trails import trail_of

MAY_SEE = "orders.view"
MAY_EDIT = "orders.catalogue"


def place_asked(request: StaffRequest, day: datetime.date, permission: str = MAY_SEE) -> Unit:
    """Return the division of `?unit=`, through the gate, else that where the reader's rights
    begin; for an organisation, the one it stands in.
    """
    asked = request.GET.get("unit", "")
    if asked.isdecimal() and len(asked) < 10:
        found = unit_for(request.user, permission, number=int(asked), day=day)
    else:
        scope = require(request.user, permission, today=clock.today())
        found = units_at(scope.ranges, day)[0]
    if found.tree == Tree.ORGANISATION and (seat := seat_of(found.pk, day)):
        return unit_on(seat, day)
    return found


def may_edit(request: StaffRequest, unit: Unit) -> bool:
    return scope_of(request.user, MAY_EDIT, clock.today()).covers(unit.path)


def with_parts(request: StaffRequest, place: Unit, here: str) -> dict[str, object]:
    """Return what every such page shows around itself."""
    scope = scope_of(request.user, MAY_SEE, clock.today())
    trail = trail_of(request.user, place, clock.today())
    return {
        "unit": place,
        "here": here,
        "above": [one for one, _open in trail if scope.covers(one.path)],
        "may_edit": may_edit(request, place),
    }


def back_to(name: str, place: Unit) -> HttpResponse:
    return redirect(f"{reverse(f'web:{name}')}?unit={place.pk}")

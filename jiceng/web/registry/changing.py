"""Changing one unit: what may be changed, the form, what it would do, and the confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiceng.access.queries import unit_for
from jiceng.core import clock
from jiceng.core.refusals import Conflict, NotFound
from jiceng.exchange.editions.legacies import legacies_of_unit, settle_of_unit
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.refusals import NoSuchUnit
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.ui.words import day as in_words
from jiceng.web.registry.changes import change_for, changes_for
from jiceng.web.registry.previews import preview_of
from jiceng.web.registry.trails import trail_of


class HasEnded(Conflict):
    """The unit no longer exists; its past is put right in other ways."""


class NoVillage(NotFound):
    """What only villages and communities have is asked of another unit."""


def changes(request: StaffRequest, number: int) -> HttpResponse:
    """Show what the reader may change of a unit."""
    unit = standing_unit(request, number)
    context = {**place(request, unit), "changes": changes_for(request.user, unit)}
    return render(request, "web/registry/changes.html", context)


def change(request: StaffRequest, number: int, what: str) -> HttpResponse:
    """Ask for a change, show what it would do, and carry it out when that is confirmed.

    Form and preview are read by GET, so that the way back leads to the filled form; only the
    confirmation posts.
    """
    unit = standing_unit(request, number)
    chosen = change_for(request.user, unit, what)
    asked = request.POST if request.method == "POST" else (request.GET or None)
    form = chosen.form(asked, unit=unit, user=request.user)
    context = {**place(request, unit), "change": chosen, "form": form}
    if form.is_valid():
        with shown_on(form, NoSuchUnit):
            if request.method == "POST":
                return _carry_out(request, unit, chosen, form)
            if "edit" not in request.GET:
                context["preview"] = preview_of(request.user, chosen, unit, form)
                context["kept"] = _kept(request)
                return render(request, "web/registry/change_preview.html", context)
    response = form_again(request, "web/registry/change_form.html", context)
    if form.errors:
        response.status_code = 422
    return response


def _carry_out(request: StaffRequest, unit: Unit, chosen: Any, form: Any) -> HttpResponse:
    done = {"by": request.user, "at": clock.now(), "key": request.key}
    shown = chosen.carry_out(unit, form, done)
    messages.success(request, _("已登记：%s。") % chosen.title)
    return redirect("web:left_behind" if chosen.ends else "web:unit", shown)


def _kept(request: StaffRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]


def left_behind(request: StaffRequest, number: int) -> HttpResponse:
    """Show what an ended unit left, and what is proposed for each kind of it."""
    unit = unit_for(request.user, "registry.edit", number=number)
    context = {**place(request, unit), "legacies": legacies_of_unit(unit.pk, clock.today())}
    return render(request, "web/registry/change_left.html", context)


@require_POST
def settle_left(request: StaffRequest, number: int) -> HttpResponse:
    unit = unit_for(request.user, "registry.edit", number=number)
    code = request.POST.get("code", "")
    settle_of_unit(unit.pk, code, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已按建议处理。"))
    return redirect("web:left_behind", number)


def standing_unit(request: StaffRequest, number: int, also: str = "") -> Unit:
    """Return a unit that stands today, that the reader may change, and for which he holds the
    permission `also`.

    Raises:
        HasEnded: it stands no more.
    """
    unit = unit_of_row(request, number, also)
    if not unit.standing:
        raise HasEnded(
            _("“%(name)s”%(day)s已经终止，不能再变更。")
            % {"name": unit.name, "day": in_words(unit.valid_to)}
        )
    return unit


def unit_of_row(request: StaffRequest, number: int, also: str = "registry.people") -> Unit:
    """Return a unit, ended or not, that the reader may change and for which he holds `also`."""
    unit = unit_for(request.user, "registry.edit", number=number)
    if also:
        unit_for(request.user, also, number=number)
    return unit


def village_of(request: StaffRequest, number: int) -> Unit:
    """Return a village or community that stands and that the reader may change.

    Raises:
        NoVillage: it is something else.
    """
    unit = standing_unit(request, number, "registry.people")
    if unit.tree != Tree.DIVISION or unit.level != Level.VILLAGE:
        raise NoVillage(_("只有村和社区登记这些。"))
    return unit


def place(request: StaffRequest, unit: Unit) -> dict[str, object]:
    today = clock.today()
    return {
        "unit": unit,
        "day": today,
        "trail": trail_of(request.user, unit, today),
        "is_village": unit.tree == Tree.DIVISION and unit.level == Level.VILLAGE,
        "is_organisation": unit.tree == Tree.ORGANISATION,
    }

"""Members of an organisation: taken in, gone over to another, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiceng.access.queries.rows import membership_for
from jiceng.core import clock
from jiceng.core.refusals import NotFound
from jiceng.registry import queries
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree
from jiceng.registry.operations import (
    MembershipRow,
    end_memberships,
    enrol_members,
    transfer_members,
)
from jiceng.ui.days import day_asked
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.registry.changing import place, standing_unit, unit_of_row
from jiceng.web.registry.people_forms import EnrolForm, LeaveOrganisationForm


class NoOrganisation(NotFound):
    """Divisions have no members."""


def members(request: StaffRequest, number: int) -> HttpResponse:
    """List the members of an organisation on a day; of one that has ended, those who are still its
    own.
    """
    unit = _organisation(unit_of_row(request, number))
    day = day_asked(request)
    context = {
        **place(request, unit),
        "day": day,
        "page": page_of(request, queries.members_of(number, day)),
        "gone": queries.past_members_of(number, day)[:20],
    }
    return render(request, "web/registry/members.html", context)


def enrol(request: StaffRequest, number: int) -> HttpResponse:
    """Take somebody in as a member."""
    unit = _organisation(standing_unit(request, number, "registry.people"))
    form = EnrolForm(request.POST or None, user=request.user)
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            row = MembershipRow(form.somebody(), number, given["standing"], given["since"])
            enrol_members([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记党籍关系。"))
            return redirect("web:members", number)
    return form_again(request, "web/registry/enrol.html", {**place(request, unit), "form": form})


def end_membership(request: StaffRequest, number: int) -> HttpResponse:
    """Let a member go over to another organisation, or end his membership."""
    row = membership_for(request.user, number, clock.today())
    unit = unit_of_row(request, row.organisation_id)
    form = LeaveOrganisationForm(request.POST or None, user=request.user)
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            done: dict[str, Any] = {"by": request.user, "at": clock.now(), "key": request.key}
            if given["to"]:
                transfer_members({number: given["to"].pk}, day=given["day"], **done)
                messages.success(request, _("已转接到“%s”。") % given["to"].name)
            else:
                end_memberships([number], day=given["day"], **done)
                messages.success(request, _("已终止党籍关系。"))
            return redirect("web:members", row.organisation_id)
    context = {**place(request, unit), "form": form, "membership": row}
    return form_again(request, "web/registry/end_membership.html", context)


def _organisation(unit: Unit) -> Unit:
    if unit.tree != Tree.ORGANISATION:
        raise NoOrganisation(_("党籍关系只登记在党组织。"))
    return unit

"""What a village's assembly has delegated: the list, recording one, ending one early."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.periods import DAY
from jiceng.decisions import operations
from jiceng.decisions.catalogue import shipped
from jiceng.decisions.models import Delegation
from jiceng.decisions.operations import Mandate
from jiceng.decisions.queries import delegation_for, delegations_of
from jiceng.registry.models import Unit
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.decisions.forms import DelegationForm, EndForm
from jiceng.web.decisions.frames import frame, matter_words, village_for
from jiceng.web.decisions.motions import groups_of


def delegations(request: StaffRequest, unit: int) -> HttpResponse:
    """List the delegations with their terms; record a new one."""
    posted = request.method == "POST"
    found = village_for(request.user, "decisions.propose" if posted else "decisions.view", unit)
    form = DelegationForm(_delegable(found), request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.delegate(
                Mandate(unit=found.pk, **form.granted),
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已登记授权。"))
            return redirect("web:delegations", unit)
    today = clock.today()
    context = {
        **frame(request.user, found, "delegations"),
        "rows": [_row(row, today) for row in delegations_of(found.pk)],
        "form": form,
    }
    return form_again(request, "web/decisions/delegations.html", context)


def end(request: StaffRequest, number: int) -> HttpResponse:
    delegation = delegation_for(request.user, "decisions.propose", number=number)
    unit = village_for(request.user, "decisions.propose", delegation.unit_id)
    form = EndForm(request.POST or None, initial={"on": clock.today() + DAY})
    if form.is_valid():
        with shown_on(form):
            operations.end_delegation(
                delegation,
                **form.cleaned_data,
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已登记提前终止。"))
            return redirect("web:delegations", unit.pk)
    context = {
        **frame(request.user, unit, "delegations"),
        "delegation": delegation,
        "matter": matter_words(delegation.matter),
        "form": form,
    }
    return form_again(request, "web/decisions/delegation_end.html", context)


def _row(row: Delegation, today: datetime.date) -> dict[str, object]:
    ahead, over = row.valid_from > today, row.valid_to <= today
    return {
        "row": row,
        "matter": matter_words(row.matter),
        "last_day": row.valid_to - DAY,
        "state": "ahead" if ahead else "over" if over else "holds",
    }


def _delegable(unit: Unit) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what an assembly or a charter may delegate here, by affairs."""
    matters = shipped().offered_on(str(unit.code or ""), clock.today())
    offered = [matter for matter in matters if matter.delegable]
    return [
        (group.title, [(one.code, one.words) for one in group.matters])
        for group in groups_of(offered)
    ]

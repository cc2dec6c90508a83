"""Putting something forward: the matter in plain words, then who decides it and how, then the motion."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiceng.core import clock
from jiceng.decisions import operations
from jiceng.decisions.catalogue import Matter, shipped
from jiceng.decisions.operations import Proposal
from jiceng.decisions.queries import direct_at, motion_for
from jiceng.registry.models import Unit
from jiceng.ui.forms import choose
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.decisions.forms import MotionForm, RedirectForm, WishForm
from jiceng.web.decisions.frames import frame, told, village_for
from jiceng.web.decisions.motions import groups_of


def propose(request: StaffRequest, unit: int) -> HttpResponse:
    """Offer the matters; for the chosen one say which body decides, and take the motion."""
    found = village_for(request.user, "decisions.propose", unit)
    chosen = request.GET.get("matter", "")
    if chosen not in shipped().matters:
        return _offer(request, found)
    return _chosen(request, found, shipped().matters[chosen])


def redirect_(request: StaffRequest, number: int) -> HttpResponse:
    """Correct where a motion goes, with a reason."""
    motion = motion_for(request.user, "decisions.oversee", number=number)
    unit = village_for(request.user, "decisions.oversee", motion.unit_id)
    offered = [one for one in shipped().offered(str(unit.code or "")) if not one.empty]
    initial = {"matter": motion.matter, "body": motion.body}
    form = RedirectForm(
        [
            (group.title, [(one.code, one.words) for one in group.matters])
            for group in groups_of(offered)
        ],
        _bodies(),
        request.POST or None,
        initial=initial,
    )
    if form.is_valid():
        with shown_on(form):
            operations.redirect(
                motion, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已纠正。"))
            return redirect("web:motion", number)
    context = {**frame(request.user, unit, "motions"), "motion": motion, "form": form}
    return form_again(request, "web/decisions/redirect.html", context)


@require_POST
def restart_(request: StaffRequest, number: int) -> HttpResponse:
    """Begin a motion anew on the procedure that it was corrected to."""
    motion = motion_for(request.user, "decisions.propose", number=number)
    motion = operations.restart(motion, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已重新开办。"))
    return redirect("web:motion", number)


def _offer(request: StaffRequest, unit: Unit) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    offered = shipped().offered_on(str(unit.code or ""), clock.today())
    matching = [matter for matter in offered if not asked or _matches(matter, asked)]
    context = {
        **frame(request.user, unit, "motions"),
        "q": asked,
        "groups": groups_of(matching),
    }
    return form_again(request, "web/decisions/choose.html", context)


def _matches(matter: Matter, asked: str) -> bool:
    """Say whether a villager's word leads to this matter, by its words or the law's."""
    spoken = (matter.words, matter.text, *matter.says)
    return any(asked in said or (said and said in asked) for said in spoken)


def _chosen(request: StaffRequest, unit: Unit, matter: Matter) -> HttpResponse:
    today = clock.today()
    wish = WishForm(_bodies(), request.GET or None)
    wished = wish.cleaned_data["body"] if wish.is_valid() else ""
    answer = told(direct_at(unit.pk, matter.code, day=today, wished=wished))
    form = MotionForm(request.POST or None, initial={"raised_on": today})
    if matter.affairs == "collective":
        choose(form, "raised_by", _raisers_of_collective())
    if form.is_valid() and answer.directed:
        with shown_on(form):
            motion = operations.propose(
                Proposal(unit=unit.pk, matter=matter.code, wished=wished, **_asked(form)),
                raised_on=form.cleaned_data["raised_on"],
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已提出，事项已经开办。"))
            return redirect("web:motion", motion.pk)
    context = {
        **frame(request.user, unit, "motions"),
        "matter": matter,
        "told": answer,
        "wish": wish,
        "form": form,
    }
    return form_again(request, "web/decisions/propose.html", context)


def _asked(form: MotionForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "raised_on"}


def _bodies() -> list[tuple[str, str]]:
    return [(body.code, body.title) for body in shipped().bodies.values()]


def _raisers_of_collective() -> list[tuple[str, str]]:
    return [("collective_council", _("集体经济组织理事会")), ("party_organisation", _("村党组织"))]

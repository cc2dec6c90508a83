"""Where village decisions start: whose village, its motions, one motion; the list of matters."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiceng.access.queries import require, unit_for
from jiceng.core import clock
from jiceng.decisions.catalogue import Matter, shipped
from jiceng.decisions.models import Motion
from jiceng.decisions.queries import may_restart, motion_for, motions_for, motions_of
from jiceng.procedures.queries import cases_for, may_withdraw, procedure_for
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import described, units_on
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest
from jiceng.web.decisions.frames import body_title, covers, frame, matter_words, village_for

MOST = 50  # open cases without a motion on a village's page; all of them are under 办理


@dataclass(frozen=True, slots=True)
class Group:
    """Matters of one kind of affairs, as a proposer looks for them."""

    code: str
    title: str
    matters: list[Matter]


def start(request: StaffRequest) -> HttpResponse:
    """Lead to the reader's village, or let him choose one among several."""
    today = clock.today()
    scope = require(request.user, "decisions.view", today=today)
    villages = units_on(today).filter(scope.on("path"), tree=Tree.DIVISION, level=Level.VILLAGE)
    numbers = list(villages.values_list("pk", flat=True)[:2])
    chosen = request.GET.get("unit", "")
    if len(numbers) == 1 or chosen.isdigit():
        return redirect("web:village_decisions", int(chosen) if chosen.isdigit() else numbers[0])
    page = page_of(request, motions_for(request.user, today=today))
    names = described({motion.unit_id for motion in page}, today)
    rows = [(motion, names[motion.unit_id].name, body_title(motion.body)) for motion in page]
    return render(request, "web/decisions/start.html", {"page": page, "rows": rows})


def village(request: StaffRequest, unit: int) -> HttpResponse:
    found = village_for(request.user, "decisions.view", unit)
    page = page_of(request, motions_of(found.pk).select_related("case__procedure"))
    context = {
        **frame(request.user, found, "motions"),
        "page": page,
        "rows": [(motion, body_title(motion.body)) for motion in page],
        "others": cases_for(request.user, clock.today(), unit=found.pk).filter(motion=None)[:MOST],
    }
    return render(request, "web/decisions/village.html", context)


def motion(request: StaffRequest, number: int) -> HttpResponse:
    found = motion_for(request.user, "decisions.view", number=number)
    today = clock.today()
    unit = unit_for(request.user, "decisions.view", number=found.unit_id)
    case = found.case
    starts = may_restart(found) and (case is None or may_withdraw(request.user, case, today))
    context = {
        **frame(request.user, unit, "motions"),
        "motion": found,
        "case": case,
        "matter": matter_words(found.matter),
        "decided_as": matter_words(found.decided_as) if found.decided_as != found.matter else "",
        "body": body_title(found.body),
        "procedure": procedure_for(found.procedure),
        "redirections": _redirections(found),
        "may_redirect": covers(request.user, "decisions.oversee", unit, today),
        "may_restart": starts,
    }
    return render(request, "web/decisions/motion.html", context)


def matters(request: StaffRequest) -> HttpResponse:
    """Show the whole list: what is decided by whom, with its source."""
    require(request.user, "decisions.view")
    context = {"groups": groups_of(shipped().matters.values())}
    return render(request, "web/decisions/matters.html", context)


def groups_of(found: Iterable[Matter]) -> list[Group]:
    """Return matters by affairs, in the order of the list."""
    titles = {
        "village": _("村务"),
        "collective": _("集体财产和成员权益"),
        "party": _("党内事项"),
        "plain": _("便民服务"),
    }
    rows = list(found)
    groups = [
        Group(code, title, [matter for matter in rows if matter.affairs == code])
        for code, title in titles.items()
    ]
    return [group for group in groups if group.matters]


def _redirections(found: Motion) -> list[dict[str, object]]:
    rows = found.redirections.select_related("corrected_by").order_by("pk")
    return [
        {
            "row": row,
            "matter_from": matter_words(row.matter_from),
            "matter_to": matter_words(row.matter_to),
            "body_from": body_title(row.body_from),
            "body_to": body_title(row.body_to),
        }
        for row in rows
    ]

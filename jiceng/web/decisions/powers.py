"""The power list: its classes and items, and an item's flow with the days of a run."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.refusals import NotFound
from jiceng.decisions.catalogue import PowerItem
from jiceng.decisions.catalogue import power_list as shipped_list
from jiceng.decisions.queries import flow_of
from jiceng.procedures.queries import procedure_for
from jiceng.rules.queries import find_rule
from jiceng.ui.requests import StaffRequest
from jiceng.web.decisions.frames import frame, matter_words, village_for


class NoSuchItem(NotFound):
    """The list has no item of this number."""


def power_list(request: StaffRequest, unit: int) -> HttpResponse:
    found = village_for(request.user, "decisions.view", unit)
    listed = shipped_list()
    kinds = {"public": _("村级公共权力"), "service": _("便民服务")}
    groups = [
        (title, [item for item in listed.items if item.kind == code])
        for code, title in kinds.items()
    ]
    context = {
        **frame(request.user, found, "powers"),
        "listed": listed,
        "groups": groups,
        "known": sum(not item.empty for item in listed.items),
        "elsewhere": not str(found.code or "").startswith(listed.place),
    }
    return render(request, "web/decisions/power_list.html", context)


def item(request: StaffRequest, unit: int, item: int) -> HttpResponse:
    """Show one item: who supervises, what is needed, and the earliest days of a run from a day."""
    found = village_for(request.user, "decisions.view", unit)
    shown = _item(item)
    procedure = procedure_for(shown.procedure)
    start = _day(request.GET.get("start", ""))
    notice = find_rule(shown.notice, unit=found, day=start) if shown.notice else None
    flow = flow_of(procedure, unit=found, start=start, body="village_representatives")
    context = {
        **frame(request.user, found, "powers"),
        "listed": shipped_list(),
        "item": shown,
        "matter": matter_words(shown.matter) if shown.matter else "",
        "procedure": procedure,
        "start": start,
        "notice": notice.sentence() if notice else "",
        "flow": flow,
        "unknown": _("、").join(flow.unknown),
    }
    return render(request, "web/decisions/power_item.html", context)


def _item(number: int) -> PowerItem:
    """Return an item that can be used.

    Raises:
        NoSuchItem: there is none, or its text is not known yet.
    """
    for one in shipped_list().items:
        if one.number == number and not one.empty:
            return one
    raise NoSuchItem(_("没有这一项，或者它的内容还待县里提供。"))


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return clock.today()

"""What a village has to publish, period by period, and what is late."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.decisions.disclosure import Due
from jiceng.decisions.queries import disclosure_calendar
from jiceng.ui.requests import StaffRequest
from jiceng.web.decisions.frames import frame, village_for

_BEFORE = datetime.timedelta(days=180)
_AHEAD = datetime.timedelta(days=92)


def calendar(request: StaffRequest, unit: int) -> HttpResponse:
    found = village_for(request.user, "decisions.view", unit)
    today = clock.today()
    dues = disclosure_calendar(found.pk, since=today - _BEFORE, until=today + _AHEAD)
    context = {
        **frame(request.user, found, "disclosure"),
        "rows": [(due, _titles()[due.duty.kind], _state(due, today)) for due in dues],
    }
    return render(request, "web/decisions/disclosure.html", context)


def _titles() -> dict[str, str]:
    return {
        "general": _("村务（一般事项）"),
        "finance": _("财务收支"),
        "collective": _("集体经济组织财务"),
    }


def _state(due: Due, today: datetime.date) -> str:
    if due.done:
        return "done"
    if due.overdue(today):
        return "overdue"
    return "now" if due.first <= today else "ahead"

"""What a village has to publish, period by period, and what is late."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.decisions.queries import at_any_time, disclosure_rows
from jiceng.ui.requests import StaffRequest
from jiceng.web.decisions.frames import frame, village_for

_BEFORE = datetime.timedelta(days=365)
_AHEAD = datetime.timedelta(days=92)


def calendar(request: StaffRequest, unit: int) -> HttpResponse:
    found = village_for(request.user, "decisions.view", unit)
    today = clock.today()
    rows = disclosure_rows(found.pk, since=today - _BEFORE, until=today + _AHEAD, today=today)
    titles = {
        "general": _("村务（一般事项）"),
        "finance": _("财务收支"),
        "collective": _("集体经济组织财务"),
    }
    context = {
        **frame(request.user, found, "disclosure"),
        "rows": [(row.due, titles[row.due.duty.kind], row.state) for row in rows],
        "at_any_time": at_any_time(found.pk),
    }
    return render(request, "web/decisions/disclosure.html", context)

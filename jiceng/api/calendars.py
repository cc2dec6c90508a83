"""The deadlines of a post as an iCalendar feed. What opens it ends with the post; it names no
matter and no person: calendars are often kept by others.
"""

import icalendar
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jiceng.access import public as access
from jiceng.agenda import public as agenda
from jiceng.core import clock


@login_not_required
@require_GET
def deadlines(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with what a post has to do by when."""
    at = clock.now()
    role, unit = access.post_of_calendar(token, clock.day_of(at))
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//jiceng//deadlines//ZH")
    calendar.add("version", "2.0")
    for item in agenda.deadlines(role, unit):
        calendar.add_component(_event(request, item, at))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _event(request: HttpRequest, item: agenda.Item, at: object) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{item.pk}@{request.get_host()}")
    event.add("dtstamp", at)
    event.add("dtstart", item.due_at)
    event.add("summary", _("待办到期"))
    event.add("url", request.build_absolute_uri(item.address or "/"))
    return event

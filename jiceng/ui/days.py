"""The day a page is asked for: `?day=2017-12-31`, else today."""

import datetime
from typing import cast

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Invalid
from jiceng.ui.requests import SiteRequest


class NoSuchDay(Invalid):
    """What was asked for is not a day."""


def day_asked(request: HttpRequest) -> datetime.date:
    """Return the day that the page is asked for; the frame says so if it is not today.

    Raises:
        NoSuchDay: `?day=` is not a day of the calendar.
    """
    given = request.GET.get("day", "")
    if not given:
        return clock.today()
    day = _read(given)
    if day is None:
        raise NoSuchDay(_("“%s”不是日期。请按 2017-12-31 这样填写。") % given[:20])
    cast(SiteRequest, request).day = day
    return day


def day_shown(request: HttpRequest) -> datetime.date | None:
    """Return the day that the page was made for, if that is another than today."""
    day = getattr(request, "day", None)
    return None if day == clock.today() else day


def _read(given: str) -> datetime.date | None:
    try:
        day = parse_date(given)
    except ValueError:  # well formed, not in the calendar
        return None
    return day if day and day < FOREVER else None

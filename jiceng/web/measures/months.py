"""The month a page of figures is asked for: `?month=2017-12`, else the last one that has ended."""

from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.periods import Month
from jiceng.core.refusals import Invalid
from jiceng.ui.requests import StaffRequest


class NoSuchMonth(Invalid):
    """What was asked for is not a month."""


def month_asked(request: StaffRequest) -> Month:
    """Return the month that the page is asked for.

    Raises:
        NoSuchMonth: `?month=` is not a month of the calendar.
    """
    given = request.GET.get("month", "")
    if not given:
        return Month.of(clock.today()).previous()
    return read(given)


def read(given: str) -> Month:
    """Read 2017-12.

    Raises:
        NoSuchMonth: it is not a month.
    """
    try:
        return Month.parse(given)
    except ValueError as error:
        raise NoSuchMonth(_("“%s”不是月份。请按 2017-12 这样填写。") % given[:20]) from error

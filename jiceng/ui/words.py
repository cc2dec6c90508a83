"""Days, numbers and shares as people read them, in the language of the page."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiceng.core.periods import DAY, FOREVER, Month

NOTHING = "—"


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def day(value: datetime.date | None) -> str:
    """Return 2017年12月31日, or in English 31 December 2017."""
    if not value:
        return NOTHING
    if value == FOREVER:
        return _("至今")
    if _chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return date_format(value, "j F Y")


def month(value: Month) -> str:
    """Return 2017年12月, or in English December 2017."""
    if _chinese():
        return f"{value.year}年{value.month}月"
    return date_format(value.first, "F Y")


def moment(value: datetime.datetime | None) -> str:
    """Return the local day and minute."""
    if not value:
        return NOTHING
    local = timezone.localtime(value)
    return f"{day(local.date())} {local:%H:%M}"


def period(valid_from: datetime.date, valid_to: datetime.date) -> str:
    """Return a period whose end is exclusive by its first and last day."""
    if valid_to == FOREVER:
        return _("%s起") % day(valid_from)
    return _("%(first)s至%(last)s") % {"first": day(valid_from), "last": day(valid_to - DAY)}


def number(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def ratio(numerator: int | None, denominator: int | None) -> str:
    """Return 123 / 456（27.0%）.

    The share is cut after one decimal, never rounded up, so that one below a threshold does not
    read as having reached it.
    """
    if numerator is None or denominator is None:
        return NOTHING
    if denominator == 0:
        return _("不适用")
    tenths = numerator * 1000 // denominator
    share = f"{tenths // 10}.{tenths % 10}%"
    counts = f"{number(numerator)} / {number(denominator)}"
    return f"{counts}（{share}）" if _chinese() else f"{counts} ({share})"

"""The three kinds of period: a limit, a minimum, a lead. Pure.

The day on which a period begins is not counted (民法典 Art. 201). Months and years end on the day
of the same number, or on the last of the month (Art. 202). Only a *limit* moves past a holiday
(Art. 203): a minimum protects those who read, a lead those who are called, and neither is made
shorter or longer by the calendar of offices.
"""

import calendar
import datetime
from dataclasses import dataclass
from typing import Literal, get_args

from jiceng.core.periods import DAY
from jiceng.core.workdays import Deadline, after_workdays, before_workdays, is_known, is_workday

Unit = Literal["day", "workday", "month", "year"]
_LAST_SECOND = datetime.time(23, 59, 59)
_UNITS: tuple[str, ...] = get_args(Unit)
_MONTHS = {"month": 1, "year": 12}


def limit(start: datetime.date, count: int, unit: Unit) -> Deadline:
    """Return the last day on which something that is due within `count` units may be done.

    In calendar units a last day on which offices rest moves to the next that they work.

    Source: 民法典 Art. 201–203.
    """
    last = _counted_on(start, count, unit)
    if unit == "workday":
        return last
    day, provisional = last.day, not is_known(last.day.year)
    while not is_workday(day):
        day += DAY
        provisional = provisional or not is_known(day.year)
    return Deadline(day, provisional)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a limit runs out; `provisional` as for a day."""

    at: datetime.datetime
    provisional: bool


def limit_at(start: datetime.datetime, count: int, unit: Unit | Literal["hour"]) -> Moment:
    """Return when something due within `count` units of `start` runs out: hours run on at night
    and on holidays, all else ends with a day.

    Args:
        start: in the time zone whose days are counted.

    Source: 民法典 Art. 200–203.
    """
    if unit == "hour":
        _check(count, "day")
        return Moment(start + datetime.timedelta(hours=count), provisional=False)
    last = limit(start.date(), count, unit)
    return Moment(datetime.datetime.combine(last.day, _LAST_SECOND, start.tzinfo), last.provisional)


def minimum_ends(start: datetime.date, count: int, unit: Unit = "day") -> Deadline:
    """Return the first day after `count` full units, `start` not counted: never shortened.

    Source: 民法典 Art. 201, 202; that a minimum does not move is in its nature.
    """
    last = _counted_on(start, count, unit)
    return Deadline(last.day + DAY, last.provisional)


def lead_latest(event: datetime.date, count: int, unit: Unit = "day") -> Deadline:
    """Return the last day on which notice of `event` is early enough.

    Counted back from the event, whose own day is not counted; the day of notice is.
    """
    _check(count, unit)
    if unit == "workday":
        return before_workdays(event, count)
    if unit in _MONTHS:
        return Deadline(_months_from(event, -count * _MONTHS[unit]), provisional=False)
    return Deadline(event - count * DAY, provisional=False)


def _counted_on(start: datetime.date, count: int, unit: Unit) -> Deadline:
    """Return the last of `count` units after `start`; only working days need the calendar."""
    _check(count, unit)
    if unit == "workday":
        return after_workdays(start, count)
    if unit in _MONTHS:
        return Deadline(_months_from(start, count * _MONTHS[unit]), provisional=False)
    return Deadline(start + count * DAY, provisional=False)


def _months_from(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, length))


def _check(count: int, unit: str) -> None:
    if count < 0 or unit not in _UNITS:
        raise ValueError(f"no period of {count} {unit}")

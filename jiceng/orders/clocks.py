"""The resident's clock and the handlers': pure. A limit is counted from a moment, stands still
while it is paused, and shows at one level more with each further limit that passes.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from jiceng.core import clocks
from jiceng.core.periods import DAY
from jiceng.core.workdays import is_workday

Unit = Literal["hour", "day", "workday", "month", "year"]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many units, within which something is due."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood still from one moment to another."""

    from_at: datetime.datetime
    until_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """When it runs out, and when another and a third such limit would have."""

    due_at: datetime.datetime
    second_at: datetime.datetime
    third_at: datetime.datetime
    provisional: bool


def clock_of(
    start: datetime.datetime,
    limit: Limit,
    *,
    stops: Sequence[Stop] = (),
    extension: Limit | None = None,
) -> Clock:
    """Return a clock begun at `start`, in the zone whose days are counted.

    What a stop takes from the limit is added: hours by the hour, days by the days on which it
    stood, working days by those of them that were worked. An extension counts on from the end,
    and so does each further limit.
    """
    due = _ends(start, limit, stops)
    if extension is not None:
        due = clocks.limit_at(due.at, extension.count, cast(Unit, extension.unit))
    second = clocks.limit_at(due.at, limit.count, cast(Unit, limit.unit))
    third = clocks.limit_at(second.at, limit.count, cast(Unit, limit.unit))
    return Clock(due.at, second.at, third.at, due.provisional)


def _ends(start: datetime.datetime, limit: Limit, stops: Sequence[Stop]) -> clocks.Moment:
    unit = cast(Unit, limit.unit)
    if unit == "hour":
        stood = sum((one.until_at - one.from_at for one in stops), datetime.timedelta())
        plain = clocks.limit_at(start, limit.count, unit)
        return clocks.Moment(plain.at + stood, plain.provisional)
    if unit in ("day", "workday"):
        count = limit.count + sum(_days(stop, unit) for stop in stops)
        return clocks.limit_at(start, count, unit)
    plain = clocks.limit_at(start, limit.count, unit)
    days = sum(_days(stop, "day") for stop in stops)
    return clocks.limit_at(plain.at, days, "day") if days else plain


def _days(stop: Stop, unit: str) -> int:
    """Count the days that a stop began before: the day on which it ends runs on again."""
    day, last = stop.from_at.date(), stop.until_at.date()
    stood = 0
    while day < last:
        day += DAY
        stood += unit == "day" or is_workday(day)
    return stood


def levels_up(
    due: Iterable[datetime.datetime | None], now: datetime.datetime, *, paused: bool = False
) -> int:
    """Return how many levels above the handler an order is shown to: one when its limit has
    passed, one more with each further limit. None while the clock stands still.
    """
    if paused:
        return 0
    return sum(1 for moment in due if moment is not None and now > moment)

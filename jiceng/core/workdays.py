"""Working days, by the State Council's yearly notices. Pure.

A year whose notice is not in `data/` counts Monday to Friday, and what is computed over it is
provisional.
"""

import datetime
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from jiceng.core.periods import DAY

_DATA = Path(__file__).parent / "data"
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that a period gives; `provisional` when a year's notice is still missing."""

    day: datetime.date
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Year:
    holidays: frozenset[datetime.date]
    worked: frozenset[datetime.date]


def is_workday(day: datetime.date) -> bool:
    """Say whether offices work on `day`: a weekend moved to is worked, a holiday is not."""
    year = _year(day.year)
    if year is not None and (day in year.holidays or day in year.worked):
        return day in year.worked
    return day.weekday() < _SATURDAY


def is_known(year: int) -> bool:
    """Say whether the notice for `year` is at hand."""
    return _year(year) is not None


def after_workdays(day: datetime.date, count: int) -> Deadline:
    """Return the `count`-th working day after `day`, which itself is not counted.

    Source: 民法典 Art. 201 (the day on which it begins is not counted).
    """
    return _step(day, count, DAY)


def before_workdays(day: datetime.date, count: int) -> Deadline:
    """Return the `count`-th working day before `day`, which itself is not counted."""
    return _step(day, count, -DAY)


def _step(day: datetime.date, count: int, by: datetime.timedelta) -> Deadline:
    provisional = not is_known(day.year)
    for _ in range(count):
        day += by
        while not is_workday(day):
            day += by
        provisional = provisional or not is_known(day.year)
    return Deadline(day, provisional)


@functools.cache
def _year(year: int) -> _Year | None:
    path = _DATA / f"holidays-{year}.yaml"
    if not path.exists():
        return None
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return _Year(*(frozenset(_days(year, read[name])) for name in ("holidays", "worked")))


def _days(year: int, spans: list[str]) -> Iterator[datetime.date]:
    """Yield the days of spans such as `05-01` and `10-01..10-07`."""
    for span in spans:
        first, _dots, last = span.partition("..")
        day = datetime.date.fromisoformat(f"{year}-{first}")
        end = datetime.date.fromisoformat(f"{year}-{last or first}")
        while day <= end:
            yield day
            day += DAY

"""What a village has to publish and by when: the disclosure calendar. Pure.

The law asks for so many times a period, not for a day: what is due may be published until the
period's last day. Source: 《村民委员会组织法》第三十条; the numbers are rules.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jiceng.core.periods import DAY, Month

Per = Literal["month", "quarter", "year"]
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be published again and again, as the rule in force says."""

    kind: str  # "general", "finance"
    times: int
    per: Per
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """One duty in one period, and what was published in it."""

    duty: Duty
    first: datetime.date
    due_on: datetime.date  # the period's last day
    published: tuple[datetime.date, ...]

    @property
    def done(self) -> bool:
        return len(self.published) >= self.duty.times

    @property
    def lacking(self) -> int:
        return max(0, self.duty.times - len(self.published))

    def overdue(self, today: datetime.date) -> bool:
        return not self.done and today > self.due_on

    @property
    def period(self) -> str:
        """Return the code of the period: 2026-03, 2026-Q1, 2026."""
        if self.duty.per == "month":
            return str(Month.of(self.first))
        if self.duty.per == "quarter":
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return str(self.first.year)


def calendar(
    duties: Iterable[Duty],
    *,
    since: datetime.date,
    until: datetime.date,
    published: Iterable[tuple[str, datetime.date]] = (),
) -> list[Due]:
    """Return every duty of every period that ends after `since` and begins by `until`, the
    soonest due first.

    Args:
        published: kind and day of what was released.
    """
    released = sorted(published)
    found = [due for duty in duties for due in _dues(duty, since, until, released)]
    return sorted(found, key=lambda due: (due.due_on, due.duty.kind))


def _dues(
    duty: Duty,
    since: datetime.date,
    until: datetime.date,
    released: Sequence[tuple[str, datetime.date]],
) -> Iterable[Due]:
    first = _first_of(duty.per, since)
    while first <= until:
        last = _last_of(duty.per, first)
        days = tuple(day for kind, day in released if kind == duty.kind and first <= day <= last)
        yield Due(duty, first, last, days)
        first = last + DAY


def _first_of(per: Per, day: datetime.date) -> datetime.date:
    length = _MONTHS[per]
    return datetime.date(day.year, (day.month - 1) // length * length + 1, 1)


def _last_of(per: Per, first: datetime.date) -> datetime.date:
    month = Month.of(first)
    for _month in range(_MONTHS[per] - 1):
        month = month.next()
    return month.last

"""How orders of a place were dealt with over a year: for everybody, from figures already counted."""

import datetime
from dataclasses import dataclass

from jiceng.core.declarations import Indicator
from jiceng.core.periods import Month
from jiceng.measures.queries import series_of
from jiceng.measures.registry import INDICATORS
from jiceng.orders.limits import SMALLEST_N
from jiceng.registry.models import Unit

OURS = "orders."


@dataclass(frozen=True, slots=True)
class YearRate:
    """A rate over several months, with what it is a part of."""

    indicator: Indicator
    numerator: int
    denominator: int

    @property
    def enough(self) -> bool:
        """Say whether there is enough to make a rate of: of few, one more or less says nothing."""
        return self.denominator >= SMALLEST_N


@dataclass(frozen=True, slots=True)
class Year:
    """The rates of a place over the months that have been counted."""

    first: Month
    last: Month
    months: int  # counted
    computed_at: datetime.datetime | None  # the oldest of them
    rates: list[YearRate]


def year_of(unit: Unit, today: datetime.date, months: int = 12) -> Year:
    """Return the rates of orders of a division, over the last whole months. One statement,
    however many orders there are.
    """
    periods = last_months(today, months)
    indicators = INDICATORS.select(lambda one: one.code.startswith(OURS))
    codes = sorted({code for one in indicators for code in (one.numerator, one.denominator)})
    counted = {
        code: [figure for figure in found if figure.value is not None]
        for code, found in series_of(codes, unit, periods).items()
    }
    sums = {code: sum(figure.value or 0 for figure in found) for code, found in counted.items()}
    seen = next(iter(counted.values()), [])
    return Year(
        periods[0],
        periods[-1],
        months=len(seen),
        computed_at=min((one.computed_at for one in seen if one.computed_at), default=None),
        rates=[YearRate(one, sums[one.numerator], sums[one.denominator]) for one in indicators],
    )


def last_months(today: datetime.date, count: int) -> list[Month]:
    """Return the months before that of `today`, the oldest first."""
    now = today.year * 12 + today.month - 1
    return [Month(at // 12, at % 12 + 1) for at in range(now - count, now)]

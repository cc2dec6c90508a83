"""The figures: of the year in which the first programme was judged, and of the last year."""

from jiceng.core import clock
from jiceng.core.periods import Month
from jiceng.demo.city import City
from jiceng.measures.operations import refresh_for
from jiceng.measures.registry import SOURCES

_JUDGED = Month(2017, 12)
_MONTHS = 6


def count(city: City) -> None:
    """Compute six months up to the programme's day, and six up to the last full month."""
    last = Month.of(clock.day_of(city.at)).previous()
    months = {*_up_to(_JUDGED), *_up_to(last)}
    refresh_for(list(SOURCES.entries), sorted(months), city.at)


def _up_to(month: Month) -> list[Month]:
    months = [month]
    while len(months) < _MONTHS:
        months.append(months[-1].previous())
    return months

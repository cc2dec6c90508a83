"""Figures arranged for a page: measures by source, rates, the year before a month."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.core.declarations import Measure
from jiceng.core.periods import Month
from jiceng.core.refusals import NotFound
from jiceng.measures import queries
from jiceng.measures.queries import Figure, Rate
from jiceng.measures.registry import INDICATORS, MEASURES, SOURCES
from jiceng.registry.models import Unit


class NoSuchMeasure(NotFound):
    """Nothing of that name is counted."""


@dataclass(frozen=True, slots=True)
class Group:
    """The measures of one source with their figures."""

    title: str
    lines: list[tuple[Measure, Figure]]


def measure_named(code: str) -> Measure:
    """Return a declared measure.

    Raises:
        NoSuchMeasure: nothing of that name is counted.
    """
    if code not in MEASURES.entries:
        raise NoSuchMeasure(_("没有这项数据。"))
    return MEASURES[code]


def groups_of(unit: Unit, month: Month) -> list[Group]:
    """Return every figure that applies to the unit, by source. One statement."""
    measures = [measure for measure in MEASURES if unit.tree in measure.trees]
    found = queries.figures([measure.code for measure in measures], unit, month)
    groups = [
        Group(
            str(source.title),
            [(m, found[m.code]) for m in measures if m.source == source.code],
        )
        for source in SOURCES
    ]
    return [group for group in groups if group.lines]


def rates_of(unit: Unit, month: Month) -> list[Rate]:
    """Return every rate whose two measures apply to the unit. One statement."""
    fitting = INDICATORS.select(
        lambda one: all(
            unit.tree in MEASURES[code].trees for code in (one.numerator, one.denominator)
        )
    )
    return queries.rates(fitting, unit, month)


def year_before(month: Month) -> list[Month]:
    """Return twelve months, the given one last."""
    months = [month]
    while len(months) < 12:
        months.append(months[-1].previous())
    return months[::-1]

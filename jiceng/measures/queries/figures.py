"""Figures of a unit, of its children, and over time: each from one statement over packed arrays
(and one more the first time a process meets a tree).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Indicator
from jiceng.core.periods import Month
from jiceng.measures.engine.trees import Tree, kept, unpack_ints, unpack_rows
from jiceng.measures.models import Figures
from jiceng.measures.registry import MEASURES
from jiceng.registry.models import Unit

TREE = ("snapshot__units", "snapshot__parents", "snapshot__ends")
"""What is not read with each figure: trees are remembered by digest."""


class State(TextChoices):
    """Whether a figure can be shown, and if not, why."""

    COMPUTED = "computed", _("已计算")
    NOT_COMPUTED = "not_computed", _("尚未计算")
    NOT_IN_TREE = "not_in_tree", _("当时不存在")
    NOT_APPLICABLE = "not_applicable", _("不适用")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or why there is none. `value` is a whole number in the measure's unit."""

    measure: str
    unit: int
    period: Month
    state: State
    value: int | None = None
    day: datetime.date | None = None  # counted as of
    computed_at: datetime.datetime | None = None
    closed_at: datetime.datetime | None = None
    estimated: bool = False  # holds only a part of something divided by shares
    ended: int = 0  # of `value`: what units that have ended left here and below


@dataclass(frozen=True, slots=True)
class Rate:
    """Two figures that make a rate; it is never kept or compared as a broken number."""

    indicator: Indicator
    numerator: Figure
    denominator: Figure

    @property
    def applies(self) -> bool:
        """Whether there is anything to be a part of: without it the rate is 不适用."""
        return bool(self.denominator.value) and self.numerator.value is not None


def figure(measure: str, unit: Unit, period: Month) -> Figure:
    return figures([measure], unit, period)[measure]


def figures(measures: Sequence[str], unit: Unit, period: Month) -> dict[str, Figure]:
    """Return several figures of one unit. One statement."""
    found = {row.measure: row for row in _rows(measures, unit.tree, [period])}
    return {code: _figure(code, unit, period, found.get(code)) for code in measures}


def series(measure: str, unit: Unit, periods: Sequence[Month]) -> list[Figure]:
    """Return one figure for each period, in the order given. One statement."""
    return series_of([measure], unit, periods)[measure]


def series_of(
    measures: Sequence[str], unit: Unit, periods: Sequence[Month]
) -> dict[str, list[Figure]]:
    """Return several figures of one unit over time, each in the order of the periods. One
    statement.
    """
    found = {(row.measure, row.period): row for row in _rows(measures, unit.tree, periods)}
    return {
        code: [_figure(code, unit, one, found.get((code, str(one)))) for one in periods]
        for code in measures
    }


def figures_of_children(
    measures: Sequence[str], unit: Unit, period: Month
) -> dict[int, dict[str, Figure]]:
    """Return the figures of all units one step below, by unit and measure. One statement.

    The children are those of the day the figures are of; empty when nothing is computed yet.
    """
    table: dict[int, dict[str, Figure]] = {}
    for row in _rows(measures, unit.tree, [period]):
        tree, values = kept(row.snapshot.digest), unpack_ints(row.rolled)
        at = tree.row_of(unit.pk)
        for child in tree.children_of(at) if at >= 0 else ():
            number = int(tree.units[child])
            one = _computed(row, number, period, tree, child, int(values[child]))
            table.setdefault(number, {})[row.measure] = one
    return table


def rates(indicators: Sequence[Indicator], unit: Unit, period: Month) -> list[Rate]:
    """Return several rates of one unit. One statement."""
    codes = {code for one in indicators for code in (one.numerator, one.denominator)}
    found = figures(sorted(codes), unit, period)
    return [Rate(one, found[one.numerator], found[one.denominator]) for one in indicators]


def _rows(measures: Sequence[str], tree: str, periods: Sequence[Month]) -> QuerySet[Figures]:
    return (
        Figures.objects.filter(
            measure__in=measures, tree=tree, period__in=[str(period) for period in periods]
        )
        .select_related("snapshot")
        .defer("own_units", "own_rows", "own_values", "definition", *TREE)
    )


def _figure(measure: str, unit: Unit, period: Month, row: Figures | None) -> Figure:
    if unit.tree not in MEASURES[measure].trees:
        return Figure(measure, unit.pk, period, State.NOT_APPLICABLE)
    if row is None:
        return Figure(measure, unit.pk, period, State.NOT_COMPUTED)
    tree = kept(row.snapshot.digest)
    at = tree.row_of(unit.pk)
    if at < 0:
        return Figure(
            measure, unit.pk, period, State.NOT_IN_TREE, day=row.day, computed_at=row.computed_at
        )
    return _computed(row, unit.pk, period, tree, at, int(unpack_ints(row.rolled)[at]))


def _computed(row: Figures, unit: int, period: Month, tree: Tree, at: int, value: int) -> Figure:
    return Figure(
        measure=row.measure,
        unit=unit,
        period=period,
        state=State.COMPUTED,
        value=value,
        day=row.day,
        computed_at=row.computed_at,
        closed_at=row.closed_at,
        estimated=bool(np.isin(at, unpack_rows(row.estimated))) if row.estimated else False,
        ended=_ended_below(row, tree, at),
    )


def _ended_below(row: Figures, tree: Tree, at: int) -> int:
    if not row.ended:
        return 0
    rows = tree.rows_of(np.array([int(unit) for unit in row.ended], dtype=np.int64))
    inside = (rows >= at) & (rows < tree.ends[at])
    return int(np.array(list(row.ended.values()), dtype=np.int64)[inside].sum())

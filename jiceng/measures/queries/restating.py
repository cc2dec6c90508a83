"""An old figure restated under the tree of another day."""

import datetime
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from jiceng.core.periods import Month
from jiceng.core.refusals import Invalid
from jiceng.measures.engine.adding import added_up, place
from jiceng.measures.engine.counting import Column
from jiceng.measures.engine.forest import Forest
from jiceng.measures.engine.trees import Tree, unpack_ints
from jiceng.measures.models import Figures
from jiceng.measures.refusals import NotComputed
from jiceng.measures.registry import MEASURES
from jiceng.measures.rollup import Ints


class NotAdditive(Invalid):
    """A distinct count cannot be restated: what was counted once may have moved apart."""


@dataclass(frozen=True)
class Restated:
    """A measure of a period under the tree of `day`."""

    measure: str
    period: Month
    day: datetime.date
    computed_at: datetime.datetime
    tree: Tree
    rolled: Ints
    estimated: frozenset[int]  # rows that hold only a part of something divided by shares

    def value_of(self, unit: int) -> int | None:
        """Return a unit's figure; None when it is not in the tree of the day."""
        row = self.tree.row_of(unit)
        return int(self.rolled[row]) if row >= 0 else None

    def is_estimate(self, unit: int) -> bool:
        return self.tree.row_of(unit) in self.estimated


def restated(measure: str, period: Month, day: datetime.date, tree: str = "division") -> Restated:
    """Return the figures of an old period under the tree of `day`, from the own values kept.

    Nothing is counted again. Reads the tree of the day: for jobs, exports and single pages.

    Raises:
        NotAdditive: the measure is a distinct count.
        NotComputed: the period has not been counted.
    """
    declared = MEASURES[measure]
    if declared.kind == "distinct":
        raise NotAdditive(_("“%s”不可相加，不能按另一日的区划重述。") % declared.title)
    kept = Figures.objects.filter(measure=measure, tree=tree, period=str(period)).first()
    if kept is None:
        raise NotComputed(_("%s的数据尚未计算。") % period)
    units, values = _own(kept)
    forest = Forest(day)
    addresses = forest.addresses(units)[tree]
    placed = place(units, Column(declared, values), addresses, forest.tree(tree), stated={})
    return Restated(
        measure,
        period,
        day,
        kept.computed_at,
        forest.tree(tree),
        added_up(placed, forest.tree(tree)),
        frozenset(placed.estimated),
    )


def _own(kept: Figures) -> tuple[Ints, Ints]:
    """Return each unit once with all it counted, however it was divided at the time."""
    everywhere = unpack_ints(kept.own_units)
    units = np.unique(everywhere)
    values = np.zeros(len(units), dtype=np.int64)
    np.add.at(values, np.searchsorted(units, everywhere), unpack_ints(kept.own_values))
    return units, values

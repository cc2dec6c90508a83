"""From a tally to figures: each value at its place in the tree, then rolled up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from jiceng.measures.engine.counting import Column, Statements
from jiceng.measures.engine.forest import Addresses
from jiceng.measures.engine.legacies import Legacy, Part
from jiceng.measures.engine.trees import Tree
from jiceng.measures.rollup import Ints, Rows, apportion, count_distinct, roll_up, straddling


@dataclass
class Placed:
    """What units count and where: m entries, and what to say about some of them."""

    units: Ints
    rows: Rows
    values: Ints
    things: Ints | None = None  # distinct counts: what is counted, one for each entry
    ended: Counter[int] = field(default_factory=Counter)  # by row: what ended units counted
    estimated: set[int] = field(default_factory=set)  # rows that hold a part of something divided


def place(
    units: Ints, column: Column, addresses: Addresses, tree: Tree, stated: Statements
) -> Placed:
    """Put every value where it counts in `tree`; zeros are left out.

    What a successor took over falls away once it has spoken for itself: see `stated`.
    """
    if column.things is not None:
        return _place_pairs(units, column.things, addresses)
    here = (addresses.rows >= 0) & (column.values != 0)
    placed = Placed(units[here], addresses.rows[here], column.values[here])
    left = [at for at in np.flatnonzero(addresses.rows < 0) if column.values[at]]
    entries = [
        (unit, *entry)
        for unit, value in ((int(units[at]), int(column.values[at])) for at in left)
        if unit in addresses.legacies
        for entry in _handed_on(value, addresses.legacies[unit], column, tree, stated, placed)
    ]
    if entries:
        more, rows, values = np.array(entries, dtype=np.int64).T
        placed.units = np.concatenate([placed.units, more])
        placed.rows = np.concatenate([placed.rows, rows.astype(np.int32)])
        placed.values = np.concatenate([placed.values, values])
    return placed


def _handed_on(
    value: int, legacy: Legacy, column: Column, tree: Tree, stated: Statements, placed: Placed
) -> Iterator[tuple[int, int]]:
    """Yield the row and value of each part of what an ended unit counts."""
    if not column.measure.passes_on:
        if not _speaks_for_itself(legacy.heir, stated):
            placed.ended[legacy.whole_row] += value
            yield legacy.whole_row, value
        return
    amounts = apportion(value, [part.share for part in legacy.parts])
    kept = [
        (part, amount)
        for part, amount in zip(legacy.parts, amounts, strict=True)
        if amount and not _speaks_for_itself(part, stated)
    ]
    placed.estimated |= straddling(
        [part.row for part, _amount in kept],
        tree.parents,
        tree.ends,
        complete=sum(amount for _part, amount in kept) == value,
    )
    for part, amount in kept:
        if part.ended:
            placed.ended[part.row] += amount
        yield part.row, amount


def _speaks_for_itself(part: Part, stated: Statements) -> bool:
    """Say whether a successor has made its own statement since it took over."""
    return any(unit in stated and stated[unit] >= day for unit, day in part.way)


def _place_pairs(units: Ints, things: Ints, addresses: Addresses) -> Placed:
    """Put every pair where it counts. What is counted once is never divided."""
    rows = addresses.rows.copy()
    ended: Counter[int] = Counter()
    for at in np.flatnonzero(rows < 0):
        legacy = addresses.legacies.get(int(units[at]))
        if legacy is not None:
            rows[at] = legacy.whole_row
            ended[legacy.whole_row] += 1
    here = rows >= 0
    ones = np.ones(int(here.sum()), dtype=np.int64)
    return Placed(units[here], rows[here], ones, things[here], ended)


def added_up(placed: Placed, tree: Tree) -> Ints:
    """Return the figure of every unit of `tree`."""
    if placed.things is not None:
        return count_distinct(placed.rows, placed.things, tree.parents, tree.ends)
    own = np.zeros((1, len(tree)), dtype=np.int64)
    np.add.at(own[0], placed.rows, placed.values)
    return roll_up(own, tree.ends)[0]

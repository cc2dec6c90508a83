"""All figures of one source and period, ready to be written."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from jiceng.core.declarations import Measure, Source
from jiceng.measures.engine.adding import Placed, added_up, place
from jiceng.measures.engine.counting import count, statements
from jiceng.measures.engine.forest import Addresses, Forest
from jiceng.measures.engine.legacies import Part
from jiceng.measures.engine.rows import Span
from jiceng.measures.engine.trees import Tree, keep, pack_ints, pack_rows
from jiceng.measures.models import Figures, TreeSnapshot
from jiceng.measures.rollup import Ints


def compute(
    source: Source,
    measures: Sequence[Measure],
    span: Span,
    forest: Forest,
    at: datetime.datetime,
) -> list[Figures]:
    """Count and add up the measures of one source in one period; write nothing but new trees.

    `forest` is that of the span's day.
    """
    trees = {name for measure in measures for name in measure.trees}
    snapshots = {name: keep(forest.tree(name)) for name in sorted(trees)}
    return list(_figures(source, measures, span, forest, snapshots, at))


def _figures(
    source: Source,
    measures: Sequence[Measure],
    span: Span,
    forest: Forest,
    snapshots: dict[str, TreeSnapshot],
    at: datetime.datetime,
) -> Iterator[Figures]:
    for tally in count(source, measures, span):
        addresses = forest.addresses(tally.units)
        heirs = {unit for part in _parts(addresses) for unit, _day in part.way}
        stated = statements(source, [column.measure for column in tally.columns], span, heirs)
        for column, own in zip(tally.columns, stated, strict=True):
            for name in column.measure.trees:
                tree = forest.tree(name)
                placed = place(tally.units, column, addresses[name], tree, own)
                yield Figures(
                    measure=column.measure.code,
                    tree=name,
                    period=str(span.period),
                    day=span.day,
                    snapshot=snapshots[name],
                    computed_at=at,
                    **_packed(placed, added_up(placed, tree), tree),
                )


def _parts(addresses: Mapping[str, Addresses]) -> Iterator[Part]:
    for one in addresses.values():
        for legacy in one.legacies.values():
            yield from legacy.parts


def _packed(placed: Placed, rolled: Ints, tree: Tree) -> dict[str, object]:
    ended = {str(tree.units[row]): value for row, value in sorted(placed.ended.items())}
    return {
        "own_units": pack_ints(placed.units),
        "own_rows": pack_rows(placed.rows),
        "own_values": pack_ints(placed.values),
        "rolled": pack_ints(rolled),
        "estimated": pack_rows(np.array(sorted(placed.estimated), dtype=np.int32)),
        "ended": ended,
    }

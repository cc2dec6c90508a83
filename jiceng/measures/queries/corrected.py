"""What was recorded or corrected after a month was closed: the figure stays, these stand beside it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries import Scope, reach_of
from jiceng.core.declarations import Measure, Source
from jiceng.core.periods import Month
from jiceng.measures.engine.rows import (
    Span,
    begun,
    has_field,
    is_held,
    model_of,
    recorded_rows,
)
from jiceng.measures.engine.rows import within as in_period
from jiceng.measures.engine.trees import Tree, kept
from jiceng.measures.models import Figures
from jiceng.measures.queries.behind import counts_of, visible_units
from jiceng.measures.queries.figures import TREE
from jiceng.measures.refusals import NotComputed
from jiceng.measures.registry import MEASURES, SOURCES
from jiceng.registry import paths
from jiceng.registry.models import Unit

_HEAVY = ("own_units", "own_rows", "own_values", "rolled", "estimated")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrections of one closed figure. `rows` holds what stands now, or was withdrawn, as far
    as the reader may see it.
    """

    measure: Measure
    source: Source
    closed_at: datetime.datetime
    rows: QuerySet
    count: int
    visible: int
    ask: int | None  # the unit whose officers may see all the rest, if one holds them all

    @property
    def hidden(self) -> int:
        return self.count - self.visible


def corrected(
    measure: str, unit: Unit, period: Month, *, scope: Scope, today: datetime.date
) -> Corrected:
    """Return what was corrected of one closed figure. At most nine statements.

    `unit` is as on the last day of the period; the scope is judged by the tree of `today`.

    Raises:
        NotComputed: the figure is not closed.
    """
    closed = (
        Figures.objects.filter(measure=measure, tree=unit.tree, period=str(period))
        .exclude(closed_at=None)
        .select_related("snapshot")
        .defer(*_HEAVY, *TREE)
        .first()
    )
    if closed is None or closed.closed_at is None:
        raise NotComputed(_("%s的数据尚未关账，没有更正可列。") % period)
    declared = MEASURES[measure]
    source = SOURCES[declared.source]
    rows = _told(source, closed.day, closed.closed_at).filter(
        _counted(source, declared, period, closed)
    )
    tree = kept(closed.snapshot.digest)
    everywhere = counts_of(rows, source)
    inside = _inside(set(everywhere), unit, period)
    counts = {one: number for one, number in everywhere.items() if one in inside}
    seen = visible_units(inside, tree, scope, today)
    if len(seen) < len(everywhere):
        rows = rows.filter(**{f"{source.unit_field}__in": sorted(seen)})
    return Corrected(
        declared,
        source,
        closed.closed_at,
        rows.order_by(source.day_field, "pk"),
        count=sum(counts.values()),
        visible=sum(counts[one] for one in seen),
        ask=_ask(counts.keys() - seen, tree),
    )


def corrections_by_measure(unit: Unit, period: Month) -> dict[str, int] | None:
    """Return how many corrections each closed figure of a unit has; None when none is closed.

    One statement for each source, and at most five.
    """
    figures = Figures.objects.filter(tree=unit.tree, period=str(period)).exclude(closed_at=None)
    closed = list(figures.defer(*_HEAVY).order_by("measure"))
    by_source: dict[str, list[Figures]] = defaultdict(list)
    for row in closed:
        if row.measure in MEASURES.entries:
            by_source[MEASURES[row.measure].source].append(row)
    own = [
        line
        for code, rows in by_source.items()
        for line in _own_counts(SOURCES[code], rows, period)
    ]
    inside = _inside({at for at, _measure, _number in own}, unit, period)
    found = {row.measure: 0 for rows in by_source.values() for row in rows}
    for at, measure, number in own:
        if at in inside:
            found[measure] += number
    return found if closed else None


def _own_counts(
    source: Source, closed: list[Figures], period: Month
) -> Iterator[tuple[int, str, int]]:
    """Yield (unit, measure, number) of the rows of one source.

    Grouped by unit and not narrowed to the units below one: few rows are recorded after a closing,
    and the databases would rather walk through all rows of many units.
    """
    first = min(row.closed_at for row in closed if row.closed_at)
    rows = _told(source, closed[0].day, first).annotate(own=F(source.unit_field))
    numbers = {
        f"n{place}": Count(
            "pk", filter=_counted(source, MEASURES[row.measure], period, row), distinct=True
        )
        for place, row in enumerate(closed)
    }
    for line in rows.values("own").annotate(**numbers).values_list("own", *numbers):
        for row, number in zip(closed, line[1:], strict=True):
            if line[0] is not None and number:
                yield line[0], row.measure, number


def old_rows_of(found: Corrected, rows: Iterable[Model]) -> dict[int, Model]:
    """Return, by the number of a row that stands now, the one it took the place of since the
    closing: same subject, same day. One statement.
    """
    source, rows = found.source, list(rows)
    if not has_field(source, "superseded_at") or not rows:
        return {}
    days = {getattr(row, source.day_field) for row in rows}
    units = {_value(row, source.unit_field) for row in rows}
    old = model_of(source)._default_manager.filter(
        recorded_at__lte=found.closed_at,
        superseded_at__gt=found.closed_at,
        **{f"{source.day_field}__in": days, f"{source.unit_field}__in": units},
    )
    by_key = {_key(source, row): row for row in old}
    return {
        row.pk: by_key[_key(source, row)]
        for row in rows
        if _key(source, row) in by_key and by_key[_key(source, row)].pk != row.pk
    }


def _told(source: Source, day: datetime.date, closed_at: datetime.datetime) -> QuerySet:
    """Return the rows that tell a correction once: those recorded since that stand, and those
    withdrawn since that nothing took the place of.
    """
    rows = recorded_rows(source, day)
    if not has_field(source, "superseded_at"):
        return rows.filter(recorded_at__gt=closed_at)
    same = {name: OuterRef(name) for name in (source.day_field, *source.replaced_within)}
    standing = model_of(source)._default_manager.filter(superseded_at=None, **same)
    fresh = Q(recorded_at__gt=closed_at, superseded_at=None)
    withdrawn = Q(recorded_at__lte=closed_at, superseded_at__gt=closed_at) & ~Exists(standing)
    return rows.filter(fresh | withdrawn)


def _counted(source: Source, measure: Measure, period: Month, closed: Figures) -> Q:
    span = Span(period, closed.day)
    held = is_held(source, measure)
    since = Q(recorded_at__gt=closed.closed_at)
    if has_field(source, "superseded_at"):
        since |= Q(superseded_at__gt=closed.closed_at)
    return (begun(source, span) if held else in_period(source, span)) & since & _condition(measure)


def _condition(measure: Measure) -> Q:
    return measure.condition if measure.condition is not None else Q()


def _inside(units: set[int], unit: Unit, period: Month) -> set[int]:
    """Return those that lay at `unit` or below, by the trees of the period's last day."""
    if len(unit.path) <= paths.WIDTH:
        return units
    reach = reach_of(units, period.last)
    place = Scope((unit.path,))
    return {one for one in units if place.covers_any(reach.get(one, []))}


def _ask(hidden: set[int], tree: Tree) -> int | None:
    rows = np.array([row for row in (tree.row_of(unit) for unit in sorted(hidden)) if row >= 0])
    row = tree.meeting_of(rows) if len(rows) else -1
    return int(tree.units[row]) if row >= 0 else None


def _key(source: Source, row: Any) -> tuple[object, ...]:
    names = (source.unit_field, source.day_field, *source.replaced_within)
    return tuple(_value(row, name) for name in names)


def _value(row: Any, name: str) -> object:
    return getattr(row, f"{name}_id", None) or getattr(row, name)

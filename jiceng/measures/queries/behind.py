"""The rows behind a figure, as far as the reader may see them; and what was corrected later."""

import datetime
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries import Scope, reach_of
from jiceng.core.declarations import Measure, Source
from jiceng.core.periods import Month
from jiceng.measures.engine.rows import (
    Span,
    begun,
    counted_rows,
    has_field,
    is_held,
    recorded_rows,
    within,
)
from jiceng.measures.engine.trees import Tree, kept, unpack_ints, unpack_rows
from jiceng.measures.models import Figures
from jiceng.measures.queries.figures import TREE
from jiceng.measures.refusals import NotComputed
from jiceng.measures.registry import MEASURES, SOURCES
from jiceng.measures.rollup import Ints, Rows
from jiceng.registry import paths
from jiceng.registry.models import Unit


@dataclass(frozen=True, slots=True)
class Drill:
    """The rows behind one figure. `rows` holds only those that the reader may see."""

    measure: Measure
    source: Source
    rows: QuerySet
    count: int
    visible: int
    ask: int | None  # the unit whose officers may see all the rest; None when nothing is hidden

    @property
    def hidden(self) -> int:
        return self.count - self.visible


def drill(measure: str, unit: Unit, period: Month, *, scope: Scope, today: datetime.date) -> Drill:
    """Return the rows behind a figure. At most eight statements, whatever the number of rows
    (and one the first time a process meets a tree).

    A closed figure shows the rows as they were known when it was closed. The scope is judged by
    the tree of `today`, whatever period is looked at.

    Raises:
        NotComputed: there is no figure to look behind.
    """
    figures = _figures(measure, unit, period)
    tree = kept(figures.snapshot.digest)
    at = tree.row_of(unit.pk)
    if at < 0:
        raise NotComputed(_("该单位不在当期的统计范围内。"))
    declared = MEASURES[measure]
    source = SOURCES[declared.source]
    units, places = unpack_ints(figures.own_units), unpack_rows(figures.own_rows)
    inside = (places >= at) & (places < tree.ends[at])
    rows = counted_rows(source, declared, Span(period, figures.day, figures.closed_at))
    if not inside.all():
        rows = rows.filter(**{f"{source.unit_field}__in": np.unique(units[inside]).tolist()})
    counts = counts_of(rows, source)
    seen = visible_units(set(counts), tree, scope, today)
    if len(seen) < len(counts):
        rows = rows.filter(**{f"{source.unit_field}__in": sorted(seen)})
    return Drill(
        declared,
        source,
        rows.order_by(source.day_field, "pk"),
        count=sum(counts.values()),
        visible=sum(counts[one] for one in seen),
        ask=_ask(counts.keys() - seen, tree, units[inside], places[inside]),
    )


def _figures(measure: str, unit: Unit, period: Month) -> Figures:
    figures = (
        Figures.objects.filter(measure=measure, tree=unit.tree, period=str(period))
        .select_related("snapshot")
        .defer("rolled", "estimated", *TREE)
        .first()
    )
    if figures is None:
        raise NotComputed(_("%s的数据尚未计算。") % period)
    return figures


def counts_of(rows: QuerySet, source: Source) -> dict[int, int]:
    rows = rows.filter(**{f"{source.unit_field}__isnull": False}).annotate(own=F(source.unit_field))
    return dict(rows.values("own").annotate(n=Count("pk")).values_list("own", "n"))


def visible_units(units: set[int], tree: Tree, scope: Scope, today: datetime.date) -> set[int]:
    """Return the units whose rows the reader may see; whoever sees every root sees all."""
    roots = tree.units[tree.parents < 0].tolist()
    if all(scope.covers(paths.key_of(root)) for root in roots):
        return units
    reach = reach_of(units, today)
    return {unit for unit in units if scope.covers_any(reach.get(unit, []))}


def _ask(hidden: set[int], tree: Tree, units: Ints, places: Rows) -> int | None:
    rows = places[np.isin(units, list(hidden))] if hidden else places[:0]
    row = tree.meeting_of(rows) if len(rows) else -1
    return int(tree.units[row]) if row >= 0 else None


def corrections(measure: str, period: Month) -> QuerySet:
    """Return the rows of a closed figure that were recorded or superseded since it was closed.

    Raises:
        NotComputed: the figure is not closed.
    """
    figures = Figures.objects.filter(measure=measure, period=str(period)).first()
    if figures is None or figures.closed_at is None:
        raise NotComputed(_("%s的数据尚未关账，没有更正可列。") % period)
    declared = MEASURES[measure]
    source = SOURCES[declared.source]
    span = Span(period, figures.day)
    since = Q(recorded_at__gt=figures.closed_at)
    if has_field(source, "superseded_at"):
        since |= Q(superseded_at__gt=figures.closed_at)
    counted = begun(source, span) if is_held(source, declared) else within(source, span)
    rows = recorded_rows(source, figures.day).filter(declared.condition or Q(), counted, since)
    return rows.order_by(source.day_field, "pk")

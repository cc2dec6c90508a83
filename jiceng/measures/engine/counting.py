"""One grouped pass over the rows of a source: what each unit counts of its own."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import BigIntegerField, Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce

from jiceng.core.declarations import Measure, Source
from jiceng.measures.engine.rows import (
    Span,
    counted_rows,
    is_held,
    rows_in_force,
    rows_of_period,
)
from jiceng.measures.rollup import Ints

Statements = Mapping[int, datetime.date]


@dataclass(frozen=True, slots=True)
class Column:
    """What the units of a tally count for one measure."""

    measure: Measure
    values: Ints
    things: Ints | None = None  # distinct counts: what is counted, one for each pair


@dataclass(frozen=True, slots=True)
class Tally:
    """m units and what they count of their own, before anything is added up."""

    units: Ints
    columns: list[Column]


def count(source: Source, measures: Sequence[Measure], span: Span) -> list[Tally]:
    """Count every measure of one source: one statement for what happened, one for what is in
    force, and one for each distinct count.
    """
    added = [measure for measure in measures if measure.kind != "distinct"]
    held = [measure for measure in added if is_held(source, measure)]
    happened = [measure for measure in added if measure not in held]
    tallies = [_pairs(source, one, span) for one in measures if one.kind == "distinct"]
    if happened:
        tallies.append(_summed(source, rows_of_period(source, span), happened))
    if held:
        tallies.append(_summed(source, rows_in_force(source, span), held))
    return tallies


def _summed(source: Source, rows: QuerySet, measures: list[Measure]) -> Tally:
    columns = {f"m{at}": _total(measure) for at, measure in enumerate(measures)}
    units, *counted = _table(rows, source.unit_field, columns).T
    return Tally(units, [Column(*one) for one in zip(measures, counted, strict=True)])


def statements(
    source: Source, measures: Sequence[Measure], span: Span, units: Collection[int]
) -> list[Statements]:
    """Return, for each measure, from which day on each of `units` has last spoken for itself."""
    if not (source.replaced_within and units):
        return [{} for _measure in measures]
    rows = rows_in_force(source, span).filter(**{f"{source.unit_field}__in": units})
    last = {
        f"s{at}": Max(source.day_field, filter=measure.stated or measure.condition or Q())
        for at, measure in enumerate(measures)
    }
    table = list(
        rows.values(source.unit_field).annotate(**last).values_list(source.unit_field, *last)
    )
    return [
        {row[0]: row[1 + at] for row in table if row[1 + at] is not None}
        for at in range(len(measures))
    ]


def _table(rows: QuerySet, unit_field: str, columns: dict[str, Cast]) -> Ints:
    """Return one row for each unit: its number, then the columns. Rows of no unit are left out."""
    rows = rows.filter(**{f"{unit_field}__isnull": False}).annotate(own_unit=F(unit_field))
    found = list(rows.values("own_unit").annotate(**columns).values_list("own_unit", *columns))
    return _in_order(found, 1 + len(columns))


def _total(measure: Measure) -> Cast:
    """Return the aggregate of one measure, as bigint: PostgreSQL's sums would be numeric."""
    condition = measure.condition or Q()
    if measure.value is None:
        return _bigint(Count("pk", filter=condition))
    return _bigint(Coalesce(Sum(measure.value, filter=condition), 0))


def _bigint(expression: Count | Coalesce) -> Cast:
    return Cast(expression, BigIntegerField())


def _pairs(source: Source, measure: Measure, span: Span) -> Tally:
    rows = counted_rows(source, measure, span).filter(**{f"{source.unit_field}__isnull": False})
    found = list(rows.values_list(source.unit_field, measure.distinct_field).distinct())
    units, things = _in_order(found, 2).T
    ones = np.ones(len(found), dtype=np.int64)
    return Tally(units, [Column(measure, ones, things=things)])


def _in_order(found: Sequence[tuple[int, ...]], width: int) -> Ints:
    """Return the rows by unit: a database groups in any order, a recount writes the same bytes."""
    table = np.array(found, dtype=np.int64).reshape(len(found), width)
    return table[np.lexsort((table[:, -1], table[:, 0]))]

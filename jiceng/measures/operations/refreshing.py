"""Counting anew what is marked: repeatable, and safe when two jobs do it at once."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.bulk import numbered
from jiceng.core.declarations import Source
from jiceng.core.periods import Month
from jiceng.measures.engine.computing import compute
from jiceng.measures.engine.forest import Forest
from jiceng.measures.engine.rows import Span
from jiceng.measures.models import Dirty, Figures
from jiceng.measures.operations.marking import mark_months, spell_out
from jiceng.measures.refusals import NotYetBegun
from jiceng.measures.registry import SOURCES, measures_of

_KEY = ["measure", "tree", "period"]
_WRITTEN = [
    "day",
    "snapshot",
    "own_units",
    "own_rows",
    "own_values",
    "rolled",
    "estimated",
    "ended",
    "computed_at",
]


def refresh(at: datetime.datetime, limit: int | None = None) -> int:
    """Count anew up to `limit` marked months of sources, newest first; return how many were done.

    One transaction for each. With nothing marked: five statements.
    """
    spell_out(at)
    return _refresh(Dirty.objects.filter(onwards=False), at, limit)


def refresh_for(sources: Collection[str], months: Sequence[Month], at: datetime.datetime) -> int:
    """Count months of some sources now, whether marked or not.

    Raises:
        NotYetBegun: a month lies in the future.
    """
    today = clock.day_of(at)
    future = [month for month in months if month.first > today]
    if future:
        raise NotYetBegun(_("%s还没有开始，不能计算。") % future[0])
    spell_out(at)
    mark_months(sources, months, at)
    marked = Dirty.objects.filter(source__in=sources, period__in=[str(month) for month in months])
    return _refresh(marked.filter(onwards=False), at, None)


def _refresh(marked: QuerySet[Dirty], at: datetime.datetime, limit: int | None) -> int:
    today = clock.day_of(at)
    begun = marked.filter(period__lte=str(Month.of(today)))
    due = begun.values_list("period", "source").distinct().order_by("-period", "-source")
    done = 0
    for period, group in groupby(due[:limit], lambda one: one[0]):
        sources = [source for _period, source in group]
        marks = _marks_of(begun.filter(period=period, source__in=sources))
        span = Span.until(Month.parse(period), today)
        forest = Forest(span.day)  # read after the marks: what marks later is counted later
        for source in sorted(marks, reverse=True):  # another job may have cleared one meanwhile
            done += _count_anew(SOURCES[source], span, forest, marks[source], at)
    return done


def _marks_of(marked: QuerySet[Dirty]) -> dict[str, list[int]]:
    marks: dict[str, list[int]] = defaultdict(list)
    for source, pk in marked.values_list("source", "pk"):
        marks[source].append(pk)
    return marks


def _count_anew(
    source: Source, span: Span, forest: Forest, marks: list[int], at: datetime.datetime
) -> bool:
    """Count one month of one source, unless another job has done so meanwhile."""
    figures = compute(source, measures_of(source.code), span, forest, at)
    with transaction.atomic():
        cleared, _details = Dirty.objects.filter(pk__in=numbered(marks)).delete()
        if cleared < len(marks):  # ours may be older than what stands: what is left is done again
            transaction.set_rollback(True)
            return False
        closed = set(
            Figures.objects.select_for_update()
            .filter(measure__in={one.measure for one in figures}, period=str(span.period))
            .exclude(closed_at=None)
            .values_list("measure", "tree")
        )
        Figures.objects.bulk_create(
            [one for one in figures if (one.measure, one.tree) not in closed],
            update_conflicts=True,
            unique_fields=_KEY,
            update_fields=_WRITTEN,
        )
    return True

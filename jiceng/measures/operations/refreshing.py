"""Counting anew what is marked: repeatable, and safe when two jobs do it at once."""

import datetime
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.periods import Month
from jiceng.measures.engine.computing import compute
from jiceng.measures.engine.forest import Forest
from jiceng.measures.engine.rows import Span
from jiceng.measures.models import Dirty, Figures
from jiceng.measures.operations.marking import mark
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

    One transaction for each. Also to be called with nothing marked: two statements.
    """
    return _refresh(Dirty.objects.all(), at, limit)


def refresh_for(sources: Collection[str], months: Sequence[Month], at: datetime.datetime) -> int:
    """Count months of some sources now, whether marked or not.

    Raises:
        NotYetBegun: a month lies in the future.
    """
    today = clock.day_of(at)
    future = [month for month in months if month.first > today]
    if future:
        raise NotYetBegun(_("%s还没有开始，不能计算。") % future[0])
    with transaction.atomic():
        mark([(SOURCES[code], month) for code in sources for month in months], at)
    marked = Dirty.objects.filter(source__in=sources, period__in=[str(month) for month in months])
    return _refresh(marked, at, None)


def _refresh(marked: QuerySet[Dirty], at: datetime.datetime, limit: int | None) -> int:
    today = clock.day_of(at)
    begun = marked.filter(period__lte=str(Month.of(today)))
    forests: dict[datetime.date, Forest] = {}
    done = 0
    for dirty in list(begun.order_by("-period", "source")[:limit]):
        span = Span.until(Month.parse(dirty.period), today)
        if span.day not in forests:
            forests = {span.day: Forest(span.day)}  # one month's trees at a time
        done += _count_anew(dirty, span, forests[span.day], at)
    return done


def _count_anew(dirty: Dirty, span: Span, forest: Forest, at: datetime.datetime) -> bool:
    """Count one month of one source, unless it was marked again or done meanwhile."""
    source = SOURCES[dirty.source]
    figures = compute(source, measures_of(source.code), span, forest, at)
    with transaction.atomic():
        mine = Dirty.objects.select_for_update().filter(pk=dirty.pk, mark=dirty.mark)
        if not mine.exists():
            return False
        closed = set(
            Figures.objects.select_for_update()
            .filter(measure__in={one.measure for one in figures}, period=dirty.period)
            .exclude(closed_at=None)
            .values_list("measure", "tree")
        )
        Figures.objects.bulk_create(
            [one for one in figures if (one.measure, one.tree) not in closed],
            update_conflicts=True,
            unique_fields=_KEY,
            update_fields=_WRITTEN,
        )
        mine.delete()
    return True

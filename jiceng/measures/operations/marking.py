"""What must be counted anew: marked by source and month, by whoever changes rows."""

import datetime
import uuid
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet

from jiceng.core import clock
from jiceng.core.declarations import Source
from jiceng.core.periods import Month
from jiceng.measures.engine.rows import is_held
from jiceng.measures.models import Dirty, Figures
from jiceng.measures.registry import SOURCES, measures_of, touched_by

TREES = {"registry.UnitPath", "registry.Seat", "registry.Succession"}
"""Models that say where everything counts: a change there touches every source."""


@transaction.atomic
def mark_dirty(model: str, days: Iterable[datetime.date], at: datetime.datetime) -> None:
    """Mark what must be counted anew because rows of `model` that hold from `days` on changed.

    A row that happened touches the month of its day. One that is in force, and a change of the
    trees, touches every month kept since, and the present one. Future months are counted when
    they begin. Inside the operation that changes the rows; three statements a source; repeatable.

    Args:
        model: "registry.Unit"; may be one that no source reads.
    """
    days = set(days)
    if not days:
        return
    present, first = Month.of(clock.day_of(at)), Month.of(min(days))
    everything = model in TREES
    for source in SOURCES if everything else touched_by(model):
        months = {Month.of(day) for day in days} if _happens(source) and not everything else set()
        if everything or _is_held(source):
            months |= _kept(source, since=first) | {present}
        mark(source, {month for month in months if month <= present}, at)


@transaction.atomic
def mark_outdated(at: datetime.datetime) -> None:
    """Mark what has become outdated by the passing of days alone.

    The month that is running is counted up to a day; the next day it is counted again, and a
    last time when it has ended. Two statements a source.
    """
    today = clock.day_of(at)
    for source in SOURCES:
        kept = _figures_of(source).values_list("period", "day").distinct()
        behind = {
            month
            for month, day in ((Month.parse(period), day) for period, day in kept)
            if day < min(month.last, today)
        }
        if not kept.filter(period=str(Month.of(today))).exists():
            behind.add(Month.of(today))
        mark(source, behind, at)


def _happens(source: Source) -> bool:
    return any(not is_held(source, measure) for measure in measures_of(source.code))


def _is_held(source: Source) -> bool:
    return any(is_held(source, measure) for measure in measures_of(source.code))


def _figures_of(source: Source) -> QuerySet[Figures]:
    codes = [measure.code for measure in measures_of(source.code)]
    return Figures.objects.filter(measure__in=codes, closed_at=None)


def _kept(source: Source, since: Month) -> set[Month]:
    periods = _figures_of(source).filter(period__gte=str(since)).values_list("period", flat=True)
    return {Month.parse(period) for period in periods.distinct()}


def mark(source: Source, months: Collection[Month], at: datetime.datetime) -> None:
    """Mark months of one source outright. One statement, inside the caller's transaction."""
    Dirty.objects.bulk_create(
        [
            Dirty(source=source.code, period=str(month), marked_at=at, mark=uuid.uuid4())
            for month in sorted(months)
        ],
        update_conflicts=True,
        unique_fields=["source", "period"],
        update_fields=["marked_at", "mark"],
    )

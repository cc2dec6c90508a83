"""What must be counted anew: marked by source and month, by whoever changes rows."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction

from jiceng.core import clock
from jiceng.core.declarations import Source
from jiceng.core.periods import Month
from jiceng.measures.engine.rows import is_held
from jiceng.measures.models import Dirty, Figures
from jiceng.measures.registry import SOURCES, measures_of, touched_by

TREES = {"registry.UnitPath", "registry.Seat", "registry.Succession"}
"""Models that say where everything counts: a change there touches every source."""


@transaction.atomic
def mark_dirty(
    models: Collection[str], days: Collection[datetime.date], at: datetime.datetime
) -> None:
    """Mark what must be counted anew because rows of `models` that hold from `days` on changed.

    A row that happened touches the month of its day. One that is in force, and a change of the
    trees, touches every month kept since, and the present one. Future months are counted when
    they begin. Inside the operation that changes the rows; two statements; repeatable.

    Args:
        models: "registry.Unit"; may be some that no source reads.
        days: none when they are not known: then every month kept is marked.
    """
    touched = {source for model in models for source in touched_by(model)}
    sources = set(SOURCES) if TREES & set(models) else touched
    if not sources:
        return
    present = Month.of(clock.day_of(at))
    first = Month.of(min(days)) if days else Month.of(datetime.date.min)
    marks = set()
    for source, kept in _kept(sources).items():
        months = {present}
        if source in touched and _happens(source):
            months |= {Month.of(day) for day in days}
        if source not in touched or _is_held(source) or not days:
            months |= {month for month in kept if month >= first}
        marks |= {(source, month) for month in months if month <= present}
    mark(marks, at)


@transaction.atomic
def mark_outdated(at: datetime.datetime) -> None:
    """Mark what has become outdated by the passing of days alone. Two statements.

    The month that is running is counted up to a day; the next day it is counted again, and a
    last time when it has ended.
    """
    today = clock.day_of(at)
    present = Month.of(today)
    marks = []
    for source, kept in _kept(list(SOURCES)).items():
        behind = {month for month, day in kept.items() if day < min(month.last, today)}
        marks += [(source, month) for month in behind | ({present} - kept.keys())]
    mark(marks, at)


def mark(marks: Collection[tuple[Source, Month]], at: datetime.datetime) -> None:
    """Mark months of sources outright. One statement, inside the caller's transaction."""
    Dirty.objects.bulk_create(
        [
            Dirty(source=source.code, period=str(month), marked_at=at, mark=uuid.uuid4())
            for source, month in sorted(marks, key=lambda one: (one[0].code, one[1]))
        ],
        update_conflicts=True,
        unique_fields=["source", "period"],
        update_fields=["marked_at", "mark"],
    )


def _happens(source: Source) -> bool:
    return any(not is_held(source, measure) for measure in measures_of(source.code))


def _is_held(source: Source) -> bool:
    return any(is_held(source, measure) for measure in measures_of(source.code))


def _kept(sources: Collection[Source]) -> dict[Source, dict[Month, datetime.date]]:
    """Return, for each source, the open months it has figures of, and as of which day."""
    found: dict[Source, dict[Month, datetime.date]] = {source: {} for source in sources}
    owners = {one.code: source for source in sources for one in measures_of(source.code)}
    rows = Figures.objects.filter(measure__in=owners, closed_at=None)
    for code, period, day in rows.values_list("measure", "period", "day").distinct():
        kept = found[owners[code]]
        month = Month.parse(period)
        kept[month] = min(day, kept.get(month, day))
    return found

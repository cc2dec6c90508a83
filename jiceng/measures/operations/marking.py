"""What must be counted anew: marked by source and month, by whoever changes rows."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction

from jiceng.core import clock
from jiceng.core.declarations import Source
from jiceng.core.periods import Month
from jiceng.measures.engine.rows import is_held
from jiceng.measures.models import Dirty, Figures
from jiceng.measures.registry import SOURCES, measures_of, touched_by

TREES = {"registry.UnitPath", "registry.Seat", "registry.Succession"}
"""Models that say where everything counts: a change there touches every source."""

Mark = tuple[str, Month, bool]  # source, month, whether all since are meant


@transaction.atomic
def mark_dirty(
    models: Collection[str], days: Collection[datetime.date], at: datetime.datetime
) -> None:
    """Mark what must be counted anew because rows of `models` that hold from `days` on changed.

    A row that happened touches the month of its day. One that is in force, and a change of the
    trees, touches every month kept since, and the present one. Inside the operation that changes
    the rows; one statement, which waits for nobody; repeatable.

    Args:
        models: "registry.Unit"; may be some that no source reads.
        days: none when they are not known: then every month kept is marked.
    """
    touched = {source for model in models for source in touched_by(model)}
    first = Month.of(min(days, default=datetime.date.min))
    marks = set()
    for source in set(SOURCES) if TREES & set(models) else touched:
        if source in touched and _happens(source):
            marks |= {(source.code, Month.of(day), False) for day in days}
        if source not in touched or _is_held(source) or not days:
            marks.add((source.code, first, True))
    _insert(marks, at)


@transaction.atomic
def mark_outdated(at: datetime.datetime) -> None:
    """Mark what has become outdated by the passing of days alone. Three statements.

    The month that is running is counted up to a day; the next day it is counted again, and a
    last time when it has ended.
    """
    today = clock.day_of(at)
    present = Month.of(today)
    known = set(Dirty.objects.values_list("source", "period"))
    marks = set()
    for source, kept in _kept(SOURCES).items():
        behind = {month for month, day in kept.items() if day < min(month.last, today)}
        marks |= {(source.code, month, False) for month in behind | ({present} - kept.keys())}
    _insert({mark for mark in marks if (mark[0], str(mark[1])) not in known}, at)


@transaction.atomic
def mark_months(sources: Collection[str], months: Collection[Month], at: datetime.datetime) -> None:
    """Mark months of sources outright. One statement."""
    _insert({(source, month, False) for source in sources for month in months}, at)


@transaction.atomic
def spell_out(at: datetime.datetime) -> None:
    """Put the months meant in the place of marks that say "since". Four statements.

    Months that have not begun are left out: they are counted when they begin. Marked ones are
    marked again: another job may be counting them for the first time, from what it read before.
    """
    present = Month.of(clock.day_of(at))
    since = list(Dirty.objects.filter(onwards=True))
    marked = _marked(
        mark.source for mark in since
    )  # before what is kept: a month is in one of them
    kept = _kept([SOURCES[code] for code in {mark.source for mark in since}])
    months = {
        (mark.source, month, False)
        for mark in since
        for month in {*kept[SOURCES[mark.source]], *marked[mark.source], present}
        if Month.parse(mark.period) <= month <= present or month == present
    }
    _insert(months, at)
    Dirty.objects.filter(pk__in=[mark.pk for mark in since]).delete()


def _marked(sources: Iterable[str]) -> dict[str, set[Month]]:
    """Return, for each source, the months that wait to be counted, or are being counted."""
    found: dict[str, set[Month]] = {source: set() for source in sources}
    marks = Dirty.objects.filter(onwards=False, source__in=found)
    for source, period in marks.values_list("source", "period").distinct():
        found[source].add(Month.parse(period))
    return found


def _insert(marks: Collection[Mark], at: datetime.datetime) -> None:
    Dirty.objects.bulk_create(
        Dirty(source=source, period=str(month), onwards=onwards, marked_at=at)
        for source, month, onwards in sorted(marks)
    )


def _happens(source: Source) -> bool:
    return any(not is_held(source, measure) for measure in measures_of(source.code))


def _is_held(source: Source) -> bool:
    return any(is_held(source, measure) for measure in measures_of(source.code))


def _kept(sources: Iterable[Source]) -> dict[Source, dict[Month, datetime.date]]:
    """Return, for each source, the open months it has figures of, and as of which day."""
    found: dict[Source, dict[Month, datetime.date]] = {source: {} for source in sources}
    owners = {one.code: source for source in found for one in measures_of(source.code)}
    rows = Figures.objects.filter(measure__in=owners, closed_at=None)
    for code, period, day in rows.values_list("measure", "period", "day").distinct():
        kept = found[owners[code]]
        month = Month.parse(period)
        kept[month] = min(day, kept.get(month, day))
    return found

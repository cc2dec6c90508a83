"""The rows that a source counts: standing, finished, of a period or in force on a day."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from jiceng.core.declarations import Measure, Source
from jiceng.core.periods import DAY, Month
from jiceng.registry.queries import shown


@dataclass(frozen=True, slots=True)
class Span:
    """A period as far as it is counted: from its first day to `day`, both included."""

    period: Month
    day: datetime.date
    known_at: datetime.datetime | None = None  # leave out what was recorded or corrected later

    @classmethod
    def until(cls, period: Month, today: datetime.date) -> "Span":
        """Return the whole period, or what has passed of it by `today`."""
        return cls(period, min(period.last, today))


def model_of(source: Source) -> type[Model]:
    return apps.get_model(source.model)


def has_field(source: Source, name: str) -> bool:
    return any(field.name == name for field in model_of(source)._meta.concrete_fields)


def recorded_rows(source: Source, day: datetime.date) -> QuerySet:
    """Return every row of a source, corrected ones too, with what conditions may name."""
    rows = model_of(source)._default_manager.order_by()
    if source.as_of is not None:
        rows = rows.alias(**source.as_of(day))
    return shown(rows) if has_field(source, "batch") else rows


def standing_rows(
    source: Source, day: datetime.date, known_at: datetime.datetime | None = None
) -> QuerySet:
    """Leave out what a correction has superseded: by now, or as far as it was known at a moment."""
    rows = recorded_rows(source, day)
    if known_at is not None and has_field(source, "recorded_at"):
        rows = rows.filter(recorded_at__lte=known_at)
    if not has_field(source, "superseded_at"):
        return rows
    if known_at is None:
        return rows.filter(superseded_at=None)
    return rows.filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))


def is_held(source: Source, measure: Measure) -> bool:
    """Say whether a measure counts rows in force on a day, not those of a period."""
    return measure.kind != "flow" and bool(source.end_field or source.replaced_within)


def rows_of_period(source: Source, span: Span) -> QuerySet:
    """Return the standing rows whose day lies in the period."""
    return standing_rows(source, span.day, span.known_at).filter(within(source, span))


def within(source: Source, span: Span) -> Q:
    field = source.day_field
    return Q(**{f"{field}__gte": span.period.first, f"{field}__lt": span.day + DAY})


def rows_in_force(source: Source, span: Span) -> QuerySet:
    """Return the standing rows in force on the span's day."""
    rows = standing_rows(source, span.day, span.known_at).filter(begun(source, span))
    if source.replaced_within:
        rows = rows.filter(~Exists(_later(source, span)))
    return rows


def begun(source: Source, span: Span) -> Q:
    """Return the condition that a row has begun by the span's day and not ended."""
    condition = Q(**{f"{source.day_field}__lte": span.day})
    if source.end_field:
        condition &= Q(**{f"{source.end_field}__gt": span.day})
    return condition


def _later(source: Source, span: Span) -> QuerySet:
    same = {name: OuterRef(name) for name in source.replaced_within}
    after = {f"{source.day_field}__gt": OuterRef(source.day_field)}
    rows = standing_rows(source, span.day, span.known_at).filter(begun(source, span))
    return rows.filter(**same, **after)


def counted_rows(source: Source, measure: Measure, span: Span) -> QuerySet:
    """Return the rows that a measure counts in a period."""
    held = is_held(source, measure)
    rows = rows_in_force(source, span) if held else rows_of_period(source, span)
    return rows.filter(measure.condition or Q())

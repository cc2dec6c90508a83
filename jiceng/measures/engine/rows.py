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


def standing_rows(source: Source, day: datetime.date) -> QuerySet:
    """Leave out what a correction has superseded."""
    rows = recorded_rows(source, day)
    return rows.filter(superseded_at=None) if has_field(source, "superseded_at") else rows


def is_held(source: Source, measure: Measure) -> bool:
    """Say whether a measure counts rows in force on a day, not those of a period."""
    return measure.kind != "flow" and bool(source.end_field or source.replaced_within)


def rows_of_period(source: Source, span: Span) -> QuerySet:
    """Return the standing rows whose day lies in the period."""
    within = {
        f"{source.day_field}__gte": span.period.first,
        f"{source.day_field}__lt": span.day + DAY,
    }
    return standing_rows(source, span.day).filter(**within)


def rows_in_force(source: Source, day: datetime.date) -> QuerySet:
    """Return the standing rows in force on `day`."""
    rows = standing_rows(source, day).filter(**{f"{source.day_field}__lte": day})
    if source.end_field:
        rows = rows.filter(**{f"{source.end_field}__gt": day})
    if source.replaced_within:
        rows = rows.filter(~Exists(_later(source, day)))
    return rows


def _later(source: Source, day: datetime.date) -> QuerySet:
    same = {name: OuterRef(name) for name in source.replaced_within}
    after = {
        f"{source.day_field}__gt": OuterRef(source.day_field),
        f"{source.day_field}__lte": day,
    }
    return standing_rows(source, day).filter(**same, **after)


def counted_rows(source: Source, measure: Measure, span: Span) -> QuerySet:
    """Return the rows that a measure counts in a period."""
    held = is_held(source, measure)
    rows = rows_in_force(source, span.day) if held else rows_of_period(source, span)
    return rows.filter(measure.condition or Q())

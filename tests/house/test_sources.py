"""What is counted is never edited: every counted row carries its day and when it was recorded."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from tests.house.sources import declared

SOURCES = declared("measures", "SOURCES")


def _last_field(model, lookup):
    """Return the field that a lookup like `belt__programme` ends at."""
    field = None
    for name in lookup.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    return field


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.code)
def test_a_counted_source_has_its_day(source):
    days = [name for name in (source.day_field, source.end_field) if name]
    fields = [_last_field(apps.get_model(source.model), name) for name in days]

    assert fields
    assert all(isinstance(field, models.DateField) for field in fields)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.code)
def test_a_counted_source_says_when_it_was_recorded(source):
    try:
        field = apps.get_model(source.model)._meta.get_field("recorded_at")
    except FieldDoesNotExist:
        field = None

    assert isinstance(field, models.DateTimeField)


def test_something_is_counted():
    assert SOURCES

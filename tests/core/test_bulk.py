import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiceng.core.bulk import numbered, renew_as_they_grow
from jiceng.registry.models import Unit

pytestmark = pytest.mark.django_db


def test_hands_over_many_numbers_as_one_parameter(county):
    wanted = [county.upper, county.town, *range(10**9, 10**9 + 50_000)]

    found = Unit.objects.filter(pk__in=numbered(wanted))

    assert set(found.values_list("pk", flat=True)) == {county.upper, county.town}
    assert not Unit.objects.filter(pk__in=numbered([])).exists()


def test_renews_statistics_each_time_the_rows_are_four_times_as_many():
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for done in range(0, 100_000, 500):
            renew_as_they_grow([Unit], done, done + 500)

    renewed = [query["sql"] for query in asked if query["sql"].startswith("ANALYZE")]
    assert (
        renewed == {"postgresql": ['ANALYZE "registry_unit"'] * 5, "sqlite": []}[connection.vendor]
    )


def test_renews_nothing_where_nothing_was_written():
    with CaptureQueriesContext(connection) as asked:
        renew_as_they_grow([], 0, 100_000)

    assert not asked.captured_queries

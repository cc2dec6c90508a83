"""The rows behind a figure: as many as it says, and only those the reader may see."""

import datetime

import pytest

from jiceng.access.queries import Scope
from jiceng.access.queries.scopes import scope_around
from jiceng.measures.queries import drill, figure, figures_of_children, series
from jiceng.measures.refusals import NotComputed
from jiceng.registry.models import TwoNewOrg, Unit
from tests.measures.acts import DECEMBER, EVENING, JUNE, count

FIRMS = "registry.two_new.private_enterprise"
TODAY = EVENING.date()
MERGED_ON = datetime.date(2017, 9, 1)


@pytest.fixture
def firms(register, county):
    """Three firms: two in the upper village, which is merged into the middle one; one in town."""

    def firm(name, division):
        return TwoNewOrg.objects.create(
            number=name,
            name=name,
            kind=TwoNewOrg.Kind.PRIVATE_ENTERPRISE,
            division_id=division,
            valid_from=county.start,
            recorded_at=EVENING,
        )

    found = [
        firm("一厂", county.upper),
        firm("二厂", county.upper),
        firm("三厂", county.subdistrict),
    ]
    register.succeed(county.upper, {county.middle: 1}, MERGED_ON)
    count("registry.TwoNewOrg")
    return found


@pytest.fixture
def units(county):
    return {unit.pk: unit for unit in Unit.objects.all()}


def names(rows):
    return [row.name for row in rows]


@pytest.mark.parametrize("month", [JUNE, DECEMBER])
def test_as_many_rows_stand_behind_a_figure_as_it_says(county, firms, units, month):
    everything = scope_around([county.city], TODAY)

    for unit in units.values():
        shown = figure(FIRMS, unit, month)
        if shown.value is not None:
            behind = drill(FIRMS, unit, month, scope=everything, today=TODAY)
            assert (behind.count, behind.visible, behind.hidden) == (shown.value, shown.value, 0)
            assert behind.rows.count() == shown.value
            assert behind.ask is None


def test_rows_of_an_ended_village_stand_behind_its_successor(county, firms, units):
    behind = drill(
        FIRMS, units[county.middle], DECEMBER, scope=scope_around([county.town], TODAY), today=TODAY
    )

    assert names(behind.rows) == ["一厂", "二厂"]


def test_a_reader_of_one_town_sees_its_rows_and_whom_to_ask_for_the_rest(county, firms, units):
    of_town = scope_around([county.town], TODAY)

    behind = drill(FIRMS, units[county.county], DECEMBER, scope=of_town, today=TODAY)

    assert names(behind.rows) == ["一厂", "二厂"]
    assert (behind.count, behind.visible, behind.hidden) == (3, 2, 1)
    assert behind.ask == county.subdistrict


def test_the_scope_is_that_of_today_also_for_old_months(county, firms, units):
    """In June the firms stood in the upper village; its rights went to the middle one."""
    of_middle = scope_around([county.middle], TODAY)

    behind = drill(FIRMS, units[county.town], JUNE, scope=of_middle, today=TODAY)

    assert names(behind.rows) == ["一厂", "二厂"]


def test_who_may_see_nothing_is_told_how_many_there_are(county, firms, units):
    behind = drill(FIRMS, units[county.county], DECEMBER, scope=Scope(()), today=TODAY)

    assert (behind.count, behind.visible, names(behind.rows)) == (3, 0, [])
    assert behind.ask == county.county


def test_there_is_nothing_behind_a_figure_that_is_not_computed(county, units):
    with pytest.raises(NotComputed):
        drill(FIRMS, units[county.county], DECEMBER, scope=Scope(()), today=TODAY)


def test_a_table_of_children_and_a_series_cost_one_statement_each(
    county, firms, units, django_assert_num_queries
):
    figure(FIRMS, units[county.county], JUNE)  # the process has met the trees
    figure(FIRMS, units[county.county], DECEMBER)

    with django_assert_num_queries(1):
        table = figures_of_children([FIRMS, f"{FIRMS}.own"], units[county.county], DECEMBER)
    with django_assert_num_queries(1):
        line = series(FIRMS, units[county.middle], [JUNE, DECEMBER])

    assert {unit: row[FIRMS].value for unit, row in table.items()} == {
        county.town: 2,
        county.subdistrict: 1,
    }
    assert [one.value for one in line] == [0, 2]


def test_a_drill_costs_the_same_however_many_rows(
    county, firms, units, django_assert_max_num_queries
):
    of_town = scope_around([county.town], TODAY)

    with django_assert_max_num_queries(9):
        drill(FIRMS, units[county.county], DECEMBER, scope=of_town, today=TODAY)

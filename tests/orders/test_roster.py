"""Who answers at which hour, and whom to telephone where nobody does."""

import datetime
import uuid

import pytest
from django.utils import timezone

from jiceng.orders.hours import shift_around
from jiceng.orders.operations.duty import (
    NeedsPhone,
    NoHours,
    ShiftRow,
    declare_shifts,
    end_shift,
)
from jiceng.orders.operations.hanging import NoSuchRow
from jiceng.orders.queries.roster import HOTLINE, on_duty, roster_of
from jiceng.registry.operations import PremisesRow, end_posts, open_premises
from jiceng.registry.queries import unit_on
from tests.conftest import NOON, START
from tests.orders.grid_stage import SYSTEM, TODAY

NIGHT = {"from_minute": 22 * 60, "to_minute": 6 * 60}
THURSDAY = datetime.datetime(2017, 6, 1, tzinfo=timezone.get_default_timezone())


def shift(village, **said):
    whole = {
        "unit": village.town,
        "post": village.town_post,
        "phone": "0577-110",
        "valid_from": START,
    }
    return ShiftRow(**whole | {"from_minute": 8 * 60, "to_minute": 18 * 60} | said)


def at(hours):
    return THURSDAY + datetime.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("hours", "held"), [(21.9, False), (22, True), (29.9, True), (30, False), (5, False)]
)
def test_a_night_shift_goes_on_into_the_next_day(hours, held):
    assert (shift_around(at(hours), 0b0001000, 22 * 60, 6 * 60) is not None) is held


def test_a_whole_day_ends_where_the_next_begins():
    begins, ends = shift_around(at(3), 0b1111111, 8 * 60, 8 * 60)

    assert (begins, ends) == (at(-16), at(8))


def test_says_who_is_on_duty_and_until_when(grid_village, django_assert_num_queries):
    declare_shifts([shift(grid_village), shift(grid_village, phone="0577-112", **NIGHT)], **SYSTEM)
    town = unit_on(grid_village.town, TODAY)

    with django_assert_num_queries(2):
        by_day = on_duty(town, at(12))
    by_night = on_duty(town, at(23))

    assert [(one.name, one.phone, one.until) for one in by_day.on_duty] == [
        ("王镇", "0577-110", at(18))
    ]
    assert by_night.phone == "0577-112"
    assert by_night.on_duty[0].until == at(30)


def test_tells_whom_to_telephone_between_shifts(grid_village):
    declare_shifts([shift(grid_village)], **SYSTEM)

    answering = on_duty(unit_on(grid_village.town, TODAY), at(20))

    assert (answering.on_duty, answering.has_roster) == ((), True)
    assert (answering.phone, answering.whose) == ("0577-1000000", "乡镇（街道）组织干部")


def test_without_a_roster_the_number_of_those_above_is_told(grid_village):
    declare_shifts([shift(grid_village)], **SYSTEM)

    answering = on_duty(unit_on(grid_village.upper, TODAY), at(12))

    assert (answering.on_duty, answering.has_roster) == ((), False)
    assert (answering.phone, answering.whose) == ("0577-110", "东镇")


def test_the_nearest_office_is_told_where_nobody_is_on_duty(grid_village):
    row = PremisesRow(
        unit=grid_village.upper,
        kind="service_centre",
        name="上村党群服务中心",
        valid_from=START,
        office_phone="0577-3000000",
    )
    open_premises([row], **SYSTEM)

    assert on_duty(unit_on(grid_village.upper, TODAY), at(3)).phone == "0577-3000000"


def test_the_hotline_is_the_last_resort(county):
    assert on_duty(unit_on(county.city, TODAY), NOON).phone == HOTLINE


def test_a_post_that_has_ended_answers_for_nothing(grid_village):
    declare_shifts([shift(grid_village)], **SYSTEM)
    end_posts([grid_village.town_post], day=TODAY, **SYSTEM)

    assert on_duty(unit_on(grid_village.town, TODAY), at(12)).on_duty == ()


def test_a_shift_is_taken_off_the_roster(grid_village, clerk):
    (kept,) = declare_shifts([shift(grid_village)], **SYSTEM)

    end_shift(kept.pk, day=TODAY, by=clerk, at=NOON, key=uuid.uuid4())

    assert roster_of(grid_village.town, TODAY) == []


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"phone": " "}, NeedsPhone),
        ({"weekdays": 0}, NoHours),
        ({"to_minute": 1440}, NoHours),
        ({"post": 999_999}, NoSuchRow),
    ],
)
def test_refuses_a_shift_that_says_nothing(grid_village, said, refusal):
    with pytest.raises(refusal):
        declare_shifts([shift(grid_village, **said)], **SYSTEM)

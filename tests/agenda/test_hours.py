"""When messages may go out: by day, on working days, and at the times of the file."""

import datetime

import pytest
from django.utils import timezone

from jiceng.agenda import hours


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2017-06-01 07:59:59", True),  # a Thursday
        ("2017-06-01 08:00", False),
        ("2017-06-01 19:59:59", False),
        ("2017-06-01 20:00", True),
        ("2017-06-02 00:00", True),
        ("2017-06-03 10:00", True),  # a Saturday
        ("2017-06-04 10:00", True),
        ("2017-09-30 10:00", False),  # a Saturday that is worked for the National Day
        ("2017-09-30 20:00", True),
        ("2017-10-02 10:00", True),  # a Monday of that holiday
        ("2017-10-09 08:00", False),
    ],
)
def test_is_quiet_at_night_and_on_days_off(moment, quiet):
    assert hours.is_quiet(at(moment)) is quiet
    assert hours.is_quiet(at(moment).astimezone(datetime.UTC)) is quiet


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        ("2017-06-01 08:00", "2017-06-01 08:00"),
        ("2017-06-01 13:59", "2017-06-01 08:00"),
        ("2017-06-01 14:00", "2017-06-01 14:00"),
        ("2017-06-01 19:59", "2017-06-01 14:00"),
        ("2017-06-01 21:00", None),
        ("2017-10-02 09:00", None),
    ],
)
def test_a_digest_is_due_from_its_time_on_until_the_quiet(moment, slot):
    assert hours.slot_at(at(moment)) == (at(slot) if slot else None)


@pytest.mark.parametrize(
    ("slot", "after"),
    [
        ("2017-06-01 08:00", "2017-06-01 14:00"),
        ("2017-06-02 14:00", "2017-06-05 08:00"),  # over a weekend
        ("2017-09-29 14:00", "2017-09-30 08:00"),  # a Saturday that is worked
        ("2017-09-30 14:00", "2017-10-09 08:00"),  # over eight days of holiday
    ],
)
def test_the_next_digest_waits_for_the_next_working_day(slot, after):
    assert hours.slot_after(at(slot)) == at(after)

"""Limits, minimum periods and leads: by the civil code, over real holidays."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.core.clocks import lead_latest, limit, minimum_ends
from jiceng.core.workdays import Deadline, is_workday

D = datetime.date.fromisoformat
DAY = datetime.timedelta(days=1)
known = st.dates(D("2025-01-01"), D("2026-06-30"))
counts = st.integers(0, 60)


@pytest.mark.parametrize(
    ("start", "count", "unit", "last", "why"),
    [
        ("2026-03-02", 15, "day", "2026-03-17", "the first day is not counted"),
        ("2026-03-02", 0, "day", "2026-03-02", "the same day"),
        ("2026-03-02", 5, "day", "2026-03-09", "the last day is a Saturday: Monday"),
        ("2026-02-09", 5, "day", "2026-02-14", "a Saturday that is worked stays"),
        ("2026-02-10", 5, "day", "2026-02-24", "past the whole Spring Festival"),
        ("2026-09-22", 5, "day", "2026-09-28", "past the Mid-Autumn holiday"),
        ("2025-10-03", 5, "day", "2025-10-09", "past the eight days of October 2025"),
        ("2025-09-23", 5, "day", "2025-09-28", "a Sunday that is worked stays"),
        ("2025-12-27", 5, "day", "2026-01-04", "over the new year, to the Sunday worked for it"),
        ("2026-02-12", 5, "workday", "2026-02-26", "working days step over the festival"),
        ("2026-02-13", 1, "workday", "2026-02-14", "a make-up Saturday counts"),
        ("2026-01-31", 1, "month", "2026-02-28", "no 31st: the last of the month, which is worked"),
        ("2026-01-30", 1, "month", "2026-02-28", "no 30th either"),
        ("2025-12-15", 2, "month", "2026-02-24", "the day of the same number, past the festival"),
        ("2025-02-28", 1, "year", "2026-02-28", "a year, to the day of the same number"),
        ("2025-03-01", 1, "year", "2026-03-02", "a Sunday: Monday"),
    ],
)
def test_a_limit_moves_past_a_holiday_and_never_ends_on_one(start, count, unit, last, why):
    assert limit(D(start), count, unit) == Deadline(D(last), provisional=False), why


@pytest.mark.parametrize(
    ("start", "count", "unit", "first_after"),
    [
        ("2026-03-02", 15, "day", "2026-03-18"),  # fifteen full days: the 3rd to the 17th
        ("2026-03-02", 3, "day", "2026-03-06"),
        ("2026-02-10", 5, "day", "2026-02-16"),  # ends in the Spring Festival, and stays there
        ("2026-03-02", 0, "day", "2026-03-03"),
        ("2024-02-29", 1, "year", "2025-03-01"),
        ("2026-01-31", 1, "month", "2026-03-01"),
        ("2026-02-13", 5, "workday", "2026-02-28"),  # the 14th, 24th, 25th, 26th, 27th
    ],
)
def test_a_minimum_is_of_full_days_and_does_not_move(start, count, unit, first_after):
    assert minimum_ends(D(start), count, unit).day == D(first_after)


@pytest.mark.parametrize(
    ("event", "count", "unit", "latest"),
    [
        ("2026-03-20", 10, "day", "2026-03-10"),
        ("2026-03-20", 3, "day", "2026-03-17"),
        ("2026-02-25", 3, "workday", "2026-02-13"),  # the 24th, the 14th (worked), the 13th
        ("2026-03-31", 1, "month", "2026-02-28"),
        ("2024-02-29", 1, "year", "2023-02-28"),
    ],
)
def test_a_lead_is_counted_back_from_the_event(event, count, unit, latest):
    assert lead_latest(D(event), count, unit).day == D(latest)


def test_a_year_without_its_notice_marks_only_what_depends_on_it():
    assert limit(D("2026-12-20"), 10, "day") == Deadline(D("2026-12-30"), provisional=False)
    assert limit(D("2026-12-27"), 10, "day") == Deadline(D("2027-01-06"), provisional=True)
    assert limit(D("2026-03-02"), 1, "year").provisional
    assert limit(D("2026-12-28"), 5, "workday").provisional
    assert minimum_ends(D("2026-12-28"), 5, "workday").provisional
    assert lead_latest(D("2027-01-05"), 5, "workday").provisional
    assert not minimum_ends(D("2026-12-28"), 15).provisional  # days are days
    assert not lead_latest(D("2027-01-05"), 10).provisional


@pytest.mark.parametrize(("count", "unit"), [(-1, "day"), (3, "hour"), (3, "days")])
def test_refuses_what_is_no_period(count, unit):
    for clock in (limit, minimum_ends, lead_latest):
        with pytest.raises(ValueError, match="no period"):
            clock(D("2026-03-02"), count, unit)


@given(known, counts)
def test_a_limit_ends_on_the_first_worked_day_from_the_count_on(start, count):
    last = limit(start, count, "day").day
    counted = start + count * DAY
    assert is_workday(last)
    assert last >= counted
    assert not any(is_workday(counted + n * DAY) for n in range((last - counted).days))


@given(known, counts)
def test_a_minimum_holds_exactly_so_many_days_between(start, count):
    first_after = minimum_ends(start, count).day
    assert (first_after - start).days - 1 == count


@given(known, counts)
def test_notice_on_the_latest_day_is_in_time_and_a_day_later_is_not(event, count):
    latest = lead_latest(event, count, "workday").day
    assert sum(is_workday(latest + n * DAY) for n in range((event - latest).days)) == count
    later = latest + DAY
    if count:
        assert sum(is_workday(later + n * DAY) for n in range((event - later).days)) < count

"""Working days by the yearly notices."""

import datetime

import pytest

from jiceng.core.workdays import after_workdays, is_known, is_workday

D = datetime.date.fromisoformat
YEARS = (2017, 2018, 2025, 2026)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-02-13", True),  # an ordinary Friday
        ("2026-02-14", True),  # a Saturday worked for the Spring Festival
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-03-01", False),  # an ordinary Sunday
        ("2017-10-08", False),
        ("2017-09-30", True),
    ],
)
def test_knows_holidays_and_the_weekends_worked_for_them(day, worked):
    assert is_workday(D(day)) is worked


def test_a_limit_steps_over_a_holiday_and_does_not_count_its_first_day():
    assert after_workdays(D("2026-02-12"), 5).day == D("2026-02-26")
    assert after_workdays(D("2026-02-16"), 1).day == D("2026-02-24")
    assert after_workdays(D("2026-03-02"), 0).day == D("2026-03-02")


def test_a_year_without_its_notice_gives_a_provisional_day():
    assert not after_workdays(D("2026-12-21"), 5).provisional
    beyond = after_workdays(D("2026-12-30"), 5)
    assert (beyond.day, beyond.provisional) == (D("2027-01-06"), True)


@pytest.mark.parametrize("year", YEARS)
def test_what_is_given_off_and_worked_is_plausible(year):
    assert is_known(year)
    days = [D(f"{year}-01-01") + datetime.timedelta(days=n) for n in range(365)]
    worked = sum(map(is_workday, days))
    assert 245 <= worked <= 252
    assert not any(is_workday(D(f"{year}-{day}")) for day in ("01-01", "05-01", "10-01", "10-03"))

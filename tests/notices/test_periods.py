"""How the days of a notice are counted: full days, boards that come down early, holidays."""

import datetime

import pytest

from jiceng.notices.spans import Counted, Posted, counting, span_of
from jiceng.rules.values import Period

D = datetime.date.fromisoformat


def counted(days, nature="minimum", board=5, unit="day"):
    return Counted(Period(days, unit, nature), Period(board, "day", "minimum"))


@pytest.mark.parametrize(
    ("begins", "days", "nature", "ends", "until", "shown", "why"),
    [
        ("2026-03-02", 15, "minimum", "2026-03-17", "2026-03-17", "2026-03-17", "15 full days"),
        ("2026-03-02", 3, "minimum", "2026-03-05", "2026-03-05", "2026-03-07", "the board: 5 days"),
        ("2026-02-10", 7, "minimum", "2026-02-17", "2026-02-24", "2026-02-24", "over a festival"),
        ("2026-03-02", 5, "limit", "2026-03-09", "2026-03-09", "2026-03-09", "a Saturday: Monday"),
        ("2026-02-09", 5, "limit", "2026-02-14", "2026-02-14", "2026-02-14", "a worked Saturday"),
    ],
)
def test_the_days_of_a_notice(begins, days, nature, ends, until, shown, why):
    span = span_of(D(begins), counted(days, nature))

    assert (span.ends_on, span.objections_until, span.retained_until) == (
        D(ends), D(until), D(shown),
    ), why  # fmt: skip
    assert not span.provisional


def test_working_days_over_a_year_without_its_notice_are_provisional():
    assert span_of(D("2026-12-28"), counted(5, unit="workday")).provisional
    assert span_of(D("2026-12-28"), counted(5, "limit")).provisional
    assert not span_of(D("2026-12-20"), counted(5, "limit")).provisional


@pytest.mark.parametrize(
    ("postings", "begins"),
    [
        ([], None),
        ([("2026-03-02", None)], "2026-03-03"),  # posted before the release: from the release
        ([("2026-03-05", None)], "2026-03-05"),
        ([("2026-03-05", "2026-03-12")], None),  # down on the last day of seven: not full
        ([("2026-03-05", "2026-03-13")], "2026-03-05"),  # a day later it is
        ([("2026-03-05", "2026-03-08"), ("2026-03-09", None)], "2026-03-09"),
        ([("2026-03-05", "2026-03-08"), ("2026-03-06", None)], "2026-03-06"),  # another board
    ],
)
def test_begins_on_the_later_of_release_and_the_posting_that_holds(postings, begins):
    hung = [Posted(D(up), down and D(down)) for up, down in postings]

    span = counting(D("2026-03-03"), hung, lambda day: counted(7))

    assert (span and span.begins_on) == (begins and D(begins))


def test_asks_for_the_periods_of_each_day_on_which_it_would_begin():
    asked = []

    def rules_of(day):
        asked.append(day)
        return counted(7 if day < D("2026-03-10") else 9)

    hung = [Posted(D("2026-03-05"), D("2026-03-06")), Posted(D("2026-03-10"), None)]
    span = counting(D("2026-03-01"), hung, rules_of)

    assert asked == [D("2026-03-05"), D("2026-03-10")]
    assert span.ends_on == D("2026-03-19")


def test_hours_are_no_period_of_a_notice():
    with pytest.raises(ValueError, match="runs for days"):
        span_of(D("2026-03-02"), Counted(Period(24, "hour", "limit"), Period(5, "day", "minimum")))

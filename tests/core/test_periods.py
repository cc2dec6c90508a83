import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.core.periods import DAY, FOREVER, Month, overlaps

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2040, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017-12", datetime.date(2017, 12, 1), datetime.date(2017, 12, 31)),
        ("2016-02", datetime.date(2016, 2, 1), datetime.date(2016, 2, 29)),
        ("2018-02", datetime.date(2018, 2, 1), datetime.date(2018, 2, 28)),
    ],
)
def test_knows_a_months_first_and_last_day(text, first, last):
    month = Month.parse(text)

    assert (month.first, month.last, month.end) == (first, last, last + DAY)
    assert str(month) == text


@pytest.mark.parametrize("text", ["", "2017", "2017-13", "2017-00", "二〇一七-12", "2017-12-31"])
def test_refuses_what_is_no_month(text):
    with pytest.raises(ValueError, match=r".+"):
        Month.parse(text)


@given(DAYS)
def test_holds_each_day_in_exactly_one_month(day):
    month = Month.of(day)

    assert month.first <= day < month.end
    assert Month.parse(str(month)) == month
    assert month.next().previous() == month
    assert month.previous() < month < month.next()


@given(DAYS, DAYS)
def test_sorts_months_as_their_days(one, other):
    assert (Month.of(one) < Month.of(other)) == (Month.of(one).first < Month.of(other).first)


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ((1, 10), (10, 20), False),  # the end is exclusive: one begins when the other ends
        ((1, 11), (10, 20), True),
        ((1, 30), (10, 20), True),
        ((10, 20), (1, 5), False),
    ],
)
def test_says_whether_two_periods_share_a_day(a, b, shared):
    days = [datetime.date(2017, 1, day) for day in (*a, *b)]

    assert overlaps(*days) is shared


def test_lets_what_has_no_end_overlap_everything_after_it():
    begin = datetime.date(2017, 1, 1)

    assert overlaps(begin, FOREVER, datetime.date(2999, 1, 1), FOREVER)
    assert not overlaps(begin, FOREVER, datetime.date(2016, 1, 1), begin)


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_agrees_with_comparing_day_by_day(numbers):
    a_from, a_days, b_from, b_days = numbers
    origin = datetime.date(2017, 1, 1)
    a, b = (
        {origin + n * DAY for n in range(s, s + k + 1)}
        for s, k in ((a_from, a_days), (b_from, b_days))
    )

    assert overlaps(min(a), max(a) + DAY, min(b), max(b) + DAY) == bool(a & b)

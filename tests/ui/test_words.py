"""Days, numbers and shares as pages show them."""

import datetime

import pytest
from django.utils import translation

from jiceng.core.periods import FOREVER, Month
from jiceng.ui import words

LAST_DAY = datetime.date(2017, 12, 31)


def test_writes_a_day_in_the_language_of_the_page():
    assert words.day(LAST_DAY) == "2017年12月31日"
    with translation.override("en"):
        assert words.day(LAST_DAY) == "31 December 2017"


def test_writes_a_month_in_the_language_of_the_page():
    assert words.month(Month(2017, 12)) == "2017年12月"
    with translation.override("en"):
        assert words.month(Month(2017, 12)) == "December 2017"


def test_writes_a_dash_for_no_day_and_a_word_for_no_end():
    assert words.day(None) == "—"
    assert words.day(FOREVER) == "至今"


def test_writes_a_moment_in_local_time():
    at = datetime.datetime(2017, 12, 31, 23, 5, tzinfo=datetime.UTC)
    assert words.moment(at) == "2018年1月1日 07:05"
    assert words.moment(None) == "—"


def test_writes_a_period_by_its_last_day():
    start = datetime.date(2017, 1, 1)
    assert words.period(start, datetime.date(2018, 1, 1)) == "2017年1月1日至2017年12月31日"
    assert words.period(start, FOREVER) == "2017年1月1日起"


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (123, 456, "123 / 456（26.9%）"),
        (5404, 5404, "5,404 / 5,404（100.0%）"),
        (2999, 5000, "2,999 / 5,000（59.9%）"),  # 59.98 does not read as 60
        (0, 7, "0 / 7（0.0%）"),
        (0, 0, "不适用"),
        (None, 7, "—"),
    ],
)
def test_writes_a_share_with_both_counts(numerator, denominator, shown):
    assert words.ratio(numerator, denominator) == shown

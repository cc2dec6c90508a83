"""Values: ratios in whole numbers, what can be held against what, how they are written."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.rules.values import (
    Bands,
    Flag,
    Frequency,
    NoValue,
    Number,
    Period,
    Range,
    Ratio,
    as_written,
    keeps,
    value_of,
)


@st.composite
def ratios(draw):
    bottom = draw(st.integers(2, 100))
    top = draw(st.integers(1, bottom - 1))
    return Ratio(top, bottom, draw(st.booleans()), "present")


@given(ratios(), st.integers(0, 10**6), st.integers(1, 10**6))
def test_is_met_as_fractions_say(ratio, n, of):
    share, asked = Fraction(n, of), Fraction(ratio.numerator, ratio.denominator)

    assert ratio.met(n, of) is (share > asked if ratio.strict else share >= asked)


@given(ratios(), st.integers(1, 10**6))
def test_needs_the_least_number_that_meets_it(ratio, of):
    needed = ratio.needed(of)

    assert ratio.met(needed, of)
    assert not ratio.met(needed - 1, of)


@pytest.mark.parametrize(
    ("ratio", "of", "needed"),
    [
        (Ratio(1, 2, True, "present"), 10, 6),  # 过半数: exactly half is not enough
        (Ratio(1, 2, False, "entitled"), 10, 5),  # 半数以上: exactly half is
        (Ratio(2, 3, False, "body"), 45, 30),  # exactly two thirds is
        (Ratio(2, 3, False, "body"), 46, 31),
        (Ratio(4, 5, True, "entitled"), 50, 41),
        (Ratio(1, 1, False, "all"), 7, 7),
    ],
)
def test_counts_heads_as_the_law_does(ratio, of, needed):
    assert ratio.needed(of) == needed


def test_of_nobody_nothing_is_met():
    assert not Ratio(1, 2, False, "entitled").met(0, 0)


@pytest.mark.parametrize(
    "value",
    [
        Ratio(2, 3, False, "body"),
        Ratio(1, 2, True, "present"),
        Period(10, "day", "lead"),
        Number(50, "person"),
        Frequency(1, "quarter"),
        Bands((90, 80, 60), "point"),
        Range(300, 500, "household"),
        Flag(False),
    ],
)
def test_is_read_back_as_it_was_written(value):
    assert value_of(as_written(value)) == value


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"at_least": "2/3"},
        {"at_least": "0.67", "of": "all"},
        {"at_least": "4/3", "of": "all"},
        {"more_than": "1/1", "of": "all"},
        {"at_least": "1/0", "of": "all"},
        {"count": 0, "unit": "day", "nature": "lead"},
        {"count": "十", "unit": "day", "nature": "lead"},
        {"count": 3, "unit": "week", "nature": "lead"},
        {"count": 3, "unit": "day", "nature": "about"},
        {"number": True, "unit": "person"},
        {"times": 1, "per": "day"},
        {"floors": [60, 70], "unit": "point"},
        {"floors": [], "unit": "point"},
        {"low": 5, "high": 5, "unit": "household"},
        {"flag": 1},
    ],
)
def test_says_what_is_wrong_with_a_value(written):
    with pytest.raises(NoValue, match=r"[一-龥]"):
        value_of(written)


@pytest.mark.parametrize(
    ("value", "bound", "binds", "kept"),
    [
        (Ratio(3, 4, False, "body"), Ratio(2, 3, False, "body"), "at_least", True),
        (Ratio(2, 3, False, "body"), Ratio(2, 3, False, "body"), "at_least", True),
        (Ratio(1, 2, True, "body"), Ratio(2, 3, False, "body"), "at_least", False),
        (Ratio(1, 2, False, "body"), Ratio(1, 2, True, "body"), "at_least", False),  # half
        (Ratio(3, 4, False, "present"), Ratio(2, 3, False, "all"), "at_least", False),
        (Period(12, "day", "lead"), Period(10, "day", "lead"), "at_least", True),
        (Period(12, "workday", "lead"), Period(10, "day", "lead"), "at_least", False),
        (Period(10, "day", "limit"), Period(15, "day", "limit"), "at_most", True),
        (Period(16, "day", "limit"), Period(15, "day", "limit"), "at_most", False),
        (Frequency(1, "month"), Frequency(1, "quarter"), "at_least", True),
        (Frequency(3, "year"), Frequency(1, "quarter"), "at_least", False),
        (Number(5, "year"), Number(5, "year"), "fixed", True),
        (Number(4, "year"), Number(5, "year"), "fixed", False),
        (Number(1, "year"), Number(5, "person"), "default", True),
        (Bands((95, 85), "point"), Bands((90, 80), "point"), "at_least", True),
        (Bands((95, 85), "point"), Bands((90, 80, 70), "point"), "at_least", False),
    ],
)
def test_keeps_to_a_bound_or_not(value, bound, binds, kept):
    assert keeps(value, bound, binds) is kept

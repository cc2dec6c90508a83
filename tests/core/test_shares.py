"""Shares as people write them."""

from fractions import Fraction

import pytest

from jiceng.core.shares import share_in


@pytest.mark.parametrize(
    ("text", "share"), [("1/2", Fraction(1, 2)), (" 2/4 ", Fraction(1, 2)), ("1", Fraction(1))]
)
def test_reads_a_fraction(text, share):
    assert share_in(text) == share


@pytest.mark.parametrize(
    "text", ["", "0", "3/2", "1/0", "-1/2", "1e9999999", "半", "一/二", "1/99999"]
)
def test_refuses_what_is_no_share(text):
    with pytest.raises(ValueError, match="no share"):
        share_in(text)

"""The arithmetic, against plain sets and sums over each subtree."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.measures.rollup import apportion, count_distinct, roll_up, straddling, subtree_ends


@st.composite
def trees(draw, roots=1):
    """Draw parents in depth-first order: each unit stands under one on the way to the last."""
    parents = [-1]
    for row in range(1, draw(st.integers(1, 25))):
        way, above = [], row - 1
        while above >= 0:
            way.append(above)
            above = parents[above]
        parents.append(draw(st.sampled_from(way if roots == 1 else [*way, -1])))
    return np.array(parents, dtype=np.int32)


def subtree(row, parents):
    """The slow way: everything from which `row` is reached upwards."""
    found = set()
    for start in range(len(parents)):
        at = start
        while at >= 0:
            if at == row:
                found.add(start)
            at = parents[at]
    return found


@given(trees(roots=2))
def test_ends_bound_each_subtree(parents):
    ends = subtree_ends(parents)

    for row in range(len(parents)):
        assert subtree(row, parents) == set(range(row, ends[row]))


@given(trees(roots=2), st.data())
def test_rolls_up_what_lies_in_each_subtree(parents, data):
    n = len(parents)
    values = st.lists(st.integers(-(10**12), 10**12), min_size=n, max_size=n)
    own = np.array([data.draw(values), data.draw(values)], dtype=np.int64)

    rolled = roll_up(own, subtree_ends(parents))

    for k in range(2):
        for row in range(n):
            assert rolled[k, row] == sum(own[k, below] for below in subtree(row, parents))


@given(trees(roots=2), st.data())
def test_counts_each_value_once_in_each_subtree(parents, data):
    n = len(parents)
    pairs = data.draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(1, 4)), max_size=20))
    rows = np.array([row for row, _ in pairs], dtype=np.int32)
    values = np.array([value for _, value in pairs], dtype=np.int64)

    counted = count_distinct(rows, values, parents, subtree_ends(parents))

    for row in range(n):
        below = subtree(row, parents)
        assert counted[row] == len({value for at, value in pairs if at in below})


@given(trees(), st.data())
def test_marks_where_only_a_part_of_a_divided_value_arrives(parents, data):
    rows = st.integers(0, len(parents) - 1)
    parts = data.draw(st.lists(rows, min_size=1, max_size=4, unique=True))

    marked = straddling(parts, parents, subtree_ends(parents))

    for row in range(len(parents)):
        held = len(subtree(row, parents) & set(parts))
        assert (row in marked) == (0 < held < len(parts))
    assert straddling(parts, parents, subtree_ends(parents), complete=False) >= {0, *parts}


@given(st.integers(0, 10**9), st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_divides_without_loss_and_within_one_of_the_exact_share(value, weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]

    parts = apportion(value, shares)

    assert sum(parts) == value
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - value * share) < 1


def test_serves_equal_remainders_in_the_order_given():
    assert apportion(5, [Fraction(1, 2), Fraction(1, 2)]) == [3, 2]


@pytest.mark.parametrize(
    ("parents", "complaint"),
    [
        ([-1, 2, 0], "a child stands before its parent"),
        ([0], "a child stands before its parent"),
        ([-1, 0, 0, 1], "a subtree is broken"),
    ],
)
def test_refuses_an_order_that_is_not_depth_first(parents, complaint):
    with pytest.raises(ValueError, match=complaint):
        subtree_ends(np.array(parents, dtype=np.int32))


def test_refuses_values_that_do_not_fit_the_tree():
    ends = subtree_ends(np.array([-1, 0], dtype=np.int32))

    with pytest.raises(ValueError, match="do not fit a tree of 2"):
        roll_up(np.zeros((1, 3), dtype=np.int64), ends)
    with pytest.raises(ValueError, match="must be int64"):
        roll_up(np.zeros((1, 2), dtype=np.float64), ends)


@pytest.mark.parametrize(
    ("value", "shares"),
    [(-1, [Fraction(1)]), (3, [Fraction(1, 2)]), (3, [Fraction(3, 2), Fraction(-1, 2)]), (3, [])],
)
def test_refuses_shares_that_do_not_add_up(value, shares):
    with pytest.raises(ValueError, match="sum to one" if value > 0 else "counts something"):
        apportion(value, shares)

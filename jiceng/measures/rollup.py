"""Adding up over a tree, in NumPy: pure, no framework.

A tree of n units stands in depth-first order: a parent before its children, each subtree in one
unbroken run of rows. `parents` holds each unit's parent's row (-1 for a root), `ends` the row
after the last of its subtree. Source of the methods: docs/methods/rollup.md.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]


def subtree_ends(parents: Rows) -> Rows:
    """Return the row after the last of each unit's subtree.

    Args:
        parents: shape (n,), row of the parent, -1 for a root, in depth-first order.

    Returns:
        shape (n,).

    Raises:
        ValueError: a child stands before its parent, or a subtree is broken.

    Source:
        docs/methods/rollup.md, method `subtree-ends`.
    """
    count = len(parents)
    rows = np.arange(count, dtype=np.int32)
    if np.any(parents >= rows) or np.any(parents < -1):
        raise ValueError("a child stands before its parent")
    sizes = np.ones(count, dtype=np.int32)
    above = parents[parents >= 0]
    while len(above):
        sizes += np.bincount(above, minlength=count).astype(np.int32)
        above = parents[above]
        above = above[above >= 0]
    ends = rows + sizes
    placed = parents >= 0
    if np.any(ends[placed] > ends[parents[placed]]):
        raise ValueError("a subtree is broken: the order is not depth-first")
    return ends


def roll_up(own: Ints, ends: Rows) -> Ints:
    """Return every unit's sum over its whole subtree, for k measures or months at once.

    One pass: over depth-first order a subtree is a run of rows, so its sum is the difference of
    two running totals. A total may overflow without harm as long as each subtree's sum fits.

    Args:
        own: shape (k, n), in the measure's unit (rows, persons, fen), exact.
        ends: shape (n,), see `subtree_ends`.

    Returns:
        shape (k, n), unit of `own`.

    Raises:
        ValueError: shapes differ, or values are not int64.

    Source:
        docs/methods/rollup.md, method `subtree-sum`, eq. 1.
    """
    if own.ndim != 2 or own.shape[1] != len(ends):
        raise ValueError(f"values of shape {own.shape} do not fit a tree of {len(ends)} units")
    if own.dtype != np.int64:
        raise ValueError(f"values must be int64, not {own.dtype}")
    rolled = np.empty_like(own)
    total = np.zeros(len(ends) + 1, dtype=np.int64)
    for values, sums in zip(own, rolled, strict=True):  # one measure at a time stays in the cache
        np.cumsum(values, out=total[1:])
        np.take(total, ends, out=sums, mode="clip")
        sums -= total[:-1]
    return rolled


def count_distinct(rows: Rows, values: Ints, parents: Rows, ends: Rows) -> Ints:
    """Return how many different values lie in every unit's subtree.

    A value is counted once at each of its rows and taken off once where two neighbouring ones
    meet, so that the ordinary roll-up leaves exactly one in every subtree that holds it.

    Args:
        rows: shape (m,), the unit's row of each pair.
        values: shape (m,), the number of the thing counted (a person, an enterprise).
        parents, ends: shape (n,), the tree.

    Returns:
        shape (n,).

    Raises:
        ValueError: `rows` and `values` differ in length.

    Source:
        docs/methods/rollup.md, method `subtree-distinct`.
    """
    if len(rows) != len(values):
        raise ValueError("every pair needs a row and a value")
    order = np.lexsort((rows, values))
    rows, values = rows[order], values[order]
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = (values[1:] != values[:-1]) | (rows[1:] != rows[:-1])
    rows, values = rows[fresh], values[fresh]
    own = np.bincount(rows, minlength=len(ends)).astype(np.int64)
    again = np.flatnonzero(values[1:] == values[:-1]) + 1
    meeting = _meeting(rows[again - 1], rows[again], parents, ends)
    own -= np.bincount(meeting[meeting >= 0], minlength=len(ends))
    return roll_up(own[np.newaxis], ends)[0]


def _meeting(left: Rows, right: Rows, parents: Rows, ends: Rows) -> Rows:
    """Return the lowest common ancestor of each pair, -1 where they stand under two roots.

    `left` comes before `right` in depth-first order.
    """
    found = left.copy()
    apart = np.flatnonzero(right >= ends[found])
    while len(apart):
        found[apart] = parents[found[apart]]
        apart = apart[found[apart] >= 0]
        apart = apart[right[apart] >= ends[found[apart]]]
    return found


def straddling(
    parts: Sequence[int], parents: Rows, ends: Rows, *, complete: bool = True
) -> set[int]:
    """Return the units whose subtree holds some of `parts` but not all: their sum is an estimate.

    Args:
        parts: rows among which one value was divided.
        complete: False when a further part has fallen away, so that no subtree holds all.

    Source:
        docs/methods/rollup.md, method `split-by-share`.
    """
    first, last = min(parts, default=-1), max(parts, default=-1)
    found: set[int] = set()
    for part in parts:
        row = part
        while row >= 0 and not (complete and row <= first and last < ends[row]):
            found.add(row)
            row = int(parents[row])
    return found


def apportion(value: int, shares: Sequence[Fraction]) -> list[int]:
    """Divide a whole number by shares so that the parts add up to it: by largest remainder.

    Equal remainders are served in the order given.

    Args:
        value: >= 0.
        shares: positive, summing to one.

    Raises:
        ValueError: the value is negative, or the shares are not positive or do not sum to one.

    Source:
        docs/methods/rollup.md, method `split-by-share`, eq. 2.
    """
    if value < 0:
        raise ValueError(f"only a number that counts something can be divided, not {value}")
    if sum(shares) != 1 or any(share <= 0 for share in shares):
        raise ValueError("shares must be positive and sum to one")
    exact = [value * share for share in shares]
    parts = [int(one) for one in exact]
    left = value - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda at: parts[at] - exact[at])
    for at in by_remainder[:left]:
        parts[at] += 1
    return parts

"""Which of several rules holds at a place: the nearest that keeps to what binds it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from jiceng.rules.values import Value, keeps

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Said]):
    """A rule that holds for the matter, the day and the place, and how near it is."""

    said: Said
    value: Value
    binds: str
    refuses: bool
    level: int  # 0 the country, 1 a province … 5 a village
    local: bool  # recorded or adopted there: nearer than what is shipped for the same place
    exact: bool  # for the kind asked for, not for every kind

    @property
    def nearness(self) -> tuple[int, bool]:
        """How near the place is. Place decides before kind."""
        return self.level, self.local


def nearest(candidates: Iterable[Candidate[Said]]) -> Candidate[Said] | None:
    """Return the one that holds: the nearest, unless a farther one that refuses does not leave its
    value open; then the farther one holds.
    """
    chosen = None
    bounds: list[Candidate[Said]] = []
    for candidate in _one_a_place(candidates):
        if breaks(candidate.value, bounds) is None:
            chosen = candidate
        bounds.append(candidate)
    return chosen


def breaks(value: Value, bounds: Iterable[Candidate[Said]]) -> Candidate[Said] | None:
    """Return the nearest of `bounds` that does not leave `value` open."""
    binding = [bound for bound in bounds if bound.refuses]
    broken = (bound for bound in reversed(binding) if not keeps(value, bound.value, bound.binds))
    return next(broken, None)


def farther(candidates: Iterable[Candidate[Said]], level: int) -> list[Candidate[Said]]:
    """Return what a value recorded at `level` must keep to, the farthest first."""
    return [one for one in _one_a_place(candidates) if one.nearness < (level, True)]


def _one_a_place(candidates: Iterable[Candidate[Said]]) -> Iterator[Candidate[Said]]:
    """Yield from far to near, of each place the one for the kind asked for, else the general."""
    ordered = sorted(candidates, key=lambda one: (*one.nearness, one.exact))
    for _nearness, near in groupby(ordered, key=lambda one: one.nearness):
        yield list(near)[-1]

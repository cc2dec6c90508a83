"""Where the rows of units that are not in a tree belong: at their successors, or as ended."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from jiceng.measures.engine.trees import Tree
from jiceng.registry.models import Placement, Succession

Way = tuple[tuple[int, datetime.date], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """That a unit goes on in another from a day, by a share."""

    new: int
    share: Fraction
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Part:
    """A share of what a unit left, at a row of the tree."""

    unit: int  # the successor, or the parent under which it is shown as ended
    row: int
    share: Fraction
    ended: bool
    way: Way = ()  # successors it came through, each with the day


@dataclass(frozen=True, slots=True)
class Legacy:
    """What became of a unit: by shares, and whole for what cannot be divided.

    `heir` is the part with the largest share; what cannot be divided is shown as ended at
    `whole_row`, the row of the heir's parent.
    """

    parts: tuple[Part, ...]
    heir: Part
    whole_row: int


def legacies_of(units: Collection[int], tree: Tree, day: datetime.date) -> dict[int, Legacy]:
    """Return the legacy of each unit that is not in `tree`, the tree of `day`.

    Successions are followed to the end; what goes on in none is shown under its last parent, or
    what that one became, else at the first root. Two statements for each step of the longest
    chain. Empty where the tree is.

    Raises:
        ValueError: successions go round in a circle.
    """
    if not len(tree):
        return {}
    past = _past_of(units, tree, day)
    return {unit: past.legacy_of(unit) for unit in units}


@dataclass
class _Past:
    """Successions and last parents, as far as they lead from some units."""

    tree: Tree
    successions: dict[int, list["Link"]]
    last_parents: dict[int, int]
    found: dict[int, tuple[Part, ...]] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)

    def parts_of(self, unit: int) -> tuple[Part, ...]:
        if unit not in self.found:
            if unit in self.asked:
                raise ValueError(f"successions of unit {unit} go round in a circle")
            self.asked.append(unit)
            self.found[unit] = tuple(self._joined(unit))
            self.asked.pop()
        return self.found[unit]

    def legacy_of(self, unit: int) -> Legacy:
        parts = self.parts_of(unit)
        heir = max(parts, key=lambda part: part.share)  # the first of equals
        above = int(self.tree.parents[heir.row])
        return Legacy(parts, heir, heir.row if heir.ended or above < 0 else above)

    def _joined(self, unit: int) -> list[Part]:
        """Return the parts in the order of rows, those that came the same way as one."""
        shares: dict[tuple[int, int, bool, Way], Fraction] = defaultdict(Fraction)
        for part in self._parts(unit):
            shares[part.row, part.unit, part.ended, part.way] += part.share
        return [
            Part(heir, row, share, ended, way)
            for (row, heir, ended, way), share in sorted(shares.items())
        ]

    def _parts(self, unit: int) -> Iterator[Part]:
        row = self.tree.row_of(unit)
        if row >= 0:
            yield Part(unit, row, Fraction(1), ended=False)
        elif unit in self.successions:
            for link in self.successions[unit]:
                for part in self.parts_of(link.new):
                    way = () if part.ended else ((link.new, link.day), *part.way)
                    yield Part(part.unit, part.row, link.share * part.share, part.ended, way)
        elif unit in self.last_parents:
            for part in self.parts_of(self.last_parents[unit]):
                yield Part(part.unit, part.row, part.share, ended=True)
        else:
            yield Part(int(self.tree.units[0]), 0, Fraction(1), ended=True)


def _past_of(units: Collection[int], tree: Tree, day: datetime.date) -> _Past:
    past = _Past(tree, {}, {})
    front, seen = set(units), set(units)
    while front:
        successions = _successions_of(front, day)
        parents = _last_parents_of(front - successions.keys(), day)
        past.successions.update(successions)
        past.last_parents.update(parents)
        reached = {link.new for links in successions.values() for link in links}
        front = _absent(reached | set(parents.values()), tree) - seen
        seen |= front
    return past


def _successions_of(units: set[int], day: datetime.date) -> dict[int, list[Link]]:
    links: dict[int, list[Link]] = defaultdict(list)
    rows = Succession.objects.filter(old__in=units, day__lte=day).order_by("old", "new")
    for row in rows:
        share = Fraction(row.numerator, row.denominator)
        links[row.old_id].append(Link(row.new_id, share, row.day))
    return dict(links)


def _last_parents_of(units: set[int], day: datetime.date) -> dict[int, int]:
    rows = Placement.objects.filter(unit__in=units, valid_from__lte=day).order_by("valid_from")
    last = dict(rows.values_list("unit_id", "parent_id"))
    return {unit: parent for unit, parent in last.items() if parent is not None}


def _absent(units: set[int], tree: Tree) -> set[int]:
    numbers = np.array(sorted(units), dtype=np.int64)
    return {int(unit) for unit in numbers[tree.rows_of(numbers) < 0]}

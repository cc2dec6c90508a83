"""Both trees of one day, and where in each of them a unit's own rows count."""

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from jiceng.core.bulk import numbered
from jiceng.measures.engine.legacies import Legacy, legacies_of
from jiceng.measures.engine.trees import Tree, tree_on
from jiceng.measures.rollup import Ints, Rows
from jiceng.registry.models import Seat, Unit
from jiceng.registry.models.units import Tree as TreeName
from jiceng.registry.queries import shown

DIVISION = TreeName.DIVISION.value
ORGANISATION = TreeName.ORGANISATION.value


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where m units count in one tree: at a row, by what they left, or not at all."""

    rows: Rows  # -1: no longer in the tree, or never
    legacies: Mapping[int, Legacy]  # by number of the unit


class Forest:
    """The trees of `day`, each read once, when it is first asked for."""

    def __init__(self, day: datetime.date) -> None:
        self.day = day

    @functools.cached_property
    def divisions(self) -> Tree:
        return tree_on(DIVISION, self.day)

    @functools.cached_property
    def organisations(self) -> Tree:
        return tree_on(ORGANISATION, self.day)

    def tree(self, name: str) -> Tree:
        return self.organisations if name == ORGANISATION else self.divisions

    def addresses(self, units: Ints) -> dict[str, Addresses]:
        """Return where each unit counts, in both trees; organisations also at their seat.

        One statement, and two more for each step in the longest chain of successions. The tree of
        organisations is read only where some are asked for.
        """
        divisions = self.divisions.rows_of(units)
        organisations = np.full(len(units), -1, dtype=np.int32)
        others = np.flatnonzero(divisions < 0)
        if len(others):
            organisations[others] = self.organisations.rows_of(units[others])
        absent = np.unique(units[(divisions < 0) & (organisations < 0)])
        gone = self._gone(absent.tolist())
        seated = {unit: self._seated(legacy) for unit, legacy in gone[ORGANISATION].items()}
        return {
            ORGANISATION: Addresses(organisations, gone[ORGANISATION]),
            DIVISION: Addresses(
                self._seats_of(organisations, divisions),
                {**gone[DIVISION], **(seated if len(self.divisions) else {})},
            ),
        }

    def _gone(self, absent: list[int]) -> dict[str, dict[int, Legacy]]:
        """Return what units that stand no more have left, by their tree."""
        trees = dict(Unit.objects.filter(pk__in=numbered(absent)).values_list("pk", "tree"))
        gone: dict[str, dict[int, Legacy]] = {DIVISION: {}, ORGANISATION: {}}
        for name in set(trees.values()):
            units = [unit for unit in absent if trees.get(unit) == name]
            gone[name] = legacies_of(units, self.tree(name), self.day)
        return gone

    def _seats_of(self, organisations: Rows, divisions: Rows) -> Rows:
        """Return the division's row of each: an organisation's seat, else its own."""
        if not (organisations >= 0).any():
            return divisions
        return np.where(organisations >= 0, self.seats[organisations], divisions)

    def _seated(self, legacy: Legacy) -> Legacy:
        """Return the same legacy, standing at the divisions of those who took it."""
        seats = self.seats
        return Legacy(
            tuple(replace(part, row=int(seats[part.row])) for part in legacy.parts),
            replace(legacy.heir, row=int(seats[legacy.heir.row])),
            int(seats[legacy.whole_row]),
        )

    @functools.cached_property
    def seats(self) -> Rows:
        """The row of the division in which each organisation stands: its own seat, else that of
        the next organisation above it that has one, else the first root. -1 without divisions.
        """
        rows = np.full(len(self.organisations), -1, dtype=np.int32)
        if not len(self.divisions):
            return rows
        seats = shown(Seat.objects.on(self.day)).order_by("organisation_id", "pk")
        pairs = np.array(list(seats.values_list("organisation_id", "division_id")), dtype=np.int64)
        organisations, divisions = pairs.reshape(len(pairs), 2).T
        at = self.organisations.rows_of(organisations)
        rows[at[at >= 0]] = self._standing(divisions)[at >= 0]
        for row in np.flatnonzero(rows < 0):  # parents come first
            above = self.organisations.parents[row]
            rows[row] = rows[above] if above >= 0 else 0
        return rows

    def _standing(self, divisions: Ints) -> Rows:
        """Return a division's row; for one that has ended, its heir's: nobody stands divided."""
        rows = self.divisions.rows_of(divisions)
        gone = legacies_of(set(divisions[rows < 0].tolist()), self.divisions, self.day)
        for at in np.flatnonzero(rows < 0):
            rows[at] = gone[int(divisions[at])].heir.row
        return rows

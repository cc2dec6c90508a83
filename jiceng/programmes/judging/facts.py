"""What held on one day, as far as a programme's targets ask. Frozen, no models, no framework."""

import datetime
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that stood on the day."""

    number: int
    path: str
    kind: str
    level: int
    domain: str = ""  # organisations only


@dataclass(frozen=True, slots=True)
class Belt:
    number: int
    level: str
    path: str  # of the unit whose belt it is
    confirmed: bool  # built, by a named person, on the day or before


@dataclass(frozen=True, slots=True)
class Member:
    """A unit, or a two-new organisation, on a belt."""

    belt: int
    unit: int | None = None
    two_new: int | None = None
    on_main_road: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    number: int
    kind: str
    paths: tuple[str, ...]  # of its units; a town counts with all below it


@dataclass(frozen=True, slots=True)
class Point:
    """A unit with a status, and under which path it counts: its own, that of the division an
    organisation stands in, or for one that has ended that of its successor's parent.
    """

    unit: int
    path: str
    domain: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything that is judged on one day."""

    day: datetime.date
    root: Unit  # whose programme it is
    units: Mapping[int, Unit]
    belts: tuple[Belt, ...] = ()
    members: tuple[Member, ...] = ()
    statuses: Mapping[int, str] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    stars: Mapping[tuple[str, int], int] = field(default_factory=dict)  # (standard, organisation)
    party_of: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # of a two-new one
    seated: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # village → organisations
    areas: tuple[Area, ...] = ()

    @cached_property
    def _by_path(self) -> tuple[list[str], list[Unit]]:
        ordered = sorted(self.units.values(), key=lambda unit: unit.path)
        return [unit.path for unit in ordered], ordered

    @cached_property
    def members_of(self) -> Mapping[int, list[Member]]:
        found: dict[int, list[Member]] = {belt.number: [] for belt in self.belts}
        for member in self.members:
            found[member.belt].append(member)
        return found

    def below(self, path: str) -> Iterator[Unit]:
        """Yield the units at `path` and below it, in depth-first order."""
        paths, ordered = self._by_path
        for at in range(bisect_left(paths, path), len(paths)):
            if not paths[at].startswith(path):
                return
            yield ordered[at]

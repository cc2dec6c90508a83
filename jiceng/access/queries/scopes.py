"""How far rights reach: path prefixes of today's trees."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from jiceng.core.bulk import numbered
from jiceng.registry import paths
from jiceng.registry.models import Heir, Seat, UnitPath
from jiceng.registry.models.units import Tree


@dataclass(frozen=True, slots=True)
class Scope:
    """Path prefixes within which something is permitted; none nested in another."""

    ranges: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def covers(self, path: str) -> bool:
        return any(paths.covers(prefix, path) for prefix in self.ranges)

    def covers_any(self, reach: Iterable[str]) -> bool:
        return any(self.covers(path) for path in reach)

    def narrowed(self, path: str) -> "Scope":
        """Return the part of the scope that lies at `path` or below."""
        if self.covers(path):
            return Scope((path,))
        return Scope(tuple(prefix for prefix in self.ranges if paths.covers(path, prefix)))

    def on(self, field: str) -> Q:
        """Return the condition that a path column lies within the scope."""
        condition = Q(pk__in=[])
        for prefix in self.ranges:
            condition |= Q(**{f"{field}__gte": prefix, f"{field}__lt": paths.end_of(prefix)})
        return condition


def scope_around(units: Iterable[int], today: datetime.date) -> Scope:
    """Return the subtrees of `units`, as they stand today.

    Not the divisions in which organisations among them stand: the secretary of a firm's branch
    has no right to the village it stands in. Who leads a place has a grant at the place.
    """
    return scope_within(reach_of(units, today))


def scope_within(reach: Mapping[int, list[str]]) -> Scope:
    """Return the subtrees of units whose `reach_of` is known already."""
    return Scope(tuple(_outermost(_own_paths(reach))))


def _own_paths(reach: Mapping[int, list[str]]) -> set[str]:
    """Leave out seats: a standing unit's first path is its own, a retired one has its heirs'."""
    return {
        path
        for unit, found in reach.items()
        for path in (found[:1] if found and paths.ids_of(found[0])[-1] == unit else found)
    }


def _outermost(found: set[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(found):
        if not kept or not paths.covers(kept[-1], path):
            kept.append(path)
    return kept


def reach_of(units: Iterable[int], today: datetime.date) -> dict[int, list[str]]:
    """Return the paths by which rights to each unit are judged today.

    A standing unit: its own path, and for an organisation that of the division it stands in.
    A retired one: those of every living successor, else its last. At most five statements.
    """
    wanted = set(units)
    found = _standing(wanted, today)
    retired = wanted - found.keys()
    if not retired:
        return found
    heirs: dict[int, list[int]] = defaultdict(list)
    for unit, heir in Heir.objects.filter(unit__in=numbered(retired)).values_list(
        "unit_id", "heir_id"
    ):
        heirs[unit].append(heir)
    of_heirs = _standing({heir for row in heirs.values() for heir in row}, today)
    last = dict(
        UnitPath.objects.filter(unit__in=numbered(retired))
        .order_by("valid_from")
        .values_list("unit_id", "path")
    )
    for unit in retired:
        inherited = [path for heir in heirs[unit] for path in of_heirs.get(heir, [])]
        found[unit] = inherited or ([last[unit]] if unit in last else [])
    return found


def _standing(units: set[int], today: datetime.date) -> dict[int, list[str]]:
    """Return the paths of what stands. Two statements, one where there is no organisation."""
    if not units:
        return {}
    found: dict[int, list[str]] = {}
    organisations: list[int] = []
    rows = UnitPath.objects.on(today).filter(unit__in=numbered(units))
    for unit, path, tree in rows.values_list("unit_id", "path", "unit__tree"):
        found[unit] = [path]
        if tree == Tree.ORGANISATION:
            organisations.append(unit)
    if organisations:
        seats = Seat.objects.on(today).filter(
            organisation__in=numbered(organisations),
            division__paths__valid_from__lte=today,
            division__paths__valid_to__gt=today,
        )
        for unit, path in seats.values_list("organisation_id", "division__paths__path"):
            found[unit].append(path)
    return found

"""Where the reader holds a post or is a member, and what lies open to him there."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from jiceng.access.declarations import ROLES
from jiceng.access.queries import rights_of
from jiceng.accounts.models import User
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import described


@dataclass(frozen=True, slots=True)
class Place:
    unit: Unit
    roles: list[str]
    permissions: frozenset[str]
    village: Unit | None  # it or the one it stands in: whose notices concern the reader


def places_of(user: User, today: datetime.date) -> list[Place]:
    """Return the units of the reader's posts, divisions first. One statement beside his rights."""
    rights = rights_of(user, today)
    held = defaultdict(list)
    for role, unit in sorted(rights.held):
        held[unit].append(ROLES[role])
    units = described({*held, *(_last(reach) for reach in rights.reach.values())}, today)
    places = [
        Place(
            unit=units[number],
            roles=[str(role.title) for role in roles],
            permissions=frozenset(name for role in roles for name in role.permissions),
            village=_village(units, number, rights.reach[number]),
        )
        for number, roles in held.items()
    ]
    return sorted(places, key=lambda place: (place.unit.tree != Tree.DIVISION, place.unit.path))


def _last(reach: list[str]) -> int:
    return paths.ids_of(reach[-1])[-1]


def _village(units: Mapping[int, Unit], number: int, reach: list[str]) -> Unit | None:
    """Return the village among the unit and the division it stands in."""
    for unit in (units[number], units[_last(reach)]):
        if unit.tree == Tree.DIVISION and unit.level == Level.VILLAGE:
            return unit
    return None

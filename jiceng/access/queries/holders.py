"""Who holds a role at a unit; a vacant one falls to the nearest holder upwards."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from jiceng.access.declarations import chain_of, roles_with
from jiceng.access.models import Grant
from jiceng.access.queries.scopes import reach_of
from jiceng.accounts.models import User
from jiceng.registry import paths
from jiceng.registry.models.units import Tree

Addressee = tuple[str, int]  # role, unit


def holders_of(role: str, unit: int, day: datetime.date) -> list[Grant]:
    """Return the grants that answer for `role` at `unit`: its own holders, else those of the
    nearest unit upwards where someone holds it or a role it falls to. Empty when nobody does.
    """
    return holders_of_many([(role, unit)], day)[role, unit]


def addressee_of(user: User, permission: str, day: datetime.date) -> Addressee | None:
    """Return the strongest role by which `user` holds `permission`, at its unit: the place that
    he leads before the organisation he leads it from. None when no grant gives it. One statement.
    """
    roles = roles_with(permission)
    grants = Grant.objects.on(day).filter(user=user, role__in=roles).select_related("unit")
    best = min(
        grants,
        key=lambda grant: (
            roles.index(grant.role),
            grant.unit.tree != Tree.DIVISION,
            grant.unit.level,
            grant.unit_id,
        ),
        default=None,
    )
    return (best.role, best.unit_id) if best else None


def holders_of_many(
    addressees: Iterable[Addressee], day: datetime.date
) -> dict[Addressee, list[Grant]]:
    """Return who answers for each role at each unit. Six statements at most.

    An organisation is followed up its own tree first, then from the division it stands in; a
    retired unit from those that succeeded it.
    """
    asked = set(addressees)
    reach = reach_of({unit for _role, unit in asked}, day)
    upwards = {unit: _upwards(reach.get(unit, [])) for _role, unit in asked}
    chains = {role: chain_of(role) for role, _unit in asked}
    held = Grant.objects.on(day).filter(
        unit__in={above for line in upwards.values() for above in line},
        role__in={role for chain in chains.values() for role in chain},
    )
    at: dict[int, list[Grant]] = defaultdict(list)
    for grant in held.select_related("user").order_by("deputy", "pk"):
        at[grant.unit_id].append(grant)
    return {(role, unit): _nearest(chains[role], upwards[unit], at) for role, unit in asked}


def nearest_holders(roles: Iterable[str], unit: int, day: datetime.date) -> list[Grant]:
    """Return the grants by which any of `roles` is held at the unit, else at the nearest unit
    upwards where one is held or falls to. Four statements at most.
    """
    upwards = _upwards(reach_of([unit], day).get(unit, []))
    asked = {above for role in roles for above in chain_of(role)}
    held = Grant.objects.on(day).filter(unit__in=upwards, role__in=asked)
    grants = sorted(held.select_related("user"), key=lambda grant: (grant.deputy, grant.pk))
    nearest = min((upwards.index(grant.unit_id) for grant in grants), default=-1)
    return [grant for grant in grants if upwards.index(grant.unit_id) == nearest]


def _upwards(reach: Iterable[str]) -> list[int]:
    return [number for path in reach for number in reversed(paths.ids_of(path))]


def _nearest(
    chain: Sequence[str], upwards: Iterable[int], at: Mapping[int, list[Grant]]
) -> list[Grant]:
    for number in upwards:
        for role in chain:
            if found := [grant for grant in at.get(number, []) if grant.role == role]:
                return found
    return []

"""Which role at which unit is asked to release, post, answer and take down."""

import datetime
from collections.abc import Collection

from jiceng.access.declarations import roles_with
from jiceng.access.models import Grant
from jiceng.access.posts import table
from jiceng.access.queries import reach_of
from jiceng.access.queries.holders import Addressee
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level

# At a village; while nobody holds the role it falls to the one above (access/data/roles.yaml).
_AT_VILLAGES = {
    "notices.release": "village.supervisor",
    "notices.post": "village.clerk",
    "notices.draft": "village.secretary",
}


def answering_for(permission: str, unit: Unit) -> Addressee:
    """Return the role that is asked at a place; below villages and above, who leads there."""
    if unit.level >= Level.VILLAGE:
        return _AT_VILLAGES[permission], unit.pk
    return table().leading.get(unit.level, roles_with(permission)[0]), unit.pk


def second_person_for(unit: Unit, writers: Collection[int], day: datetime.date) -> Addressee:
    """Return the nearest role upwards that may release and is held by somebody who wrote nothing.

    At a village its supervision committee comes first. Where nobody else is found it is asked of
    the place itself, so that it waits where the missing post belongs. Six statements at most.
    """
    roles = roles_with("notices.release")
    first = answering_for("notices.release", unit)
    upwards = [
        number
        for path in reach_of([unit.pk], day).get(unit.pk, [])
        for number in reversed(paths.ids_of(path))
    ]
    grants = Grant.objects.on(day).filter(unit__in=upwards, role__in=roles)
    held = set(grants.exclude(user__in=writers).values_list("role", "unit_id"))
    order = [first[0], *reversed(roles)]
    for number in upwards:
        for role in order:
            if (role, number) in held:
                return role, number
    return first

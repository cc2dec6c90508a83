"""Where the status of a unit that has ended counts."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence

from jiceng.registry import paths
from jiceng.registry.models import Seat, Succession, UnitPath


def paths_of_ended(ended: Collection[int], day: datetime.date) -> dict[int, str]:
    """Return under which path each ended unit's status counts: that of its successor's parent.

    With several successors, what their parents have in common: a status is never divided. What
    has no successor counts under its last parent. Four statements, none when nothing has ended.
    """
    if not ended:
        return {}
    heirs = _successors(day)
    ends = {unit: _ends(unit, heirs) for unit in ended}
    places = _standing_paths({heir for found in ends.values() for heir in found}, day)
    last = dict(
        UnitPath.objects.filter(unit__in=ended)
        .order_by("valid_from")
        .values_list("unit_id", "path")
    )
    found = {}
    for unit in ended:
        parents = [paths.parent_of(places[heir]) for heir in ends[unit] if heir in places]
        found[unit] = _common(parents or [paths.parent_of(last.get(unit, ""))])
    return found


def _common(parents: Sequence[str]) -> str:
    """Return the longest path that all of them lie below."""
    shared = parents[0]
    while not all(paths.covers(shared, path) for path in parents):
        shared = paths.parent_of(shared)
    return shared


def _standing_paths(units: set[int], day: datetime.date) -> dict[int, str]:
    """Return the paths of units; of an organisation, that of the division it stands in."""
    found = dict(UnitPath.objects.on(day).filter(unit__in=units).values_list("unit_id", "path"))
    seats = Seat.objects.on(day).filter(
        organisation__in=units,
        division__paths__valid_from__lte=day,
        division__paths__valid_to__gt=day,
    )
    found.update(seats.values_list("organisation_id", "division__paths__path"))
    return found


def _successors(day: datetime.date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for old, new in Succession.objects.filter(day__lte=day).values_list("old_id", "new_id"):
        found[old].append(new)
    return found


def _ends(unit: int, heirs: dict[int, list[int]]) -> set[int]:
    """Return the last successors of a unit; none when it has none."""
    found: set[int] = set()
    front, seen = set(heirs.get(unit, ())), {unit}
    while front:
        found |= {heir for heir in front if heir not in heirs}
        seen |= front
        front = {new for old in front for new in heirs.get(old, ())} - seen
    return found

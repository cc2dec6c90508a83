"""What lies within the areas of a programme: points by status, belts by name."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from jiceng.programmes.models import Area, Belt, BeltMember
from jiceng.programmes.queries.points import points_on
from jiceng.programmes.queries.programmes import Seen
from jiceng.registry import paths
from jiceng.registry.models import Seat, Unit, UnitPath
from jiceng.registry.queries import shown


@dataclass(slots=True)
class Within:
    """The points and belts of one area. A belt is named in every area that it passes through."""

    points: list[tuple[str, int]] = field(default_factory=list)  # title of the status, how many
    belts: list[Belt] = field(default_factory=list)


def within_areas(
    seen: Seen, areas: Sequence[tuple[Area, list[Unit]]], day: datetime.date
) -> dict[int, Within]:
    """Return what lies within each area on `day`, by its number. Four statements, none where there
    are no areas.
    """
    tops = {area.pk: [unit.path for unit in units if unit.path] for area, units in areas}
    inside = Q()
    for top in (path for own in tops.values() for path in own):
        inside |= Q(path__gte=top, path__lt=paths.end_of(top))
    if not inside:
        return {area: Within() for area in tops}
    divisions = UnitPath.objects.on(day).filter(inside)
    seats = shown(Seat.objects.on(day)).filter(division__in=divisions.values("unit"))
    where = dict(divisions.values_list("unit", "path"))
    where |= {
        organisation: where[division]
        for organisation, division in seats.values_list("organisation", "division")
    }
    points = _points(seen, day, where)
    belts = _belts(seen, day, where)
    return {area: _of_one(seen, own, points, belts) for area, own in tops.items()}


def _points(seen: Seen, day: datetime.date, where: dict[int, str]) -> list[tuple[str, str]]:
    """Return path and status of each point that stands somewhere inside."""
    rows = points_on(seen, day).order_by().values_list("unit", "status")
    return [(where[unit], status) for unit, status in rows if unit in where]


def _belts(seen: Seen, day: datetime.date, where: dict[int, str]) -> list[tuple[str, Belt]]:
    """Return path and belt of each member that stands somewhere inside."""
    members = shown(BeltMember.objects.on(day)).filter(
        belt__in=shown(Belt.objects.on(day)).filter(programme=seen.programme), unit__isnull=False
    )
    rows = members.select_related("belt").order_by("belt__number", "pk")
    return [(where[row.unit_id], row.belt) for row in rows if row.unit_id in where]


def _of_one(
    seen: Seen, tops: list[str], points: list[tuple[str, str]], belts: list[tuple[str, Belt]]
) -> Within:
    def inside(path: str) -> bool:
        return any(paths.covers(top, path) for top in tops)

    counts = Counter(status for path, status in points if inside(path))
    passing = {belt.pk: belt for path, belt in belts if inside(path)}
    return Within(list(_titled(seen, counts)), list(passing.values()))


def _titled(seen: Seen, counts: Counter[str]) -> Iterator[tuple[str, int]]:
    """Yield the statuses that some point holds, the highest first."""
    for rung in reversed(seen.definition.ladder):
        if counts[rung.code]:
            yield rung.title, counts[rung.code]

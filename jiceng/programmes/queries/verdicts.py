"""The verdicts of one target, shortfall first, each with the name of its place."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.programmes.definition import Target
from jiceng.programmes.models import Area, Belt, Judging, Verdict
from jiceng.programmes.queries.programmes import Seen
from jiceng.programmes.refusals import NoSuchThing
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.queries import described, unit_on


@dataclass(frozen=True, slots=True)
class Named:
    """A verdict with the name of its place, and for a belt or area what kind of place it is."""

    verdict: Verdict
    target: Target
    name: str
    above: str
    place: str  # unit, belt or area
    number: int


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, belt or area that is judged."""

    kind: str
    number: int
    name: str
    address: str = ""  # a belt's number within its programme


def place_for(seen: Seen, kind: str, number: int, day: datetime.date) -> Place:
    """Return what is judged, checked.

    Raises:
        NoSuchThing: there is none, or the user's right does not reach it.
    """
    if kind == "unit":
        seen.refuse_outside([number])
        return Place(kind, number, unit_on(number, day).name)
    if kind == "belt":
        belt = Belt.objects.filter(programme=seen.programme, pk=number).first()
        if belt is not None:
            seen.refuse_outside([belt.unit_id])
            return Place(kind, number, belt.name, belt.number)
    if kind == "area" and seen.whole:
        area = Area.objects.filter(programme=seen.programme, pk=number).first()
        if area is not None:
            return Place(kind, number, area.name)
    raise NoSuchThing(_("没有这个考核对象，或者您无权查看。"))


def verdicts_of(judging: Judging, target: Target, root: Unit) -> QuerySet[Verdict]:
    """Return one target's verdicts at `root` and below, shortfall first; areas with the whole."""
    return (
        Verdict.objects.filter(
            judging=judging,
            target=target.code,
            path__gte=root.path,
            path__lt=paths.end_of(root.path),
        )
        .select_related("belt", "area")
        .order_by("-gap", "state", "path", "pk")
    )


def named(verdicts: Iterable[Verdict], target: Target, judging: Judging) -> list[Named]:
    """Return verdicts with the names of their places. Two statements."""
    rows = list(verdicts)
    wanted = {number for row in rows for number in paths.ids_of(row.path)}
    units = described(wanted, judging.day)
    return [_named(row, target, units) for row in rows]


def _named(row: Verdict, target: Target, units: dict[int, Unit]) -> Named:
    steps = paths.ids_of(row.path)
    if row.belt is not None:
        return Named(row, target, row.belt.name, _names(steps[1:], units), "belt", row.belt.pk)
    if row.area is not None:
        return Named(row, target, row.area.name, "", "area", row.area.pk)
    name = units[steps[-1]].name if steps and steps[-1] in units else ""
    return Named(row, target, name, _names(steps[1:-1], units), "unit", row.unit_id or 0)


def _names(steps: Sequence[int], units: dict[int, Unit]) -> str:
    return " · ".join(units[number].name for number in steps if number in units)

"""The verdicts of one target, shortfall first, each with the name of its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from jiceng.programmes.definition import Target
from jiceng.programmes.models import Judging, Verdict
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.queries import described


@dataclass(frozen=True, slots=True)
class Named:
    """A verdict with the name of its place, and for a belt or area what kind of place it is."""

    verdict: Verdict
    target: Target
    name: str
    above: str
    place: str  # unit, belt or area
    number: int


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

"""Units as they stood on a day: by number, by code, above, below, and seated in a division."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils.translation import gettext as _

from jiceng.core.bulk import numbered
from jiceng.registry import paths
from jiceng.registry.models import Placement, Seat, Unit, UnitCode, UnitName, UnitPath
from jiceng.registry.models.units import Tree
from jiceng.registry.refusals import NoSuchUnit

_FEW = 50  # numbers that cost less as a mark each than as one parameter


class _Finished(Func):
    """The condition that no unfinished batch has written a row, as text: nearly every statement
    has it, some several times, and built of querysets it took half a millisecond each time.
    """

    template = (
        "(%(expressions)s IS NULL OR %(expressions)s NOT IN"
        " (SELECT id FROM registry_batch WHERE finished_at IS NULL))"
    )
    output_field = BooleanField()


def shown(rows: QuerySet, batch: str = "batch") -> QuerySet:
    """Leave out rows that an unfinished batch has written; `batch` is the way to it."""
    return rows.filter(_Finished(batch))


def units_on(day: datetime.date) -> QuerySet[Any, Unit]:
    """Return the units in being on `day`, each with `path`, `name`, `kind` and `code` of the day.

    One statement with three joins; filter on these annotations: a filter
    on the relations behind them would join once more.
    """
    return _units_on(day).all()


@lru_cache(maxsize=64)
def _units_on(day: datetime.date) -> QuerySet[Any, Unit]:
    """Put the statement of `units_on` together; it is the same for everybody, and never run."""

    def holding(relation: str) -> Q:
        return Q(**{f"{relation}__valid_from__lte": day, f"{relation}__valid_to__gt": day})

    return shown(
        Unit.objects.alias(
            place=FilteredRelation("paths", condition=holding("paths")),
            naming=FilteredRelation("names", condition=holding("names")),
            coding=FilteredRelation("codes", condition=holding("codes")),
        )
        .filter(place__path__isnull=False)
        .annotate(  # type: ignore[no-redef]  # declared on Unit for its readers
            path=F("place__path"),
            name=F("naming__name"),
            kind=F("naming__kind"),
            code=F("coding__code"),
        )
    )


def described(units: Iterable[int], day: datetime.date) -> dict[int, Unit]:
    """Return units by number with name, kind, code and path as on `day`; for one that had ended
    by then or not begun, its last or first ones, and `standing` False. Two statements.
    """
    wanted = set(units)
    many = numbered(wanted) if len(wanted) > _FEW else wanted
    found = {unit.pk: unit for unit in units_on(day).filter(pk__in=many)}
    for unit in found.values():
        unit.standing = True
    for unit in _nearest(wanted - found.keys()):
        unit.standing = False
        found[unit.pk] = unit
    return found


def _nearest(units: set[int]) -> Iterable[Unit]:
    if not units:
        return []

    def last(model: type[UnitPath | UnitName | UnitCode], field: str) -> Subquery:
        rows = model.objects.filter(unit=OuterRef("pk")).order_by("-valid_from")
        return Subquery(rows.values(field)[:1], output_field=CharField())

    return shown(Unit.objects.filter(pk__in=units)).annotate(
        path=last(UnitPath, "path"),
        name=last(UnitName, "name"),
        kind=last(UnitName, "kind"),
        code=last(UnitCode, "code"),
    )


def unit_on(number: int, day: datetime.date) -> Unit:
    """Return one unit as on `day` (or as `described` when it did not stand then).

    Raises:
        NoSuchUnit: there is no such unit at all.
    """
    found = described([number], day)
    if number not in found:
        raise NoSuchUnit(_("没有这个单位。"))
    return found[number]


def unit_by_code(code: str, day: datetime.date) -> Unit:
    """Return the unit that held an official code on `day`.

    Raises:
        NoSuchUnit: nobody held the code on that day.
    """
    unit = units_on(day).filter(code=code).first()
    if unit is None:
        raise NoSuchUnit(_("%(day)s没有代码为 %(code)s 的单位。") % {"day": day, "code": code})
    return unit


def top_on(day: datetime.date) -> Unit | None:
    """Return the division for which the whole register is kept: the first one from the root down
    that has not exactly one below it. A city's register may begin with its province.
    """
    placed = Placement.objects.on(day).filter(unit__tree=Tree.DIVISION).order_by("unit")
    number = placed.filter(parent=None).values_list("unit_id", flat=True).first()
    while number is not None:
        below = list(placed.filter(parent=number).values_list("unit_id", flat=True)[:2])
        if len(below) != 1:
            break
        number = below[0]
    return units_on(day).filter(pk=number).first()


def covers_register(prefixes: Iterable[str], day: datetime.date) -> bool:
    """Say whether one of the subtrees at `prefixes` holds `top_on(day)`; without a register it
    does. Two statements at most: each unit above the subtree's own has only the next one below it.
    """
    placed = Placement.objects.on(day)
    roots = shown(placed.filter(parent=None, unit__tree=Tree.DIVISION), "unit__batch")
    root = min(roots.values_list("unit_id", flat=True), default=None)
    if root is None:
        return True
    lines = [line for line in map(paths.ids_of, prefixes) if line[0] == root]
    above = {number for line in lines for number in line[:-1]}
    below = defaultdict(list)
    for parent, child in _placed_below(above, placed):
        below[parent].append(child)
    return any(all(below[up] == [down] for up, down in pairwise(line)) for line in lines)


def _placed_below(units: set[int], placed: QuerySet[Placement]) -> Iterable[tuple[int, int]]:
    return placed.filter(parent__in=units).values_list("parent_id", "unit_id") if units else ()


def path_of(unit: int, day: datetime.date) -> str:
    """Return a unit's path on `day`; empty when it did not stand."""
    row = UnitPath.objects.on(day).filter(unit=unit).values_list("path", flat=True).first()
    return row or ""


def paths_of(units: Iterable[int], day: datetime.date) -> dict[int, str]:
    rows = UnitPath.objects.on(day).filter(unit__in=set(units))
    return dict(rows.values_list("unit_id", "path"))


def ancestors_of(path: str, day: datetime.date) -> list[Unit]:
    """Return the units above, root first, without the unit itself. One statement."""
    above = paths.ids_of(path)[:-1]
    rows = {unit.pk: unit for unit in units_on(day).filter(pk__in=above)}
    return [rows[number] for number in above if number in rows]


def children_of(path: str, day: datetime.date) -> QuerySet[Any, Unit]:
    """Return the units one step below `path`, in code order."""
    below = Unit.objects.filter(
        placements__parent=paths.id_of(path[-paths.WIDTH :]),
        placements__valid_from__lte=day,
        placements__valid_to__gt=day,
    )
    return units_on(day).filter(pk__in=below.values("pk")).order_by("code", "pk")


def subtree_of(path: str, day: datetime.date) -> QuerySet[Any, Unit]:
    """Return a unit and all below it, in depth-first order."""
    return units_on(day).filter(path__gte=path, path__lt=paths.end_of(path)).order_by("path")


def organisations_in(path: str, day: datetime.date) -> QuerySet[Any, Unit]:
    """Return the organisations that stand in the division at `path` or below it."""
    return units_on(day).filter(pk__in=seats_in(path, day).values("organisation"))


def organisation_numbers_in(
    path: str, day: datetime.date, *, domain: str = ""
) -> QuerySet[UnitPath, int]:
    """Return the numbers of `organisations_in`, in depth-first order: what a long list is counted
    and cut by, before names and codes are joined to the few rows that are shown.
    """
    seats = seats_in(path, day)
    if domain:
        seats = seats.filter(organisation__domain=domain)
    rows = UnitPath.objects.on(day).filter(unit__in=seats.values("organisation"))
    return rows.order_by("path").values_list("unit_id", flat=True)


def seats_in(path: str, day: datetime.date) -> QuerySet[Seat]:
    """Return the seats in the division at `path` or below it: one of each organisation."""
    divisions = UnitPath.objects.on(day).filter(path__gte=path, path__lt=paths.end_of(path))
    return shown(Seat.objects.on(day).filter(division__in=divisions.values("unit")))


def units_at(prefixes: Iterable[str], day: datetime.date) -> list[Unit]:
    """Return the units whose numbers end the given paths, as on `day`, divisions first."""
    numbers = [paths.ids_of(prefix)[-1] for prefix in prefixes]
    rows = described(numbers, day).values()
    return sorted(rows, key=lambda unit: (unit.tree != "division", unit.path))

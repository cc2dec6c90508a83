"""Moving units within their tree, seating organisations, and rebuilding paths from placements."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.registry import paths
from jiceng.registry.dated import replace_from
from jiceng.registry.models import Placement, Seat, Unit, UnitPath
from jiceng.registry.operations.entries import leave_entry, own_or_given
from jiceng.registry.operations.locking import lock_trees, lock_units
from jiceng.registry.refusals import InCircle, ParentNotThen, WrongTree

Interval = tuple[datetime.date, datetime.date, str]


@transaction.atomic
def move_units(
    parents: Mapping[int, int | None],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
    document: str = "",
    ends: Mapping[int, datetime.date] | None = None,
) -> None:
    """Put units under new parents of the same tree from `day` on, with all that stands below.

    Args:
        ends: days on which the caller ends some of the units, in the same transaction: their
            parents need not last longer.

    Raises:
        NoSuchUnit: a unit does not exist on `day`.
        ParentNotThen: a parent does not exist on `day`, or ends before the unit.
        WrongTree: a parent belongs to the other tree.
        InCircle: a parent would stand below the unit it takes, on `day` or later.
        ChangedLater: a placement that begins after `day` already stands.
    """
    own, journal = own_or_given(journal)
    lock_trees()
    moved = lock_units(list(parents), day)
    _check_parents(moved, parents, ends or {}, day)
    replace_from(
        Placement,
        "unit_id",
        {unit: {"parent_id": parent, "document": document} for unit, parent in parents.items()},
        day=day,
        journal=journal,
        sentence=_("该单位在%s之后已另有隶属关系，请先更正后一条。") % day,
    )
    rebuild_paths(list(parents))
    report(["registry.UnitPath"], [day], at)
    if own:
        leave_entry(
            "registry.unit.moved",
            list(parents),
            journal,
            by=by,
            at=at,
            key=key,
            day=day,
            parent=next(iter(parents.values())),
            document=document,
        )


def _check_parents(
    moved: dict[int, Unit],
    parents: Mapping[int, int | None],
    ends: Mapping[int, datetime.date],
    day: datetime.date,
) -> None:
    wanted = {parent for parent in parents.values() if parent is not None}
    standing = {
        row.unit_id: row
        for row in UnitPath.objects.on(day).filter(unit__in=wanted).select_related("unit")
    }
    if wanted - standing.keys():
        raise ParentNotThen(_("新的上级单位在%s不存在。") % day)
    for unit, parent in parents.items():
        if parent is None:
            continue
        if standing[parent].unit.tree != moved[unit].tree:
            raise WrongTree(_("不能把单位移到另一体系的单位之下。"))
        last = standing[parent].unit.valid_to
        if last < min(moved[unit].valid_to, ends.get(unit, FOREVER)):
            raise ParentNotThen(_("新的上级单位已定于%s终止，请改用其后仍存在的上级。") % last)
        if unit == parent:  # longer circles are met when the paths are followed
            raise InCircle(_("不能把单位移到它自己或它的下级之下。"))


@transaction.atomic
def seat_organisations(
    seats: Mapping[int, int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """Say in which division organisations stand from `day` on.

    Raises:
        NoSuchUnit: an organisation or a division does not exist on `day`.
        ChangedLater: a seat that begins after `day` already stands.
    """
    own, journal = own_or_given(journal)
    lock_trees()
    lock_units([*seats, *seats.values()], day)
    replace_from(
        Seat,
        "organisation_id",
        {unit: {"division_id": division, "batch_id": None} for unit, division in seats.items()},
        day=day,
        journal=journal,
        sentence=_("该组织在%s之后已另有所在区划，请先更正后一条。") % day,
    )
    report(["registry.Seat"], [day], at)
    if own:
        leave_entry(
            "registry.organisation.seated", list(seats), journal, by=by, at=at, key=key, day=day
        )


def rebuild_paths(units: Iterable[int]) -> None:
    """Compute anew, from the placements, the paths of units and of all that ever stood below.

    Inside the caller's transaction, the trees locked. Rows that are right already are left alone.
    No journal keeps paths: whoever undoes what was done to placements calls this again.

    Raises:
        InCircle: on some day a unit would stand below itself.
    """
    below = _ever_below(set(units))
    placements = _placements_of(below)
    lives = {u.pk: (u.valid_from, u.valid_to) for u in Unit.objects.filter(pk__in=below)}
    outside = _paths_of({p for rows in placements.values() for *_i, p in rows if p} - below)
    known: dict[tuple[int, datetime.date, datetime.date], list[Interval] | None] = {}
    fresh = {
        unit: _joined(_intervals_of(unit, *lives[unit], placements, outside, known))
        for unit in below
    }
    _replace_rows(below, fresh)


def _ever_below(units: set[int]) -> set[int]:
    """Return the units and every unit that was ever placed below one of them."""
    found, front = set(units), set(units)
    while front:
        rows = Placement.objects.filter(parent__in=front).values_list("unit_id", flat=True)
        front = set(rows) - found
        found |= front
    return found


def _placements_of(
    units: set[int],
) -> dict[int, list[tuple[datetime.date, datetime.date, int | None]]]:
    rows: dict[int, list[tuple[datetime.date, datetime.date, int | None]]] = defaultdict(list)
    for row in Placement.objects.filter(unit__in=units).order_by("valid_from"):
        rows[row.unit_id].append((row.valid_from, row.valid_to, row.parent_id))
    return rows


def _paths_of(units: set[int]) -> dict[int, list[Interval]]:
    rows: dict[int, list[Interval]] = defaultdict(list)
    for row in UnitPath.objects.filter(unit__in=units).order_by("valid_from"):
        rows[row.unit_id].append((row.valid_from, row.valid_to, row.path))
    return rows


def _intervals_of(
    unit: int,
    begins: datetime.date,
    ends: datetime.date,
    placements: Mapping[int, list[tuple[datetime.date, datetime.date, int | None]]],
    outside: Mapping[int, list[Interval]],
    known: dict[tuple[int, datetime.date, datetime.date], list[Interval] | None],
) -> list[Interval]:
    """Return a unit's path intervals between two days: its placements cut by those of its parents.

    Asked by days, not by unit alone: over the years two units may each have stood below the other.
    """
    if unit not in placements:
        return outside.get(unit, [])
    if (unit, begins, ends) in known:
        intervals = known[unit, begins, ends]
        if intervals is None:
            raise InCircle(_("不能把单位移到它自己或它的下级之下（包括以后各日）。"))
        return intervals
    known[unit, begins, ends] = None  # being followed: whoever meets it again goes in a circle
    own_key = paths.key_of(unit)
    found: list[Interval] = []
    for start, end, parent in placements[unit]:
        start, end = max(start, begins), min(end, ends)
        if start >= end:
            continue
        if parent is None:
            found.append((start, end, own_key))
            continue
        above = _intervals_of(parent, start, end, placements, outside, known)
        for above_from, above_to, path in above:
            if max(start, above_from) < min(end, above_to):
                found.append((max(start, above_from), min(end, above_to), path + own_key))
    known[unit, begins, ends] = found
    return found


def _joined(intervals: list[Interval]) -> list[Interval]:
    """Join neighbouring intervals of one path: a row holds while the whole path is constant."""
    joined: list[Interval] = []
    for start, end, path in sorted(intervals):
        if joined and joined[-1][1] == start and joined[-1][2] == path:
            joined[-1] = (joined[-1][0], end, path)
        else:
            joined.append((start, end, path))
    return joined


def _replace_rows(units: set[int], fresh: Mapping[int, list[Interval]]) -> None:
    wanted = {(unit, *one) for unit in units for one in fresh.get(unit, [])}
    stale: list[UnitPath] = []
    batches: dict[int, int | None] = {}
    for row in UnitPath.objects.filter(unit__in=units):
        batches[row.unit_id] = row.batch_id
        shape = (row.unit_id, row.valid_from, row.valid_to, row.path)
        if shape in wanted:
            wanted.discard(shape)
        else:
            stale.append(row)
    UnitPath.objects.filter(Q(pk__in=[row.pk for row in stale])).delete()
    rows = sorted(wanted)
    numbers = reserve_ids(UnitPath, len(rows))
    insert(
        UnitPath,
        ["id", "unit_id", "valid_from", "valid_to", "path", "batch_id"],
        ((number, *row, batches.get(row[0])) for number, row in zip(numbers, rows, strict=True)),
    )

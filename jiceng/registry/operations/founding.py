"""Founding units: identity, first name, code, placement and path, in one step."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.bulk import insert, listed, numbered, reserve_ids
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.registry import paths, search
from jiceng.registry.models import (
    Batch,
    Placement,
    Seat,
    Unit,
    UnitCode,
    UnitName,
    UnitPath,
)
from jiceng.registry.models.units import Tree
from jiceng.registry.operations.entries import leave_entry, own_or_given
from jiceng.registry.operations.locking import lock_trees
from jiceng.registry.refusals import CodeTaken, NoSuchUnit, ParentNotThen, WrongTree

Interval = tuple[datetime.date, datetime.date, str]  # from, to, path


@dataclass(frozen=True, slots=True)
class Founding:
    """A unit to be founded. Its parent is a standing unit, or an earlier row of the same list."""

    name: str
    kind: str
    level: int
    code: str = ""
    parent: int | None = None  # number of a standing unit
    parent_row: int | None = None  # place of an earlier founding in the list
    domain: str = ""
    seat: int | None = None  # organisations: number of the division they stand in


@transaction.atomic
def found_units(
    foundings: Sequence[Founding],
    *,
    tree: str,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
    searchable: bool = True,
    document: str = "",
) -> list[int]:
    """Found units from `day` on and return their numbers, in the order given.

    A fixed number of statements, whatever the number of rows. `searchable=False` leaves the
    search index to a later `search.index_names`.

    Raises:
        ParentNotThen: a parent does not exist on `day`, or ends later.
        WrongTree: a parent belongs to the other tree.
        CodeTaken: a code is held by another unit on `day` or later.
    """
    if not foundings:
        return []
    own, journal = own_or_given(journal)
    lock_trees()
    parent_paths = _parent_paths(foundings, tree, day)
    _refuse_taken_codes([f.code for f in foundings if f.code], day)
    ids = reserve_ids(Unit, len(foundings))
    _write_units(foundings, ids, tree, day, at, batch, journal)
    _write_names(foundings, ids, day, journal, searchable, document)
    _write_placements(foundings, ids, day, journal)
    _write_paths(foundings, ids, parent_paths, day, batch)
    _write_seats(foundings, ids, day, batch, journal)
    report(["registry.Unit", "registry.UnitPath"], [day], at)
    if own:
        leave_entry(
            "registry.unit.founded",
            ids,
            journal,
            by=by,
            at=at,
            key=key,
            text=foundings[0].name,
            day=day,
            document=document,
        )
    return ids


def _parent_paths(
    foundings: Sequence[Founding], tree: str, day: datetime.date
) -> dict[int, list[Interval]]:
    """Return the path intervals, from `day` on, of every standing parent."""
    wanted = {f.parent for f in foundings if f.parent is not None}
    found: dict[int, list[Interval]] = {}
    rows = UnitPath.objects.filter(unit__in=numbered(wanted), valid_to__gt=day).order_by(
        "valid_from"
    )
    for row in rows.select_related("unit"):
        if row.unit.tree != tree:
            raise WrongTree(_("上级单位不属于同一体系：区划之下只能设区划，组织之下只能设组织。"))
        found.setdefault(row.unit_id, []).append((row.valid_from, row.valid_to, row.path))
    missing = [n for n in wanted if n not in found or found[n][0][0] > day]
    if missing:
        raise ParentNotThen(
            _("上级单位在%(day)s不存在，请改用当日存在的上级，或把生效日推后。") % {"day": day}
        )
    ending = next((rows[-1][1] for rows in found.values() if rows[-1][1] != FOREVER), None)
    if ending:
        raise ParentNotThen(_("上级单位已定于%s终止，请改用其后仍存在的上级。") % ending)
    return found


def _refuse_taken_codes(codes: list[str], day: datetime.date) -> None:
    twice = [code for code, times in Counter(codes).items() if times > 1]
    if twice:
        raise CodeTaken(_("代码 %s 在同一份名单中出现了两次。") % "、".join(sorted(twice)[:5]))
    # Neither ordered nor cut: without statistics that would tempt PostgreSQL to walk all codes.
    held = UnitCode.objects.filter(code__in=listed(codes), valid_to__gt=day)
    taken = sorted(held.values_list("code", flat=True))
    if taken:
        raise CodeTaken(_("代码 %s 当日已属于另一单位。") % taken[0])


def _write_units(
    foundings: Sequence[Founding],
    ids: list[int],
    tree: str,
    day: datetime.date,
    at: datetime.datetime,
    batch: Batch | None,
    journal: Journal,
) -> None:
    batch_id = batch.pk if batch else None
    insert(
        Unit,
        [
            "id",
            "tree",
            "level",
            "domain",
            "ending",
            "valid_from",
            "valid_to",
            "recorded_at",
            "batch_id",
        ],
        (
            (pk, tree, f.level, f.domain, "", day, FOREVER, at, batch_id)
            for pk, f in zip(ids, foundings, strict=True)
        ),
    )
    journal.created(Unit, ids)


def _write_names(
    foundings: Sequence[Founding],
    ids: list[int],
    day: datetime.date,
    journal: Journal,
    searchable: bool,
    document: str,
) -> None:
    numbers = reserve_ids(UnitName, len(ids))
    insert(
        UnitName,
        ["id", "unit_id", "name", "kind", "document", "valid_from", "valid_to"],
        (
            (number, pk, f.name, f.kind, document, day, FOREVER)
            for number, pk, f in zip(numbers, ids, foundings, strict=True)
        ),
    )
    journal.created(UnitName, numbers)
    if searchable:
        search.index_names(zip(numbers, (f.name for f in foundings), strict=True))
    coded = [(pk, f.code) for pk, f in zip(ids, foundings, strict=True) if f.code]
    numbers = reserve_ids(UnitCode, len(coded))
    insert(
        UnitCode,
        ["id", "unit_id", "code", "valid_from", "valid_to"],
        (
            (number, pk, code, day, FOREVER)
            for number, (pk, code) in zip(numbers, coded, strict=True)
        ),
    )
    journal.created(UnitCode, numbers)


def _write_placements(
    foundings: Sequence[Founding], ids: list[int], day: datetime.date, journal: Journal
) -> None:
    numbers = reserve_ids(Placement, len(ids))
    parents = (f.parent if f.parent_row is None else ids[f.parent_row] for f in foundings)
    insert(
        Placement,
        ["id", "unit_id", "parent_id", "valid_from", "valid_to"],
        (
            (number, pk, parent, day, FOREVER)
            for number, pk, parent in zip(numbers, ids, parents, strict=True)
        ),
    )
    journal.created(Placement, numbers)


def _write_paths(
    foundings: Sequence[Founding],
    ids: list[int],
    parent_paths: dict[int, list[Interval]],
    day: datetime.date,
    batch: Batch | None,
) -> None:
    """Write the paths. No journal keeps them: they follow from the placements."""
    intervals: list[list[Interval]] = []
    for pk, founding in zip(ids, foundings, strict=True):
        intervals.append(_intervals(founding, paths.key_of(pk), intervals, parent_paths, day))
    rows = [(pk, *one) for pk, own in zip(ids, intervals, strict=True) for one in own]
    numbers = reserve_ids(UnitPath, len(rows))
    batch_id = batch.pk if batch else None
    insert(
        UnitPath,
        ["id", "unit_id", "valid_from", "valid_to", "path", "batch_id"],
        ((number, *row, batch_id) for number, row in zip(numbers, rows, strict=True)),
    )


def _intervals(
    founding: Founding,
    own_key: str,
    earlier: list[list[Interval]],
    parent_paths: dict[int, list[Interval]],
    day: datetime.date,
) -> list[Interval]:
    if founding.parent_row is not None:
        above = earlier[founding.parent_row]
    elif founding.parent is not None:
        above = parent_paths[founding.parent]
    else:
        return [(day, FOREVER, own_key)]
    return [(max(start, day), end, path + own_key) for start, end, path in above]


def _write_seats(
    foundings: Sequence[Founding],
    ids: list[int],
    day: datetime.date,
    batch: Batch | None,
    journal: Journal,
) -> None:
    seated = [(pk, f.seat) for pk, f in zip(ids, foundings, strict=True) if f.seat is not None]
    if not seated:
        return
    wanted = {division for _pk, division in seated}
    standing = set(
        UnitPath.objects.on(day)
        .filter(unit__in=numbered(wanted), unit__tree=Tree.DIVISION)
        .values_list("unit_id", flat=True)
    )
    if wanted - standing:
        raise NoSuchUnit(_("组织所在的区划在%(day)s不存在。") % {"day": day})
    numbers = reserve_ids(Seat, len(seated))
    batch_id = batch.pk if batch else None
    insert(
        Seat,
        ["id", "organisation_id", "division_id", "valid_from", "valid_to", "batch_id"],
        (
            (number, pk, division, day, FOREVER, batch_id)
            for number, (pk, division) in zip(numbers, seated, strict=True)
        ),
    )
    journal.created(Seat, numbers)

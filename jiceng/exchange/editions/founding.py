"""The first edition founds every division it names, from its day on."""

import datetime
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.bulk import listed, renew_statistics
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.locks import alone_here
from jiceng.core.refusals import Conflict
from jiceng.exchange.editions.rows import Row, checked, digest_of
from jiceng.registry import search
from jiceng.registry.models import (
    Batch,
    Placement,
    Unit,
    UnitCode,
    UnitName,
    UnitPath,
)
from jiceng.registry.models.units import Tree
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import shown

KIND = "exchange.founding"
_SQLITE_CHUNK = 280  # five rows a unit and two for the search: under 2,000 rows a transaction
_POSTGRESQL_CHUNK = 20_000


class AlreadyFounded(Conflict):
    """Divisions of the edition stand in the register already: it is to be compared instead."""


class FoundingUnderWay(Conflict):
    """Another first edition is being founded."""


def found_from_edition(
    rows: Sequence[Row],
    day: datetime.date,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    searchable: bool = True,
) -> dict[str, int]:
    """Found every division of an edition from `day` on; return their numbers by code.

    One transaction on PostgreSQL. On SQLite chunks under one batch that is hidden until it is
    finished; what a killed founding left is removed first, so there is one founding at a time.

    Args:
        searchable: False leaves the search index to `index_edition`.

    Raises:
        FaultyEdition: a row cannot be taken.
        AlreadyFounded: a code is held by a unit of the register on the day or later.
        FoundingUnderWay: another founding is not through.
    """
    rows = checked(rows)
    _refuse_standing(rows, day)
    with transaction.atomic() if connection.vendor == "postgresql" else _alone():
        remove_unfinished()
        batch = Batch.objects.create(kind=KIND, started_at=at)
        numbers: dict[str, int] = {}
        for chunk in _chunks(rows):
            numbers.update(_found(chunk, numbers, day, by, at, batch, searchable))
        _finish(batch, rows, numbers, day, by, at, key)
    renew_statistics()
    return numbers


@contextmanager
def _alone() -> Iterator[None]:
    with alone_here(KIND) as free:
        if not free:
            raise FoundingUnderWay(_("另一份首版区划正在写入。请等它完成，再看登记册里有什么。"))
        yield


def _chunk_size() -> int:
    return _POSTGRESQL_CHUNK if connection.vendor == "postgresql" else _SQLITE_CHUNK


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    size = _chunk_size()
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _refuse_standing(rows: Sequence[Row], day: datetime.date) -> None:
    held = shown(Unit.objects.all()).filter(
        codes__code__in=listed(row.code for row in rows), codes__valid_to__gt=day
    )
    taken = sorted(held.values_list("codes__code", flat=True))
    if taken:
        raise AlreadyFounded(
            _("代码 %s 在登记册里已有单位。这份区划请作为新版本上传，与登记册比对。") % taken[0]
        )


def _found(
    chunk: Sequence[Row],
    numbers: dict[str, int],
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    batch: Batch,
    searchable: bool,
) -> dict[str, int]:
    places = {row.code: place for place, row in enumerate(chunk)}
    foundings = [
        Founding(
            row.name,
            row.kind,
            row.level,
            row.code,
            parent=numbers.get(row.parent),
            parent_row=places.get(row.parent),
        )
        for row in chunk
    ]
    ids = found_units(
        foundings,
        tree=Tree.DIVISION,
        day=day,
        by=by,
        at=at,
        batch=batch,
        journal=Journal(),
        searchable=searchable,
    )
    return dict(zip(places, ids, strict=True))


@transaction.atomic
def _finish(
    batch: Batch,
    rows: Sequence[Row],
    numbers: dict[str, int],
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    Batch.objects.filter(pk=batch.pk).update(finished_at=at)
    report(["registry.Unit", "registry.UnitPath"], [day], at)
    audit.record(
        action="exchange.edition.founded",
        subject=audit.label_of(batch),
        subject_text=rows[0].name,
        unit=numbers[rows[0].code],
        unit_text=rows[0].name,
        by=by,
        at=at,
        key=key,
        after={"day": day, "digest": digest_of(rows)},
        count=len(rows),
    )


def remove_unfinished() -> None:
    """Take away what a killed founding left; nobody has ever seen it."""
    for batch in Batch.objects.filter(kind=KIND, finished_at=None):
        units = Unit.objects.filter(batch=batch)
        while ids := list(units.order_by("-pk").values_list("pk", flat=True)[:_SQLITE_CHUNK]):
            _remove(ids)
        batch.delete()


@transaction.atomic
def _remove(ids: list[int]) -> None:
    search.forget_names(UnitName.objects.filter(unit__in=ids).values_list("pk", flat=True))
    for model in (UnitPath, Placement, UnitCode, UnitName):
        model.objects.filter(unit__in=ids).delete()
    Unit.objects.filter(pk__in=ids).delete()


def index_edition() -> None:
    """Make every name that is not yet searchable so; for a founding with `searchable=False`."""
    last, size = 0, _chunk_size()
    missing = UnitName.objects.filter(search=None).order_by("pk").values_list("pk", "name")
    while names := list(missing.filter(pk__gt=last)[:size]):
        _index(names)
        last = names[-1][0]
    renew_statistics()


@transaction.atomic
def _index(names: list[tuple[int, str]]) -> None:
    search.index_names(names)

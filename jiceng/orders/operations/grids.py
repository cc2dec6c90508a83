"""What is said of grids: their board, the lines of work on them, where people tell what they have
seen, and what may be given to them.
"""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.models import Dated
from jiceng.core.periods import FOREVER
from jiceng.orders import catalogue
from jiceng.orders.models import GridAccessItem, GridCard, GridLine, ObservationPoint
from jiceng.orders.operations.hanging import (
    NotAGrid,
    UnknownItem,
    end_row,
    need_document,
    refuse_overlaps,
)
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.operations.writing import lock_lives

Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True, slots=True)
class CardRow:
    grid: int
    area: str = ""
    complaint_phone: str = ""
    many_absent: bool = False


@dataclass(frozen=True, slots=True)
class LineRow:
    grid: int
    line: str  # code in data/services.yaml
    document: str
    valid_from: datetime.date


@dataclass(frozen=True, slots=True)
class PointRow:
    grid: int
    name: str
    place: str
    valid_from: datetime.date
    hours: str = ""


@dataclass(frozen=True, slots=True)
class AccessRow:
    unit: int
    title: str
    document: str
    valid_from: datetime.date
    service: str = ""


@transaction.atomic
def describe_grids(
    rows: Sequence[CardRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Write what stands on grids' boards. The caller has checked that `by` may.

    Raises:
        NotAGrid: a unit is no grid.
    """
    if not rows:
        return
    _lock_grids([(row.grid, None) for row in rows])
    cards = [
        GridCard(
            unit_id=row.grid,
            area=row.area.strip(),
            complaint_phone=row.complaint_phone.strip(),
            many_absent=row.many_absent,
            recorded_at=at,
        )
        for row in rows
    ]
    said = ["area", "complaint_phone", "many_absent"]
    old = GridCard.objects.filter(unit__in=[row.grid for row in rows])
    before = {str(card.pk): {name: getattr(card, name) for name in said} for card in old}
    GridCard.objects.bulk_create(
        cards,
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=[*said, "recorded_at"],
    )
    after = {str(card.pk): {name: getattr(card, name) for name in said} for card in cards}
    one = len(rows) == 1
    audit.record(
        action="orders.grid.described",
        subject=cards[0],
        unit=rows[0].grid,
        by=by,
        at=at,
        key=key,
        before=before if one else {},
        after=after if one else {},
        count=len(rows),
    )


@transaction.atomic
def share_grids(
    rows: Sequence[LineRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> list[GridLine]:
    """Let lines of work use grids instead of drawing their own.

    Raises:
        UnknownItem: there is no such line of work.
        NeedsDocument: no document is named.
        NotAGrid: a unit is no grid.
        StandsAlready: a line uses the grid already.
    """
    unknown = {row.line for row in rows} - catalogue.shipped().lines.keys()
    if unknown:
        raise UnknownItem(_("没有这条工作线：%s。") % "、".join(sorted(unknown)))
    need_document([row.document for row in rows])
    _lock_grids([(row.grid, row.valid_from) for row in rows])
    lines = [
        GridLine(
            grid_id=row.grid,
            line=row.line,
            document=row.document.strip(),
            valid_from=row.valid_from,
            recorded_at=at,
        )
        for row in rows
    ]
    if lines:
        refuse_overlaps(lines, "grid_id", "line", _line_named)
    return _keep(lines, "orders.grid_line.shared", "grid_id", by, at, key)


@transaction.atomic
def open_observation_points(
    rows: Sequence[PointRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> list[ObservationPoint]:
    """Open places in grids where people tell what they have seen.

    Raises:
        NotAGrid: a unit is no grid.
        StandsAlready: the grid has one of this name.
    """
    _lock_grids([(row.grid, row.valid_from) for row in rows])
    points = [
        ObservationPoint(
            grid_id=row.grid,
            name=row.name.strip(),
            place=row.place.strip(),
            hours=row.hours.strip(),
            valid_from=row.valid_from,
            recorded_at=at,
        )
        for row in rows
    ]
    if points:
        refuse_overlaps(points, "grid_id", "name", lambda row: str(getattr(row, "name", "")))
    return _keep(points, "orders.observation_point.opened", "grid_id", by, at, key)


@transaction.atomic
def admit_to_grids(
    rows: Sequence[AccessRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> list[GridAccessItem]:
    """Put tasks on the list of what may be given to the grids of a place and below.

    Raises:
        UnknownItem: there is no such kind of service.
        NeedsDocument: no document is named.
        NoSuchUnit, OutsideLife: the place does not stand on the day.
        StandsAlready: the list holds it already.
    """
    unknown = {row.service for row in rows if row.service} - catalogue.shipped().services.keys()
    if unknown:
        raise UnknownItem(_("没有这种诉求：%s。") % "、".join(sorted(unknown)))
    need_document([row.document for row in rows])
    lock_lives((row.unit, row.valid_from, FOREVER) for row in rows)
    items = [
        GridAccessItem(
            unit_id=row.unit,
            title=row.title.strip(),
            service=row.service,
            document=row.document.strip(),
            valid_from=row.valid_from,
            recorded_at=at,
        )
        for row in rows
    ]
    if items:
        refuse_overlaps(items, "unit_id", "title", lambda row: str(getattr(row, "title", "")))
    return _keep(items, "orders.grid_access_item.admitted", "unit_id", by, at, key)


def end_grid_line(
    number: int, *, day: datetime.date, by: User, at: datetime.datetime, key: uuid.UUID
) -> GridLine:
    """Let a line of work leave a grid from `day` on.

    Raises:
        NoSuchRow: it does not use the grid the day before.
    """
    action = "orders.grid_line.ended"
    return end_row(GridLine, number, owner="grid_id", day=day, by=by, at=at, key=key, action=action)


def close_observation_point(
    number: int, *, day: datetime.date, by: User, at: datetime.datetime, key: uuid.UUID
) -> ObservationPoint:
    """Close an observation point from `day` on.

    Raises:
        NoSuchRow: it was not open the day before.
    """
    action = "orders.observation_point.closed"
    return end_row(
        ObservationPoint, number, owner="grid_id", day=day, by=by, at=at, key=key, action=action
    )


def end_grid_access(
    number: int, *, day: datetime.date, by: User, at: datetime.datetime, key: uuid.UUID
) -> GridAccessItem:
    """Strike a task off the list of what may be given to grids from `day` on.

    Raises:
        NoSuchRow: it is not on the list the day before.
    """
    action = "orders.grid_access_item.ended"
    return end_row(
        GridAccessItem, number, owner="unit_id", day=day, by=by, at=at, key=key, action=action
    )


def _lock_grids(wanted: Sequence[tuple[int, datetime.date | None]]) -> None:
    """Lock the grids in order of number; days are those on which they must stand."""
    numbers = {number for number, _day in wanted}
    rows = Unit.objects.select_for_update(no_key=True).filter(
        pk__in=numbers, tree=Tree.DIVISION, level=Level.GRID
    )
    found = {unit.pk: unit for unit in rows.order_by("pk")}
    for number, day in wanted:
        unit = found.get(number)
        if unit is None or (day and not unit.valid_from <= day < unit.valid_to):
            raise NotAGrid(_("这个单位当日不是网格。"))


def _line_named(row: Dated) -> str:
    return catalogue.shipped().lines[getattr(row, "line", "")]


def _keep(
    rows: list[Row],
    action: str,
    owner: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> list[Row]:
    if not rows:
        return []
    type(rows[0])._default_manager.bulk_create(rows)
    audit.record(
        action=action,
        subject=rows[0],
        unit=getattr(rows[0], owner),
        by=by,
        at=at,
        key=key,
        after={"rows": [str(row) for row in rows[:20]]},
        count=len(rows),
    )
    return rows

"""Positions on the map, and the premises in which units receive people."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.registry.dated import replace_from
from jiceng.registry.models import Batch, Position, Premises
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.writing import lock_lives, record_rows, write
from jiceng.registry.overlaps import Span, clashes
from jiceng.registry.refusals import DatesOverlap


@dataclass(frozen=True, slots=True)
class PositionRow:
    unit: int
    longitude: float  # WGS-84, degrees
    latitude: float
    source: str
    valid_from: datetime.date
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class PremisesRow:
    unit: int
    kind: str  # Premises.Kind
    name: str
    valid_from: datetime.date
    valid_to: datetime.date = FOREVER
    address: str = ""
    floor_area_m2: int | None = None
    office_phone: str = ""


@transaction.atomic
def place_units(
    rows: Sequence[PositionRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> None:
    """Put units on the map from a day on; an earlier position ends that day.

    Raises:
        NoSuchUnit, OutsideLife: a unit does not exist on the day.
        ChangedLater: a position that begins after the day already stands.
    """
    if not rows:
        return
    own, journal = own_or_given(journal)
    lock_lives((row.unit, row.valid_from, row.valid_from) for row in rows)
    by_day: dict[datetime.date, dict[int, dict[str, object]]] = defaultdict(dict)
    for row in rows:
        by_day[row.valid_from][row.unit] = {
            "longitude": row.longitude,
            "latitude": row.latitude,
            "made_up": row.made_up,
            "source": row.source,
            "batch_id": batch.pk if batch else None,
        }
    for day in sorted(by_day):
        replace_from(
            Position,
            "unit_id",
            by_day[day],
            day=day,
            journal=journal,
            sentence=_("该单位在%s之后已有新的位置，请先更正后一条。") % day,
        )
    units = [row.unit for row in rows]
    if own:
        record_rows(
            "registry.position.recorded",
            Position,
            units,
            journal,
            by=by,
            at=at,
            key=key,
            unit=units[0],
        )


@transaction.atomic
def open_premises(
    rows: Sequence[PremisesRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Record premises of units and return their numbers in the order given.

    Raises:
        NoSuchUnit, OutsideLife: a unit does not live through the period.
        DatesOverlap: the unit has premises of that name on one of the days.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    lock_lives((row.unit, row.valid_from, row.valid_to) for row in rows)
    spans = [Span((row.unit, row.name), row.valid_from, row.valid_to) for row in rows]
    if clashes(Premises, ["unit_id", "name"], spans):
        raise DatesOverlap(_("该单位已有同名阵地，起止日重叠。"))
    ids = write(
        Premises,
        [
            "unit_id",
            "kind",
            "name",
            "address",
            "floor_area_m2",
            "office_phone",
            "valid_from",
            "valid_to",
        ],
        [
            (
                row.unit,
                row.kind,
                row.name,
                row.address,
                row.floor_area_m2,
                row.office_phone,
                row.valid_from,
                row.valid_to,
            )
            for row in rows
        ],
        batch=batch,
        journal=journal,
    )
    unit = rows[0].unit
    if own:
        record_rows(
            "registry.premises.opened", Premises, ids, journal, by=by, at=at, key=key, unit=unit
        )
    return ids

"""The open board as it is read: released summaries, at the precision of a street or village."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.orders.models import BoardEntry
from jiceng.orders.queries.following import state_of, title_of
from jiceng.registry import paths
from jiceng.registry.models import Boundary, Position, Unit, UnitPath
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import described, path_of, shown

_THOUSANDTHS = 1000


@dataclass(frozen=True, slots=True)
class Shown:
    """A released order as everybody reads it."""

    number: str
    code: str  # of the kind
    kind: str
    summary: str
    place: str
    place_number: int
    state: str
    tone: str
    overdue: bool
    handler: str
    placed_at: datetime.datetime
    due_at: datetime.datetime | None
    closed_at: datetime.datetime | None
    updated_at: datetime.datetime
    latitude: float | None
    longitude: float | None
    photo: int | None


def within(unit: Unit | None, day: datetime.date) -> QuerySet[BoardEntry]:
    """Return the entries of a division with its path of the day, or of everywhere."""
    entries = BoardEntry.objects.all()
    if unit is None:
        return entries
    if unit.level >= Level.VILLAGE:
        return entries.filter(place=unit.pk)
    if unit.level == Level.TOWN:
        return entries.filter(town=unit.pk)
    towns = UnitPath.objects.on(day).filter(
        path__gte=unit.path, path__lt=paths.end_of(unit.path), unit__level__lte=Level.TOWN
    )
    return entries.filter(town__in=towns.values("unit"))


def shown_entry(entry: BoardEntry, at: datetime.datetime) -> Shown:
    state, tone = state_of(entry.step, entry.outcome, resident=False)
    on_map = entry.latitude is not None and entry.longitude is not None
    return Shown(
        entry.number,
        entry.kind,
        title_of(entry.kind),
        entry.summary,
        entry.place_name,
        entry.place,
        state,
        tone,
        overdue=bool(entry.step) and entry.due_at is not None and entry.due_at < at,
        handler=entry.handler,
        placed_at=entry.placed_at,
        due_at=entry.due_at,
        closed_at=entry.closed_at,
        updated_at=entry.updated_at,
        latitude=entry.latitude / _THOUSANDTHS if on_map and entry.latitude else None,
        longitude=entry.longitude / _THOUSANDTHS if on_map and entry.longitude else None,
        photo=entry.photo,
    )


def board_map(entries: Iterable[BoardEntry], at: datetime.datetime, day: datetime.date) -> str:
    """Return what a map shows of the board, as JSON text (docs/ui.md): outlines of counties, and
    each entry that has a position. One statement besides the entries'.
    """
    rows = [shown_entry(entry, at) for entry in entries]
    return json.dumps(
        {
            "statuses": [
                {"code": "open", "title": _("办理中"), "rank": 4},
                {"code": "closed", "title": _("已结案"), "rank": 1},
            ],
            "outlines": _outlines(day),
            "places": _collection(_point(row) for row in rows if row.latitude is not None),
        },
        ensure_ascii=False,
    )


def ground_map(place: int | None, day: datetime.date) -> str:
    """Return what a map shows on which a point is set, as JSON text: outlines of counties, and by
    name the villages of the township that holds `place`, or every township. Four statements at
    most.
    """
    path = path_of(place, day) if place else ""
    town = _town_of(path)
    level = Level.VILLAGE if town else Level.TOWN
    rows = shown(Position.objects.on(day)).filter(unit__tree=Tree.DIVISION, unit__level=level)
    if town:
        below = UnitPath.objects.on(day).filter(path__gte=town, path__lt=paths.end_of(town))
        rows = rows.filter(unit__in=below.values("unit"))
    found = list(rows.values_list("unit_id", "longitude", "latitude"))
    names = described([number for number, _x, _y in found], day)
    return json.dumps(
        {
            "outlines": _outlines(day),
            "places": _collection(
                _feature(
                    {"type": "Point", "coordinates": [x, y]},
                    {"name": names[number].name, "chosen": number == place},
                )
                for number, x, y in found
            ),
        },
        ensure_ascii=False,
    )


def _town_of(path: str) -> str:
    """Return the path of the township that holds the place at `path`; of a place above, nothing."""
    above = paths.ids_of(path) if path else []
    levels = dict(Unit.objects.filter(pk__in=above).values_list("pk", "level"))
    depth = next((at for at, one in enumerate(above, 1) if levels[one] == Level.TOWN), 0)
    return path[: depth * paths.WIDTH]


def _outlines(day: datetime.date) -> dict[str, object]:
    rows = shown(Boundary.objects.on(day)).filter(
        unit__tree=Tree.DIVISION, unit__level=Level.COUNTY
    )
    return _collection(
        _feature(json.loads(text), {"name": ""}) for text in rows.values_list("outline", flat=True)
    )


def _point(row: Shown) -> dict[str, object]:
    return _feature(
        {"type": "Point", "coordinates": [row.longitude, row.latitude]},
        {
            "number": row.number,
            "name": row.kind,
            "status": "closed" if row.closed_at else "open",
            "text": f"{row.place} · {row.state}",
            "note": row.summary,
        },
    )


def _feature(geometry: object, properties: dict[str, object]) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _collection(features: Iterable[dict[str, object]]) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features)}

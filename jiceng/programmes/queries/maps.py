"""What a programme's map shows: outlines by shortfall, belts, villages by status."""

import datetime
import json
from collections.abc import Iterable

from django.utils.translation import gettext as _

from jiceng.programmes.models import Belt
from jiceng.programmes.queries.boards import Board, Cell
from jiceng.programmes.queries.facts import statuses_on
from jiceng.registry import paths
from jiceng.registry.models import Boundary, Position, UnitPath
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import shown


def map_of(board: Board, belts: Iterable[Belt], addresses: dict[str, str]) -> str:
    """Return the map's data as JSON text, in the shape that docs/ui.md describes.

    Args:
        addresses: "belt" and "unit", each with %s in the place of the number.

    Villages without a position are not on the map; the list beside it names everything.
    """
    day = board.day
    definition = board.seen.definition
    statuses = [{"code": "", "title": _("无状态"), "rank": 0}] + [
        {"code": rung.code, "title": rung.title, "rank": definition.rank(rung.code)}
        for rung in definition.ladder
    ]
    parts = {
        "statuses": json.dumps(statuses, ensure_ascii=False),
        "outlines": _collection(_outlines(board)),
        "belts": _collection(_lines(belts, addresses["belt"])),
        "places": _collection(_places(board, day, addresses["unit"])),
    }
    return "{" + ",".join(f'"{name}":{text}' for name, text in parts.items()) + "}"


def _collection(features: Iterable[str]) -> str:
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"


def _feature(geometry: str, properties: dict[str, object]) -> str:
    """Return a feature; `geometry` is JSON text already and is not read again."""
    return f'{{"type":"Feature","geometry":{geometry},"properties":{_json(properties)}}}'


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once


def _outlines(board: Board) -> Iterable[str]:
    """Yield the outlines of the units below the board's own, or its own where those have none."""
    cells: dict[int, list[Cell]] = {row.unit.pk: row.cells for row in board.rows}
    names = {row.unit.pk: row.unit.name for row in board.rows}
    cells[board.root.pk], names[board.root.pk] = board.totals, board.root.name
    rows = dict(
        shown(Boundary.objects.on(board.day)).filter(unit__in=cells).values_list("unit", "outline")
    )
    below = [number for number in rows if number != board.root.pk]
    for number in below or list(rows):
        text, tone = _summary(cells[number])
        yield _feature(rows[number], {"name": names[number], "text": text, "tone": tone})


def _summary(cells: Iterable[Cell]) -> tuple[str, str]:
    """Say what is missing in a unit, and in which tone it is shown."""
    short = [cell for cell in cells if cell.short]
    if not short:
        return _("各项目标均已达到"), "good"
    words = [
        _("%(target)s还差 %(gap)d %(unit)s")
        % {"target": cell.target.title, "gap": cell.gap, "unit": cell.target.measured_in}
        for cell in short
    ]
    own = any(cell.own is not None for cell in short)
    return "；".join(words), "bad" if own else "warn"


def _lines(belts: Iterable[Belt], address: str) -> Iterable[str]:
    for belt in belts:
        if belt.line:
            built = getattr(belt, "built_on", None)
            yield _feature(
                _json(belt.line),
                {
                    "name": belt.name,
                    "text": _("已建成") if built else _("创建中"),
                    "tone": "good" if built else "",
                    "address": address % belt.number,
                },
            )


def _places(board: Board, day: datetime.date, address: str) -> Iterable[str]:
    """Yield the villages below the board's unit that have a position. Two statements.

    A city's are thousands: what many of them share is put into JSON once.
    """
    titles = {"": ""} | {rung.code: rung.title for rung in board.seen.definition.ladder}
    held = dict(statuses_on(board.seen.programme, day).values_list("unit_id", "status"))
    example, link = _("位置为示意"), _json(address)
    standing = {
        status: _members({"status": status, "text": titles.get(status, "")})
        for status in {"", *held.values()}
    }
    notes = {
        made_up: _members({"note": example if made_up else "", "made_up": made_up})
        for made_up in (True, False)
    }
    for number, name, x, y, made_up in _positions(board.root.path, day):
        yield (
            f'{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{x:.6f},{y:.6f}]}},'
            f'"properties":{{"number":{number},"name":{_json(name)},'
            f'{standing[held.get(number, "")]},{notes[made_up]},"address":{link % number}}}}}'
        )


def _members(values: dict[str, object]) -> str:
    """Return an object's members as JSON text, without the braces."""
    return _json(values)[1:-1]


def _positions(root: str, day: datetime.date) -> Iterable[tuple[int, str, float, float, bool]]:
    if not root:
        return []
    rows = shown(Position.objects.on(day)).filter(
        unit__tree=Tree.DIVISION,
        unit__level=Level.VILLAGE,
        unit__in=UnitPath.objects.on(day)
        .filter(path__gte=root, path__lt=paths.end_of(root))
        .values("unit"),
        unit__names__valid_from__lte=day,
        unit__names__valid_to__gt=day,
    )
    return rows.values_list("unit_id", "unit__names__name", "longitude", "latitude", "made_up")

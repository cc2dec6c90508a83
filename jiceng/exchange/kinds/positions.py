"""Positions on the map, from CSV, XLSX or GeoJSON points."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Kind, Values
from jiceng.exchange.lookups import check_period, chunked, codes_of, find_units, units_readable
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.registry.models import Position
from jiceng.registry.operations import PositionRow, place_units
from jiceng.registry.queries import shown

UNIT = Column("unit", "单位代码", parsing.code, required=True, example="990102001001")
LONGITUDE = Column(
    "longitude",
    "经度",
    parsing.degrees(180),
    required=True,
    example="120.6553",
    help="WGS-84 坐标，十进制度数。",
)
LATITUDE = Column("latitude", "纬度", parsing.degrees(90), required=True, example="28.0149")
SOURCE = Column("source", "来源", parsing.text(120), required=True, example="实地测量")
SINCE = Column("since", "生效日期", parsing.day, help="留空则按本次导入的数据日期。", else_day=True)
MADE_UP = Column("made_up", "虚构位置", parsing.yes_or_no, example="否", choices=("是", "否"))


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, UNIT, context, day=lambda row: row["since"])
    check_period(rows, UNIT, SINCE, None)
    whole = [row for row in rows if not row.faults]
    standing = Position.objects.filter(unit__in={row.found["unit"].unit for row in whole})
    latest: dict[int, Position] = {}
    for position in standing.order_by("valid_from"):
        latest[position.unit_id] = position
    for row in whole:
        _compare(row, latest.get(row.found["unit"].unit))


def _compare(row: Row, known: Position | None) -> None:
    if known is None:
        return
    if known.valid_from > row["since"]:
        row.fault(
            SINCE.title,
            _("已有更晚的位置"),
            _("该单位自%s起已有位置，不能再登记更早的。请改正生效日期。") % known.valid_from,
        )
    row.unchanged = (
        known.longitude,
        known.latitude,
        known.source,
        known.made_up,
        known.valid_from,
    ) == (row["longitude"], row["latitude"], row["source"], bool(row["made_up"]), row["since"])
    if not row.unchanged:
        row.changes, row.seen = True, f"{known.pk} {known.valid_from}"
        row.tell(_("换位置"), _("代替自%s起的位置") % known.valid_from)


def apply(rows: Sequence[Row], context: Context) -> None:
    place_units(
        [
            PositionRow(
                unit=row.found["unit"].unit,
                longitude=row["longitude"],
                latitude=row["latitude"],
                source=row["source"],
                valid_from=row["since"],
                made_up=bool(row["made_up"]),
            )
            for row in rows
        ],
        by=context.by,
        at=context.at,
        batch=context.batch,
        journal=context.journal,
    )


def export(reading: Reading) -> Iterator[Sequence[object]]:
    rows = (
        shown(Position.objects.on(reading.day))
        .filter(unit__in=units_readable(reading).values("pk"))
        .order_by("unit", "pk")
    )
    for chunk in chunked(rows):
        codes = codes_of((row.unit_id for row in chunk), reading.day)
        for row in chunk:
            yield (
                codes.get(row.unit_id, ""),
                row.longitude,
                row.latitude,
                row.source,
                row.valid_from,
                "是" if row.made_up else "否",
            )


def _key(values: Values) -> str:
    return values.get("unit") or ""


POSITIONS = Kind(
    code="positions",
    title=gettext_lazy("位置"),
    description=gettext_lazy("单位在地图上的位置；也收 GeoJSON 的点。"),
    columns=(UNIT, LONGITUDE, LATITUDE, SOURCE, SINCE, MADE_UP),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    sources=("registry.Position",),
    writes=2,
    order=70,
)

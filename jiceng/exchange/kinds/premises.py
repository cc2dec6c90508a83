"""Premises: service centres and other places in which units receive people."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.periods import FOREVER
from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Kind, Span, Values
from jiceng.exchange.lookups import (
    check_period,
    chunked,
    codes_of,
    find_units,
    shown_end,
    units_readable,
    until,
)
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.registry.models import Premises
from jiceng.registry.operations import PremisesRow, open_premises
from jiceng.registry.overlaps import Span as Held
from jiceng.registry.overlaps import clashes
from jiceng.registry.queries import shown

_KINDS = dict(Premises.Kind.choices)

UNIT = Column("unit", "单位代码", parsing.code, required=True, example="990102001001")
KIND = Column(
    "kind",
    "类别",
    parsing.choice(_KINDS),
    required=True,
    example="党群服务中心",
    choices=tuple(map(str, _KINDS.values())),
)
NAME = Column("name", "名称", parsing.text(80), required=True, example="（示例）上村党群服务中心")
ADDRESS = Column("address", "地址", parsing.text(160))
AREA = Column("area", "面积（平方米）", parsing.whole(10_000_000), example="450")
PHONE = Column("phone", "办公电话", parsing.text(32))
SINCE = Column(
    "since",
    "启用日期",
    parsing.day,
    example="2017-01-01",
    help="留空则按本次导入的数据日期。",
    else_day=True,
)
ENDED = Column("until", "停用日期", parsing.day, help="不再使用的首日；在用的留空。")


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, UNIT, context, day=lambda row: row["since"])
    check_period(rows, UNIT, SINCE, ENDED)
    whole = [row for row in rows if not row.faults]
    standing = Premises.objects.filter(unit__in={row.found["unit"].unit for row in whole})
    held = set(
        standing.values_list(
            "unit_id",
            "kind",
            "name",
            "address",
            "floor_area_m2",
            "office_phone",
            "valid_from",
            "valid_to",
        )
    )
    for row in whole:
        row.unchanged = _shape(row) in held
    _check_standing([row for row in whole if not row.unchanged])


def _shape(row: Row) -> tuple[object, ...]:
    return (
        row.found["unit"].unit,
        row["kind"],
        row["name"],
        row["address"] or "",
        row["area"],
        row["phone"] or "",
        row["since"],
        until(row, "until"),
    )


def _check_standing(rows: Sequence[Row]) -> None:
    spans = [
        Held((row.found["unit"].unit, row["name"]), row["since"], until(row, "until"))
        for row in rows
    ]
    for place, clash in clashes(Premises, ["unit_id", "name"], spans).items():
        if clash.place is None:
            rows[place].fault(
                NAME.title,
                _("同名阵地"),
                _("该单位自%s起已有同名阵地。请核对名称和启用日期。") % clash.valid_from,
            )


def apply(rows: Sequence[Row], context: Context) -> None:
    open_premises(
        [
            PremisesRow(
                unit=row.found["unit"].unit,
                kind=row["kind"],
                name=row["name"],
                valid_from=row["since"],
                valid_to=until(row, "until"),
                address=row["address"] or "",
                floor_area_m2=row["area"],
                office_phone=row["phone"] or "",
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
        shown(Premises.objects.on(reading.day))
        .filter(unit__in=units_readable(reading).values("pk"))
        .order_by("unit", "pk")
    )
    for chunk in chunked(rows):
        codes = codes_of((row.unit_id for row in chunk), reading.day)
        for row in chunk:
            yield (
                codes.get(row.unit_id, ""),
                row.get_kind_display(),
                row.name,
                row.address,
                "" if row.floor_area_m2 is None else row.floor_area_m2,
                row.office_phone,
                row.valid_from,
                shown_end(row.valid_to),
            )


def _spans(values: Values) -> Sequence[Span]:
    if not (values.get("unit") and values.get("name") and values.get("since")):
        return ()
    held = f"{values['unit']}|{values['name']}"
    return [(held, values["since"], values.get("until") or FOREVER, "")]


def _key(_values: Values) -> str:
    return ""


PREMISES = Kind(
    code="premises",
    title=gettext_lazy("阵地"),
    description=gettext_lazy("党群服务中心、便民服务站等场所。"),
    columns=(UNIT, KIND, NAME, ADDRESS, AREA, PHONE, SINCE, ENDED),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    spans=_spans,
    sources=("registry.Premises",),
    writes=1,
    order=80,
)

"""Duty lists as a file: what each unit has to do, by which document, since when."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.periods import FOREVER
from jiceng.exchange import parsing
from jiceng.exchange.declarations import KINDS, Column, Kind, Span, Values
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
from jiceng.orders.duties import duties
from jiceng.orders.models import DutyItem
from jiceng.orders.operations.duty import DutyRow, record_duty_items
from jiceng.registry.overlaps import Span as Held
from jiceng.registry.overlaps import clashes
from jiceng.registry.queries import shown

_ITEMS = {duty.code: duty.title for duty in duties().values()}

UNIT = Column(
    "unit",
    "单位代码",
    parsing.code,
    required=True,
    example="990102001000",
    help="乡镇、村的代码，或者部门党组织的代码。",
)
ITEM = Column(
    "item",
    "职责项",
    parsing.choice(_ITEMS),
    required=True,
    example="路灯维护",
    choices=tuple(_ITEMS.values()),
)
TITLE = Column("title", "清单中的写法", parsing.text(120), help="与职责项的名称一样的不用填。")
DOCUMENT = Column(
    "document", "依据文件", parsing.text(200), required=True, example="（示例）某政办〔2024〕1号"
)
SINCE = Column("since", "开始日", parsing.day, help="留空则按本次导入的数据日期。", else_day=True)
ENDED = Column("until", "终止日", parsing.day, help="不再适用的首日；现行的留空。")


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, UNIT, context, day=lambda row: row["since"])
    check_period(rows, UNIT, SINCE, ENDED)
    whole = [row for row in rows if not row.faults]
    held = set(
        DutyItem.objects.filter(unit__in={row.found["unit"].unit for row in whole}).values_list(
            "unit_id", "item", "title", "document", "valid_from", "valid_to"
        )
    )
    for row in whole:
        row.unchanged = _shape(row) in held
    fresh = [row for row in whole if not row.unchanged]
    spans = [
        Held((row.found["unit"].unit, row["item"]), row["since"], until(row, "until"))
        for row in fresh
    ]
    for place, clash in clashes(DutyItem, ["unit_id", "item"], spans).items():
        if clash.place is None:
            fresh[place].fault(
                ITEM.title,
                _("已有这一项"),
                _("该单位的清单自%s起已有这一项。请核对开始日，或先终止原来的。")
                % clash.valid_from,
            )


def _shape(row: Row) -> tuple[object, ...]:
    title = row["title"] or _ITEMS[row["item"]]
    unit = row.found["unit"].unit
    return (unit, row["item"], title, row["document"], row["since"], until(row, "until"))


def apply(rows: Sequence[Row], context: Context) -> None:
    record_duty_items(
        [
            DutyRow(
                unit=row.found["unit"].unit,
                item=row["item"],
                title=row["title"] or "",
                document=row["document"],
                valid_from=row["since"],
                valid_to=until(row, "until"),
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
        shown(DutyItem.objects.on(reading.day))
        .filter(unit__in=units_readable(reading).values("pk"))
        .order_by("unit", "item", "pk")
    )
    for chunk in chunked(rows):
        codes = codes_of((row.unit_id for row in chunk), reading.day)
        for row in chunk:
            yield (
                codes.get(row.unit_id, ""),
                _ITEMS.get(row.item, row.item),
                row.title,
                row.document,
                row.valid_from,
                shown_end(row.valid_to),
            )


def _spans(values: Values) -> Sequence[Span]:
    if not (values.get("unit") and values.get("item") and values.get("since")):
        return ()
    held = f"{values['unit']}|{values['item']}"
    return [(held, values["since"], values.get("until") or FOREVER, "")]


DUTY_ITEMS = Kind(
    code="duty_items",
    title=gettext_lazy("职责清单"),
    description=gettext_lazy("各单位的职责清单：哪一项、依据哪个文件、从哪天起。"),
    columns=(UNIT, ITEM, TITLE, DOCUMENT, SINCE, ENDED),
    check=check,
    apply=apply,
    export=export,
    key=lambda _values: "",
    spans=_spans,
    sources=("orders.DutyItem",),
    writes=1,
    permissions=("orders.catalogue",),
    order=130,
)
KINDS.add(DUTY_ITEMS)

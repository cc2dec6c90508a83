"""Orders by file: what another system, or a paper book, has taken. Nothing is exported that finds
a resident.
"""

import datetime
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.clock import day_of
from jiceng.exchange import parsing
from jiceng.exchange.declarations import KINDS, Column, Kind, Values
from jiceng.exchange.lookups import chunked, codes_of, find_units, units_readable
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.orders import catalogue
from jiceng.orders.limits import CONTACT, NAME, TEXT, WHERE
from jiceng.orders.models import Order
from jiceng.orders.operations.placing import Placing, place_orders
from jiceng.registry.models.units import Tree

NUMBER = Column(
    "number",
    "原编号",
    parsing.text(40),
    required=True,
    example="12345-0001",
    help="在原来系统或登记簿里的编号；同一份文件里不能重复。",
)
KIND = Column(
    "kind",
    "种类",
    parsing.text(40),
    required=True,
    example="路灯不亮",
    help="诉求目录里的名称或代码；反映人员作风的和自愿服务的不从文件导入。",
)
PLACE = Column("place", "地方代码", parsing.code, required=True, example="330304001001")
TEXT_ = Column("text", "内容", parsing.text(TEXT), required=True, example="村口的路灯不亮了")
WHERE_ = Column("where", "地点", parsing.text(WHERE), example="村口小店旁")
NAME_ = Column("name", "称呼", parsing.text(NAME), help="只有首接单位和承办单位能看，按期删除。")
PHONE = Column("phone", "电话", parsing.text(CONTACT))
PLACED = Column(
    "placed",
    "提出日期",
    parsing.day,
    example="2026-03-01",
    help="群众提出的那一天，时限从这天起算；留空则按导入时。",
)
_MIDNIGHT = datetime.time(0, 0)


def check(rows: Sequence[Row], context: Context) -> None:
    """Find the places and kinds that rows name. About eight statements."""
    find_units(rows, PLACE, context, tree=Tree.DIVISION)
    titles = {one.title: one.code for one in catalogue.services()}
    for row in rows:
        _check_kind(row, titles)
        if row["placed"] and row["placed"] > context.today:
            row.fault(PLACED.title, _("日期在今天之后"), _("还没有发生的事不能登记。"))


def _check_kind(row: Row, titles: dict[str, str]) -> None:
    named = row["kind"] or ""
    code = titles.get(named, named)
    known = catalogue.shipped().services.get(code)
    if known is None:
        row.fault(KIND.title, _("没有这种诉求"), _("诉求目录里没有“%s”。") % named)
    elif known.track != Order.Track.DUTY:
        row.fault(
            KIND.title,
            _("这种诉求不从文件导入"),
            _("“%s”不从文件导入：作风由上一级单独受理，心愿由支部登记。") % known.title,
        )
    row.found["kind"] = code


def apply(rows: Sequence[Row], context: Context) -> None:
    """Place the orders of rows that were just checked; each clock runs from its own day."""
    placings = [
        Placing(
            kind=row.found["kind"],
            text=row["text"],
            place=row.found["place"].unit,
            where=row["where"] or "",
            name=row["name"] or "",
            phone=row["phone"] or "",
            channel=Order.Channel.IMPORT,
            placed_at=_begins(row["placed"]) if row["placed"] else None,
        )
        for row in rows
    ]
    place_orders(placings, by=context.by, at=context.at, journal=context.journal)


def _begins(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, _MIDNIGHT, timezone.get_current_timezone())


def export(reading: Reading) -> Iterator[Sequence[object]]:
    """Yield orders by number, kind, place and day; never what was told, nor by whom."""
    rows = (
        Order.objects.filter(place__in=units_readable(reading).values("pk"), track=Order.Track.DUTY)
        .filter(placed_on__lte=reading.day)
        .select_related("case")
        .order_by("pk")
    )
    for chunk in chunked(rows):
        codes = codes_of((row.place_id for row in chunk), reading.day)
        for row in chunk:
            title = catalogue.service(row.kind).title
            place = codes.get(row.place_id, "")
            day = day_of(row.placed_at)
            yield (row.case.number, title, place, "", row.where, "", "", day)


def _key(values: Values) -> str:
    return str(values.get("number") or "")


ORDERS = Kind(
    code="orders",
    title=gettext_lazy("群众诉求"),
    description=gettext_lazy(
        "从其他系统或登记簿转来的职责办理诉求，导入后等待派单。导出时不带内容、称呼和电话。"
    ),
    columns=(NUMBER, KIND, PLACE, TEXT_, WHERE_, NAME_, PHONE, PLACED),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    sources=("orders.Order",),
    writes=7,
    permissions=("orders.enter",),
    order=200,
)
KINDS.add(ORDERS)

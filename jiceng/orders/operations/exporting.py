"""A queue as a workbook: without names, telephones, what residents wrote, or who complains of whom."""

import datetime
import io

import xlsxwriter
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.access.queries import scope_of
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.orders.limits import EXPORTED
from jiceng.orders.models import Order
from jiceng.orders.queries.queue import Tab, Wanted, own_units, page_for
from jiceng.orders.refusals import NotExported
from jiceng.orders.words import step_of, title_of, units_of
from jiceng.registry.queries import described

_WIDTHS = (16, 24, 12, 22, 22, 22, 12, 18, 18, 18, 10, 10)


@transaction.atomic
def export_orders(wanted: Wanted, *, by: User, at: datetime.datetime) -> bytes:
    """Return a queue as an XLSX file, and keep that it was taken out.

    Raises:
        NotExported: complaints about conduct are taken out by nobody.
        NotPermitted: `by` may see orders nowhere.
    """
    if wanted.tab == Tab.CONDUCT:
        raise NotExported(_("反映人员作风的诉求不导出。"))
    orders = page_for(by, wanted, at, EXPORTED).orders
    audit.record(
        action="orders.queue.exported",
        subject="orders.queue",
        subject_text=wanted.tab.value,
        unit=next(iter(own_units(scope_of(by, "orders.view", day_of(at)))), None),
        by=by,
        at=at,
        after={"rows": len(orders)},
    )
    return _workbook(orders, day_of(at))


def _workbook(orders: list[Order], day: datetime.date) -> bytes:
    units = {number for one in orders for number in units_of(one)}
    names = {number: unit.name for number, unit in described(units, day).items()}
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("诉求"))
    sheet.write_row(0, 0, _heads(), book.add_format({"bold": True, "bottom": 1}))
    for number, order in enumerate(orders, 1):
        sheet.write_row(number, 0, _row(order, names))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    book.close()
    return target.getvalue()


def _heads() -> list[str]:
    return [
        _("编号"),
        _("种类"),
        _("类型"),
        _("地方"),
        _("现在等谁"),
        _("承办单位"),
        _("当前步骤"),
        _("提出时间"),
        _("期限"),
        _("结案时间"),
        _("已解决"),
        _("满意"),
    ]


def _row(order: Order, names: dict[int, str]) -> list[str]:
    return [
        order.number,
        title_of(order.kind),
        str(order.get_track_display()),
        names[order.place_id],
        "" if order.closed else names[order.waits_at_id],
        names[order.handler_id] if order.handler_id else "",
        step_of(order),
        _moment(order.placed_at),
        _moment(order.due_at),
        _moment(order.closed_at),
        _said(order.solved),
        _said(order.satisfied),
    ]


def _moment(at: datetime.datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _said(answer: bool | None) -> str:
    return "" if answer is None else _("是") if answer else _("否")

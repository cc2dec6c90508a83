"""What residents may do and read without an account: the only module the portal imports."""

import datetime
import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.accounts import throttle
from jiceng.accounts.codes import digest_of
from jiceng.orders import operations
from jiceng.orders.limits import WRONG_CODES
from jiceng.orders.models import BoardEntry, Order, OrderStatus
from jiceng.orders.operations import Placed, Placing, place_order
from jiceng.orders.operations.placing import CODE
from jiceng.orders.refusals import NoSuchCode, NotNow
from jiceng.procedures.declarations import PUBLIC

__all__ = [
    "Placed",
    "Placing",
    "add",
    "alike",
    "board",
    "board_entry",
    "judge",
    "place",
    "status_of",
    "withdraw",
]

ALIKE = 5


def place(placing: Placing, *, at: datetime.datetime, key: uuid.UUID | None = None) -> Placed:
    """Take an order from anyone; see `operations.place_order`."""
    return place_order(placing, by=PUBLIC, at=at, key=key)


def status_of(code: str, *, at: datetime.datetime) -> OrderStatus:
    """Return where the order of a query code stands.

    Raises:
        TooManyTries: too many wrong codes within the half hour, from all senders together.
        NoSuchCode: no order has this code.
    """
    throttle.admit(CODE, "", at=at, limit=WRONG_CODES)
    found = OrderStatus.objects.filter(code_digest=digest_of(CODE, code)).first()
    if found is None:
        throttle.note_wrong(CODE, "", at=at)
        raise NoSuchCode(_("没有这个查询码。请核对后重新输入，字母不分大小写。"))
    return found


def judge(
    code: str,
    *,
    solved: bool,
    satisfied: bool,
    at: datetime.datetime,
    note: str = "",
    key: uuid.UUID | None = None,
) -> OrderStatus:
    """Let the resident say what came of his order, in place of a call.

    Raises:
        NotNow: it is not done yet, or was judged. And what `status_of` raises.
    """
    order = _order_of(code, at)
    if order.step not in ("call_back", "last_call_back"):
        raise NotNow(_("办结之后才能评价；已经结案的不能再评。"))
    operations.call_back(
        order,
        reached=True,
        solved=solved,
        satisfied=satisfied,
        note=note,
        seen=order.case.version,
        by=PUBLIC,
        at=at,
        key=key,
    )
    return OrderStatus.objects.get(number=order.number)


def add(
    code: str, *, text: str, at: datetime.datetime, key: uuid.UUID | None = None
) -> OrderStatus:
    """Let the resident add to his order; a clock that waited for his answer goes on.

    Raises:
        HasEnded: it is closed. And what `operations.add` and `status_of` raise.
    """
    order = _order_of(code, at)
    operations.add(order, text=text, seen=order.case.version, by=PUBLIC, at=at, key=key)
    return OrderStatus.objects.get(number=order.number)


def withdraw(code: str, *, at: datetime.datetime, key: uuid.UUID | None = None) -> OrderStatus:
    """Let the resident withdraw his order.

    Raises:
        HasEnded: it is closed. And what `status_of` raises.
    """
    order = _order_of(code, at)
    operations.withdraw(order, seen=order.case.version, by=PUBLIC, at=at, key=key)
    return OrderStatus.objects.get(number=order.number)


def board(
    *, town: int | None = None, place: int | None = None, kind: str = ""
) -> QuerySet[BoardEntry]:
    """Return the released orders of public space, newest first; slice it."""
    entries = BoardEntry.objects.order_by("-placed_at", "pk")
    if town is not None:
        entries = entries.filter(town=town)
    if place is not None:
        entries = entries.filter(place=place)
    return entries.filter(kind=kind) if kind else entries


def board_entry(number: str) -> BoardEntry | None:
    return BoardEntry.objects.filter(number=number).first()


def alike(*, kind: str, place: int) -> list[BoardEntry]:
    """Return released orders of a kind at a place that are not closed: "is it this one?". One
    statement.
    """
    entries = BoardEntry.objects.filter(kind=kind, place=place).exclude(step="")
    return list(entries.order_by("-placed_at", "pk")[:ALIKE])


def _order_of(code: str, at: datetime.datetime) -> Order:
    status = status_of(code, at=at)
    return Order.objects.select_related("case__procedure").get(code_digest=status.code_digest)

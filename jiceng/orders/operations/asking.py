"""What the resident does with the code: add, withdraw, have a new code printed."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.codes import digest_of, draw
from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.orders.limits import TEXT
from jiceng.orders.models import Addition, Order, OrderStatus
from jiceng.orders.operations.holding import hold, record
from jiceng.orders.operations.keeping import CODE
from jiceng.orders.operations.pausing import go_on
from jiceng.orders.pauses import REASONS
from jiceng.orders.refusals import NothingSaid, NotNow, TooLong
from jiceng.procedures.models import Case
from jiceng.procedures.operations import moving

ADDITIONS = 20  # to one order; what is more belongs into a conversation


@transaction.atomic
def add(
    order: Order,
    *,
    text: str,
    seen: int,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Addition:
    """Keep what the resident adds. Where the clock stood still for his answer, it goes on.

    Raises:
        NothingSaid, TooLong: there is no text, or too much. NotNow: he has added very often.
    """
    order, said = hold(order, seen), text.strip()
    if not said:
        raise NothingSaid(_("请写明要补充什么。"))
    if len(said) > TEXT:
        words = _("“%(label)s”最多 %(most)d 字，现有 %(now)d 字，请删减。您写的内容没有丢失。")
        raise TooLong(words % {"label": _("补充"), "most": TEXT, "now": len(said)})
    if order.additions.count() >= ADDITIONS:
        raise NotNow(_("这件诉求已经补充多次，请等承办单位联系您。"))
    added = Addition.objects.create(order=order, text=said, added_at=at)
    waiting = order.pauses.filter(until_at=None).first()
    if waiting is not None and REASONS[waiting.reason].asks:
        go_on(order, at)
    else:
        moving.stay(order.case)
    record("orders.order.added", order, by=by, at=at, key=key)
    return added


@transaction.atomic
def withdraw(
    order: Order,
    *,
    seen: int,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """End an order because the resident no longer wants it. What was done stays on record."""
    order = hold(order, seen)
    moving.end(order.case, Case.WITHDRAWN, day_of(at), at)
    record("orders.order.withdrawn", order, by=by, at=at, key=key)
    return order


@transaction.atomic
def reissue_code(
    order: Order, *, seen: int, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> str:
    """Return a new query code, told once; the lost one opens nothing any more. The caller has
    fetched the order through the gate with `orders.enter`, and seen who asks.
    """
    order, code = hold(order, seen), draw()
    before, order.code_digest = order.code_digest, digest_of(CODE, code)
    order.save(update_fields=["code_digest"])
    OrderStatus.objects.filter(code_digest=before).update(code_digest=order.code_digest)
    moving.stay(order.case)
    record("orders.code.reissued", order, by=by, at=at, key=key)
    return code

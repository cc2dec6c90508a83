"""An order is placed: by a resident without an account, or by staff for someone."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.core.journal import Journal
from jiceng.orders.limits import CONTACT, NAME, PER_PLACE_AND_MINUTE, TEXT, WHERE
from jiceng.orders.models import Order
from jiceng.orders.operations.acting import send
from jiceng.orders.operations.keeping import CODE, Placed, keep
from jiceng.orders.operations.planning import Placing, plans_of
from jiceng.orders.queries.giving import reaches
from jiceng.orders.queries.handlers import propose_handler
from jiceng.orders.refusals import (
    NothingSaid,
    OffTheMap,
    SaidAlready,
    TooLong,
    TooManyAtOnce,
)
from jiceng.procedures.declarations import PUBLIC, SYSTEM
from jiceng.procedures.operations.opening import open_cases
from jiceng.registry.models import Unit

__all__ = ["CODE", "Placed", "Placing", "place_order", "place_orders"]


_MINUTE = datetime.timedelta(minutes=1)
_EARTH = (90_000_000, 180_000_000)


@transaction.atomic
def place_order(
    placing: Placing,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Placed:
    """Take an order and start the resident's clock. Of staff the caller has checked that they may
    enter orders for the place; the public needs no account (`by` "public").

    A kind that is set to go directly is dispatched at once to the unit proposed.

    Raises:
        NoSuchKind, IsVoluntary, NoSuchPlace: what was told is no order, or not of a place.
        NothingSaid, TooLong, OffTheMap: nor can it be so.
        SaidAlready, TooManyAtOnce: the same came a moment ago, or too much from one place.
    """
    if by == PUBLIC:
        _check_flood(placing, at)
    (placed,) = place_orders([placing], by=by, at=at, key=key)
    return placed


@transaction.atomic
def place_orders(
    placings: Sequence[Placing],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> list[Placed]:
    """Take many orders; see `place_order`. A fixed number of statements for each track, but for
    kinds that go directly.
    """
    for placing in placings:
        _check_words(placing)
    plans = plans_of(placings, at)
    tracks = {plan.procedure for plan in plans}
    placed: dict[int, Placed] = {}
    for procedure in sorted(tracks):
        mine = [number for number, plan in enumerate(plans) if plan.procedure == procedure]
        openings = [plans[number].opening for number in mine]
        cases = open_cases(procedure, openings, by=by, at=at, key=key, journal=journal)
        rows = [(plans[number], case) for number, case in zip(mine, cases, strict=True)]
        placed |= dict(zip(mine, keep(rows, at, journal), strict=True))
    for number, plan in enumerate(plans):
        if plan.service.direct and plan.service.track == Order.Track.DUTY:
            order, code = placed[number]
            placed[number] = Placed(_sent_directly(order, plan.place, at), code)
    return [placed[number] for number in range(len(plans))]


def _sent_directly(order: Order, place: Unit, at: datetime.datetime) -> Order:
    """Dispatch an order whose kind goes directly, where it can be given from where it waits."""
    day = day_of(at)
    proposal = propose_handler(order.kind, place, day)
    if proposal.unit is None or proposal.needs_approval:
        return order
    if not reaches(order.waits_at_id, proposal.unit, day):
        return order
    given = {"outcome": "dispatched", "handler": proposal.unit}
    return send(order, "dispatch", given, seen=order.case.version, by=SYSTEM, at=at)


def _check_words(placing: Placing) -> None:
    if not placing.text.strip():
        raise NothingSaid(_("请写明是什么事。"))
    for label, text, most in (
        (_("内容"), placing.text, TEXT),
        (_("地点"), placing.where, WHERE),
        (_("称呼"), placing.name, NAME),
        (_("电话"), placing.phone, CONTACT),
    ):
        if len(text.strip()) > most:
            words = _("“%(label)s”最多 %(most)d 字，现有 %(now)d 字，请删减。您写的内容没有丢失。")
            raise TooLong(words % {"label": label, "most": most, "now": len(text.strip())})
    position = (placing.latitude, placing.longitude)
    if position != (None, None) and not all(
        value is not None and abs(value) <= most
        for value, most in zip(position, _EARTH, strict=True)
    ):
        raise OffTheMap(_("地图上的位置不对，请重新点选。"))


def _check_flood(placing: Placing, at: datetime.datetime) -> None:
    """The same text for the same place within a minute is one order; far more than people send
    is held up. Nobody is told apart: the place is counted, not the sender.
    """
    recent = Order.objects.filter(
        place_id=placing.place,
        placed_at__gt=at - _MINUTE,
        channel__in=(Order.Channel.PORTAL, Order.Channel.API),
    )
    texts = list(recent.values_list("kind", "telling__text")[:PER_PLACE_AND_MINUTE])
    if (placing.kind, placing.text.strip()) in texts:
        raise SaidAlready(_("同样的内容一分钟内已经收到，不必重复提交。请用已给您的查询码查看。"))
    if len(texts) >= PER_PLACE_AND_MINUTE:
        raise TooManyAtOnce(_("此刻这个地方提交的人太多，请一分钟后再试。您写的内容没有丢失。"))

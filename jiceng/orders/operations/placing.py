"""An order is placed: by a resident without an account, or by staff for someone."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.codes import digest_of, draw
from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.orders import catalogue, timing
from jiceng.orders.catalogue import Service
from jiceng.orders.limits import CONTACT, NAME, PER_PLACE_AND_MINUTE, TEXT, WHERE
from jiceng.orders.models import Contact, Order, OrderStatus, Telling
from jiceng.orders.operations.acting import send
from jiceng.orders.queries.giving import reaches
from jiceng.orders.queries.handlers import Offered, propose_handler, service_at
from jiceng.orders.queries.stations import first_of, stations_of
from jiceng.orders.refusals import (
    IsVoluntary,
    NoSuchKind,
    NoSuchPlace,
    NothingSaid,
    OffTheMap,
    SaidAlready,
    TooLong,
    TooManyAtOnce,
)
from jiceng.orders.routing import Proposal, Station, propose
from jiceng.procedures.declarations import PUBLIC, SYSTEM
from jiceng.procedures.models import Case
from jiceng.procedures.operations.opening import Opening, open_cases
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import described

CODE = "orders.code"
PROCEDURES = {"duty": "duty_order", "conduct": "conduct_order"}
_MINUTE = datetime.timedelta(minutes=1)
_EARTH = (90_000_000, 180_000_000)


@dataclass(frozen=True, slots=True)
class Placing:
    """What is told when an order is placed."""

    kind: str  # code of a Service
    text: str
    place: int  # the division where it is
    where: str = ""  # in the resident's words: a house, a crossing
    latitude: int | None = None  # micro-degrees
    longitude: int | None = None
    name: str = ""
    phone: str = ""
    channel: str = Order.Channel.PORTAL
    receiver: int | None = None  # the first receiver; None: the township of the place
    concerns: int | None = None  # the unit a complaint about conduct speaks of
    placed_at: datetime.datetime | None = None  # when it was told, where it is entered later


class Placed(NamedTuple):
    """The order, and its query code: told once, kept nowhere."""

    order: Order
    code: str


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
    _check_words(placing)
    place = _place_of(placing, at)
    service = _offered(placing.kind, place, at).service
    if by == PUBLIC:
        _check_flood(placing, at)
    stations = stations_of(place.pk, day_of(at))
    case = _opened(placing, service, place, stations, by, at, key)
    order, code = _kept(placing, service, case, at)
    if service.direct and service.track == Order.Track.DUTY:
        order = _sent_directly(order, place, at)
    return Placed(order, code)


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


def _offered(kind: str, place: Unit, at: datetime.datetime) -> Offered:
    """Return the kind of service as it holds at the place.

    Raises:
        NoSuchKind: there is none, or it is not dealt with here.
        IsVoluntary: nobody has to do it; it is a wish.
    """
    if kind not in catalogue.shipped().services:
        raise NoSuchKind(_("没有这种诉求，请从目录中选择。"))
    offered = service_at(kind, place, day_of(at))
    if not offered.offered:
        raise NoSuchKind(_("“%s”在本地不作为诉求办理。") % offered.service.title)
    if offered.service.track == Order.Track.VOLUNTARY:
        words = _("“%s”由党员自愿来做，请在“心愿墙”说一个心愿。")
        raise IsVoluntary(words % offered.service.title)
    return offered


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


def _place_of(placing: Placing, at: datetime.datetime) -> Unit:
    unit = described([placing.place], day_of(at)).get(placing.place)
    if unit is None or unit.tree != Tree.DIVISION or not unit.standing:
        raise NoSuchPlace(_("没有这个地方，请从名录中选择。"))
    return unit


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


def _opened(
    placing: Placing,
    service: Service,
    place: Unit,
    stations: Sequence[Station],
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> Case:
    """Open the case where it is first waited for: a complaint about conduct at the supervising
    unit, without a word of the place it speaks of.
    """
    unit, receiver = place.pk, placing.receiver or first_of(stations).unit
    title = f"{service.title}（{place.name}）"
    if service.track == Order.Track.CONDUCT:
        concerned = [placing.concerns] if placing.concerns else []
        proposal: Proposal = propose(service, stations, concerned=concerned)
        unit = receiver = proposal.unit or stations[0].unit
        title = service.title
    day = day_of(placing.placed_at or at)
    procedure = PROCEDURES[service.track]
    due = timing.first_due(procedure, service.code, unit, at)
    opening = Opening(unit, title[:160], day, waits_at=receiver, due=due)
    (case,) = open_cases(procedure, [opening], by=by, at=at, key=key)
    return case


def _kept(placing: Placing, service: Service, case: Case, at: datetime.datetime) -> Placed:
    """Keep what was told, each thing where only those read it who may."""
    code, placed_at = draw(), placing.placed_at or at
    order = Order(
        case=case,
        kind=service.code,
        track=service.track,
        channel=placing.channel,
        place_id=case.unit_id,
        receiver_id=case.waits_at_id,
        waits_at_id=case.waits_at_id,
        step=case.step,
        where="" if service.track == Order.Track.CONDUCT else placing.where.strip(),
        latitude=placing.latitude,
        longitude=placing.longitude,
        placed_at=placed_at,
        placed_on=day_of(placed_at),
        recorded_at=at,
        code_digest=digest_of(CODE, code),
    )
    timing.set_residents_clock(order, timing.limit_of(service, order.place_id, day_of(placed_at)))
    order.save(force_insert=True)
    Telling.objects.create(order=order, text=placing.text.strip(), concerns_id=placing.concerns)
    if placing.name.strip() or placing.phone.strip():
        Contact.objects.create(order=order, name=placing.name.strip(), phone=placing.phone.strip())
    OrderStatus.objects.create(
        number=case.number,
        code_digest=order.code_digest,
        kind=order.kind,
        track=order.track,
        step=order.step,
        placed_at=order.placed_at,
        due_at=order.due_at,
        limit_rule=order.limit_rule,
        provisional=order.provisional,
        updated_at=at,
    )
    return Placed(order, code)

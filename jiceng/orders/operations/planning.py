"""Where orders begin: the place, the kind as it holds there, who receives it, and by when."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.core.clock import day_of
from jiceng.orders import catalogue, timing
from jiceng.orders.catalogue import Service
from jiceng.orders.models import Order
from jiceng.orders.queries.handlers import services_for
from jiceng.orders.queries.stations import first_of, stations_of_many
from jiceng.orders.refusals import IsVoluntary, NoSuchKind, NoSuchPlace
from jiceng.orders.routing import Station, propose
from jiceng.orders.rulebook import Rulebook, rulebooks_of
from jiceng.procedures.operations.opening import Opening
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import described
from jiceng.rules.queries import Rule

PROCEDURES = {"duty": "duty_order", "conduct": "conduct_order"}
TITLE = 160


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


@dataclass(frozen=True, slots=True)
class Plan:
    """One order that is about to begin."""

    placing: Placing
    service: Service
    place: Unit
    procedure: str
    opening: Opening
    limit: Rule | None  # of the resident's clock


def plans_of(placings: Sequence[Placing], at: datetime.datetime) -> list[Plan]:
    """Return where each order begins. Ten statements, however many there are.

    Raises:
        NoSuchPlace, NoSuchKind, IsVoluntary: see `place_order`.
    """
    day = day_of(at)
    places = described({placing.place for placing in placings}, day)
    for placing in placings:
        _check_place(places.get(placing.place))
        if placing.kind not in catalogue.shipped().services:
            raise NoSuchKind(_("没有这种诉求，请从目录中选择。"))
    asked = [(placing.kind, places[placing.place]) for placing in placings]
    stations = stations_of_many(places, day)
    rules = rulebooks_of({one.unit for line in stations.values() for one in line}, day)
    offered = services_for(asked, day)
    for one in offered:
        if not one.offered:
            raise NoSuchKind(_("“%s”在本地不作为诉求办理。") % one.service.title)
        if one.service.track == Order.Track.VOLUNTARY:
            words = _("“%s”由党员自愿来做，请在“心愿墙”说一个心愿。")
            raise IsVoluntary(words % one.service.title)
    return [
        _plan(placing, one.service, places[placing.place], stations[placing.place], rules, at)
        for placing, one in zip(placings, offered, strict=True)
    ]


def _check_place(unit: Unit | None) -> None:
    if unit is None or unit.tree != Tree.DIVISION or not unit.standing:
        raise NoSuchPlace(_("没有这个地方，请从名录中选择。"))


def _plan(
    placing: Placing,
    service: Service,
    place: Unit,
    stations: Sequence[Station],
    rulebooks: dict[int, Rulebook],
    at: datetime.datetime,
) -> Plan:
    """Return where an order begins. A complaint about conduct waits at the supervising unit, and
    its case says no word of the place it speaks of.
    """
    unit, receiver = place.pk, placing.receiver or first_of(stations).unit
    title = f"{service.title}（{place.name}）"
    if service.track == Order.Track.CONDUCT:
        concerned = [placing.concerns] if placing.concerns else []
        unit = receiver = propose(service, stations, concerned=concerned).unit or stations[0].unit
        title = service.title
    rules, procedure = rulebooks[unit], PROCEDURES[service.track]
    opening = Opening(
        unit,
        title[:TITLE],
        day_of(placing.placed_at or at),
        waits_at=receiver,
        due=timing.first_due(procedure, service, rules, at),
    )
    limit = timing.limit_in(rules, service)
    return Plan(placing, service, place, procedure, opening, limit)

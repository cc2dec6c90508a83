"""What residents may do and read without an account: the only module the portal imports."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.accounts import throttle
from jiceng.accounts.codes import digest_of
from jiceng.core.clock import day_of
from jiceng.documents.models import Document
from jiceng.documents.queries import open_document
from jiceng.orders import catalogue, operations
from jiceng.orders.catalogue import Channel, Exclusion, Service
from jiceng.orders.limits import (
    CONTACT,
    NAME,
    PHOTO_MEGABYTES,
    SMALLEST_N,
    TEXT,
    WHERE,
    WRONG_CODES,
)
from jiceng.orders.models import BoardEntry, Order, OrderStatus
from jiceng.orders.operations.keeping import CODE, Placed
from jiceng.orders.operations.telling import Photo, Told, tell
from jiceng.orders.queries.following import JUDGED_AT, Followed, followed
from jiceng.orders.queries.open_board import Shown, board_map, ground_map, shown_entry, within
from jiceng.orders.queries.roster import Answering, on_duty
from jiceng.orders.queries.statistics import Year, year_of
from jiceng.orders.queries.whereabouts import Place, places_like, places_of
from jiceng.orders.refusals import (
    NoSuchCode,
    NoSuchKind,
    NoSuchOrder,
    NoSuchPlace,
    NotNow,
    TooManyAtOnce,
)
from jiceng.procedures.declarations import PUBLIC
from jiceng.registry.queries import described, top_on, village_near

__all__ = [
    "CONTACT",
    "NAME",
    "PHOTO_MEGABYTES",
    "SMALLEST_N",
    "TEXT",
    "WHERE",
    "Answering",
    "Channel",
    "Exclusion",
    "Followed",
    "Group",
    "Photo",
    "Place",
    "Received",
    "Service",
    "Shown",
    "Told",
    "TooManyAtOnce",
    "add",
    "alike",
    "board_entry",
    "board_of",
    "exclusions",
    "find_places",
    "find_services",
    "follow",
    "ground",
    "groups",
    "judge",
    "map_of",
    "place",
    "place_named",
    "released_photo",
    "reminders",
    "service",
    "shown",
    "statistics",
    "status_of",
    "withdraw",
]

ALIKE = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of service that stand together."""

    code: str
    title: str
    services: list[Service]


@dataclass(frozen=True, slots=True)
class Received:
    """What is told once to whoever placed an order."""

    number: str
    code: str
    kind: str
    placed_at: datetime.datetime
    due_at: datetime.datetime | None
    rule: str
    provisional: bool
    receiver: str  # who looks at it first
    conduct: bool
    answering: Answering | None  # of what cannot wait: who answers now, and whom to telephone


def groups() -> list[Group]:
    """Return the kinds of service as they are offered, by group."""
    titles = catalogue.shipped().groups
    return [Group(code, titles[code], rows) for code, rows in catalogue.grouped().items() if rows]


def service(code: str) -> Service:
    """Return one kind of service.

    Raises:
        NoSuchKind: there is none.
    """
    if code not in catalogue.shipped().services:
        raise NoSuchKind(_("没有这种诉求，请从目录中选择。"))
    return catalogue.service(code)


def find_services(words: str) -> list[Service]:
    """Return the kinds of service that words speak of, the likeliest first."""
    return catalogue.find(words)


def exclusions() -> tuple[Exclusion, ...]:
    """Return what is not dealt with as an order, and where to go instead."""
    return catalogue.exclusions()


def reminders(words: str) -> list[Exclusion]:
    """Return the exclusions that a text makes one think of; they never refuse."""
    return catalogue.excluded_by(words)


def find_places(text: str, today: datetime.date, *, counties: bool = False) -> list[Place]:
    return places_like(text, today, counties=counties)


def place_named(number: int, today: datetime.date) -> Place | None:
    return next(iter(places_of([number], today)), None)


def place(told: Told, *, at: datetime.datetime, key: uuid.UUID | None = None) -> Received:
    """Take an order from anyone; see `operations.telling.tell`."""
    return received_of(tell(told, at=at, key=key), at)


def received_of(placed: Placed, at: datetime.datetime) -> Received:
    """Return what is told once of an order just placed."""
    order, code = placed
    kind = catalogue.service(order.kind)
    unit = described([order.waits_at_id], day_of(at))[order.waits_at_id]
    return Received(
        number=order.number,
        code=code,
        kind=kind.title,
        placed_at=order.placed_at,
        due_at=order.due_at,
        rule=order.limit_rule,
        provisional=order.provisional,
        receiver=unit.name,
        conduct=order.track == Order.Track.CONDUCT,
        answering=on_duty(unit, at) if kind.urgent else None,
    )


def follow(code: str, *, at: datetime.datetime) -> Followed:
    """Return where the order of a query code stands, in words, and what may be done with it.

    Raises:
        what `status_of` raises.
    """
    return followed(status_of(code, at=at), at)


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
    if order.step not in JUDGED_AT:
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


def board_of(place: Place | None, today: datetime.date) -> QuerySet[BoardEntry]:
    """Return the released orders of a place, or of everywhere, newest first."""
    unit = described([place.number], today)[place.number] if place else None
    return within(unit, today).order_by("-placed_at", "pk")


def shown(entries: Iterable[BoardEntry], at: datetime.datetime) -> list[Shown]:
    """Return released orders as everybody reads them."""
    return [shown_entry(entry, at) for entry in entries]


def map_of(entries: Iterable[BoardEntry], at: datetime.datetime) -> str:
    """Return what a map shows of released orders, as JSON text; see `queries.open_board`."""
    return board_map(entries, at, day_of(at))


def ground(place: int | None, today: datetime.date) -> str:
    """Return what a map shows on which a point is set, as JSON text."""
    return ground_map(place, today)


def statistics(place: Place | None, today: datetime.date) -> tuple[str, Year]:
    """Return the name of a place, the whole register's top for None, and its year of rates.

    Raises:
        NoSuchPlace: nothing is kept here yet.
    """
    unit = described([place.number], today)[place.number] if place else top_on(today)
    if unit is None:
        raise NoSuchPlace(_("这里还没有登记任何地方。"))
    return unit.name, year_of(unit, today)


def board_entry(number: str) -> BoardEntry:
    """Return one released order.

    Raises:
        NoSuchOrder: none was released under this number.
    """
    entry = BoardEntry.objects.filter(number=number).first()
    if entry is None:
        raise NoSuchOrder(_("没有编号为 %s 的公开诉求。") % number)
    return entry


def released_photo(number: str) -> tuple[BinaryIO, str]:
    """Return the photo that was released with an order, and its media type.

    Raises:
        NoSuchOrder: no such order, or no photo of it, was released.
    """
    entry = board_entry(number)
    photo = Document.objects.standing().filter(pk=entry.photo or 0).first()
    if photo is None:
        raise NoSuchOrder(_("这件诉求没有公开照片。"))
    return open_document(photo), photo.media_type


def alike(
    kind: str,
    *,
    at: datetime.datetime,
    place: int | None = None,
    latitude: int | None = None,
    longitude: int | None = None,
) -> list[Shown]:
    """Return released orders of a kind that are not closed, at a place or at the village nearest
    to a point (micro-degrees): "is it this one?". Three statements at most.
    """
    if place is None and latitude is not None and longitude is not None:
        place = village_near(longitude / 1_000_000, latitude / 1_000_000, day_of(at))
    if place is None:
        return []
    entries = BoardEntry.objects.filter(kind=kind, place=place).exclude(step="")
    return shown(entries.order_by("-placed_at", "pk")[:ALIKE], at)


def _order_of(code: str, at: datetime.datetime) -> Order:
    status = status_of(code, at=at)
    return Order.objects.select_related("case__procedure").get(code_digest=status.code_digest)

"""What residents may do and read without an account: the only module the portal imports."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.accounts import throttle
from jiceng.accounts.codes import digest_of
from jiceng.core.clock import day_of
from jiceng.orders import catalogue, operations
from jiceng.orders.catalogue import Channel, Exclusion, Service
from jiceng.orders.limits import CONTACT, NAME, PHOTO_MEGABYTES, TEXT, WHERE, WRONG_CODES
from jiceng.orders.models import BoardEntry, Order, OrderStatus
from jiceng.orders.operations.keeping import CODE
from jiceng.orders.operations.telling import Photo, Told, tell
from jiceng.orders.queries.following import JUDGED_AT, Followed, followed
from jiceng.orders.queries.roster import Answering, on_duty
from jiceng.orders.queries.whereabouts import Place, places_like, places_of
from jiceng.orders.refusals import NoSuchCode, NoSuchKind, NotNow, TooManyAtOnce
from jiceng.procedures.declarations import PUBLIC
from jiceng.registry.queries import described

__all__ = [
    "CONTACT",
    "NAME",
    "PHOTO_MEGABYTES",
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
    "Told",
    "TooManyAtOnce",
    "add",
    "alike",
    "board",
    "board_entry",
    "exclusions",
    "find_places",
    "find_services",
    "follow",
    "groups",
    "judge",
    "place",
    "place_named",
    "reminders",
    "service",
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
    order, code = tell(told, at=at, key=key)
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

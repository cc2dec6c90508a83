"""What the API may read and do of orders: released ones, and those that its own clients sent."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.core import signing
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.accounts.models import ApiClient
from jiceng.core.clock import day_of
from jiceng.orders import catalogue, operations
from jiceng.orders.catalogue import Service
from jiceng.orders.models import BoardEntry, ClientOrder
from jiceng.orders.operations.telling import Photo, Told, tell
from jiceng.orders.public import Received, received_of, released_photo, shown
from jiceng.orders.queries.open_board import Shown, within
from jiceng.orders.refusals import NoSuchOrder, NoSuchPlace
from jiceng.procedures.declarations import PUBLIC
from jiceng.registry.models import Unit
from jiceng.registry.queries import described, top_on, unit_by_code
from jiceng.registry.refusals import NoSuchUnit

__all__ = [
    "Filter",
    "Photo",
    "Received",
    "Service",
    "Shown",
    "Told",
    "add_for",
    "codes_of",
    "jurisdiction",
    "offered",
    "place_for",
    "place_of_code",
    "released",
    "released_photo",
    "service_offered",
    "shown",
    "signed_number",
    "token_of",
]

_TOKEN = "orders.token"  # noqa: S105 - what is signed, no secret


@dataclass(frozen=True, slots=True)
class Filter:
    """Which released orders are asked for; nothing set asks for all."""

    numbers: Collection[str] = ()
    kinds: Collection[str] = ()
    closed: bool | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    updated: bool = False  # since and until are of the last change, not of the placing


def offered() -> list[Service]:
    """Return the kinds of service that may be placed through the API: those of duty."""
    return [one for one in catalogue.services() if one.track == "duty"]


def service_offered(code: str) -> Service | None:
    return next((one for one in offered() if one.code == code), None)


def jurisdiction(code: str, today: datetime.date) -> Unit | None:
    """Return the division that a jurisdiction's code names; None for the whole register.

    Raises:
        NoSuchPlace: no division has this code.
    """
    if not code:
        return None
    unit, top = _division(code, today), top_on(today)
    return None if top and unit.pk == top.pk else unit


def place_of_code(code: str, today: datetime.date) -> int | None:
    """Return the number of the division with an official code; None for no code.

    Raises:
        NoSuchPlace: no division has it.
    """
    return _division(code, today).pk if code else None


def released(unit: Unit | None, which: Filter, today: datetime.date) -> QuerySet[BoardEntry]:
    """Return released orders, newest first; slice them."""
    entries = within(unit, today)
    if which.numbers:
        return entries.filter(number__in=list(which.numbers))
    if which.kinds:
        entries = entries.filter(kind__in=list(which.kinds))
    if which.closed is not None:
        entries = entries.filter(step="") if which.closed else entries.exclude(step="")
    field = "updated_at" if which.updated else "placed_at"
    if which.since is not None:
        entries = entries.filter(**{f"{field}__gte": which.since})
    if which.until is not None:
        entries = entries.filter(**{f"{field}__lte": which.until})
    return entries.order_by(f"-{field}", "pk")


def place_for(
    client: ApiClient, told: Told, *, at: datetime.datetime, key: uuid.UUID | None = None
) -> Received:
    """Take an order that a program sends for somebody. The program's key was checked."""
    return received_of(tell(told, at=at, key=key, client=client), at)


def add_for(client: ApiClient, number: str, *, text: str, at: datetime.datetime) -> int:
    """Add to an order that the program sent itself; return the addition's number.

    Raises:
        NoSuchOrder: it sent none of this number. And what `operations.add` raises.
    """
    rows = ClientOrder.objects.select_related("order__case__procedure")
    found = rows.filter(client=client, order__case__number=number).first()
    if found is None:
        raise NoSuchOrder(_("没有经这个接口提出的、编号为 %s 的诉求。") % number)
    order = found.order
    added = operations.add(order, text=text, seen=order.case.version, by=PUBLIC, at=at)
    return added.pk


def token_of(number: str) -> str:
    """Return the token of an order just placed; it says nothing but the number."""
    return signing.Signer(salt=_TOKEN).sign(number)


def signed_number(token: str) -> str:
    """Return the number that a token stands for.

    Raises:
        NoSuchOrder: the token is none of ours.
    """
    try:
        return signing.Signer(salt=_TOKEN).unsign(token)
    except signing.BadSignature as error:
        raise NoSuchOrder(_("没有这个 token。")) from error


def codes_of(places: Collection[int], at: datetime.datetime) -> dict[int, str]:
    """Return the official codes of divisions. Two statements."""
    return {number: unit.code or "" for number, unit in described(places, day_of(at)).items()}


def _division(code: str, today: datetime.date) -> Unit:
    try:
        unit = unit_by_code(code.ljust(12, "0"), today)
    except NoSuchUnit as error:
        raise NoSuchPlace(_("没有代码为 %s 的地方。") % code) from error
    return unit

"""An order of public space is made public: rewritten by a person, scanned, without the resident."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.notices.scanning import scan
from jiceng.notices.words import FOUND
from jiceng.orders import catalogue
from jiceng.orders.models import BoardEntry, Contact, Order, OrderStatus, Telling
from jiceng.orders.operations.holding import hold, record
from jiceng.orders.queries.stations import first_of, stations_of
from jiceng.orders.refusals import HoldsNumbers, NothingSaid, NotNow, TooLong
from jiceng.procedures.operations import moving
from jiceng.registry.queries import described

SUMMARY = 300
_COARSE = 1000  # micro-degrees in a thousandth: about a hundred metres


@transaction.atomic
def release_summary(
    order: Order,
    *,
    summary: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    with_photo: bool = False,
) -> BoardEntry:
    """Put a rewritten summary on the open board; a second release replaces the first. The caller
    has fetched the order through the gate with `orders.release`.

    Raises:
        NotNow: its kind does not concern public space. NothingSaid, TooLong: the summary is none.
        HoldsNumbers: the scan finds a number of a person, or the resident's name stands in it.
    """
    order = hold_any(order, seen)
    if order.track != Order.Track.DUTY or not catalogue.service(order.kind).public:
        raise NotNow(_("这种诉求不涉及公共空间，不公开。"))
    text = _checked(order, summary)
    place = described([order.place_id], day_of(at))[order.place_id]
    status = OrderStatus.objects.get(number=order.case.number)
    photo = Telling.objects.get(order=order).photo_id if with_photo else None  # type: ignore[attr-defined]
    entry, _created = BoardEntry.objects.update_or_create(
        number=order.case.number,
        defaults={
            "kind": order.kind,
            "summary": text,
            "place": order.place_id,
            "place_name": place.name,
            "town": first_of(stations_of(order.place_id, day_of(at))).unit,
            "latitude": _coarse(order.latitude),
            "longitude": _coarse(order.longitude),
            "photo": photo,
            "step": order.step,
            "outcome": order.outcome,
            "handler": status.handler,
            "placed_at": order.placed_at,
            "due_at": order.due_at,
            "closed_at": order.closed_at,
            "released_at": at,
            "updated_at": at,
        },
    )
    order.released = True
    order.save(update_fields=["released"])
    moving.stay(order.case)
    record("orders.summary.released", order, by=by, at=at, key=key, after={"summary": text})
    return entry


@transaction.atomic
def take_off_board(
    order: Order,
    *,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Take a summary off the open board."""
    order = hold_any(order, seen)
    BoardEntry.objects.filter(number=order.case.number).delete()
    order.released = False
    order.save(update_fields=["released"])
    moving.stay(order.case)
    record("orders.summary.taken_off", order, by=by, at=at, key=key)


def hold_any(order: Order, seen: int) -> Order:
    """Return the order, held, also one that is closed."""
    return hold(order, seen, ended=True)


def _checked(order: Order, summary: str) -> str:
    text = summary.strip()
    if not text:
        raise NothingSaid(_("请写一段可以公开的摘要。"))
    if len(text) > SUMMARY:
        raise TooLong(_("摘要最多 %d 字。") % SUMMARY)
    for found in scan(text):
        raise HoldsNumbers(_("摘要里像有%s，请删去后再公开。") % FOUND[found.kind])
    name = Contact.objects.filter(order=order).values_list("name", flat=True).first()
    if name and name in text:
        raise HoldsNumbers(_("摘要里不能写群众的姓名。"))
    return text


def _coarse(micro: int | None) -> int | None:
    return None if micro is None else round(micro / _COARSE)

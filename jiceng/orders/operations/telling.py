"""An order told by anyone: wherever it may be, with a photo if he likes."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import ApiClient
from jiceng.core.clock import day_of
from jiceng.documents import operations as documents
from jiceng.documents.content import JPEG, PNG, type_by_name
from jiceng.documents.files import Readable
from jiceng.documents.models import Document
from jiceng.orders import catalogue
from jiceng.orders.limits import PHOTO_MEGABYTES
from jiceng.orders.models import ClientOrder, Order, Telling
from jiceng.orders.operations.holding import record
from jiceng.orders.operations.placing import Placed, Placing, place_order
from jiceng.orders.queries.whereabouts import locate
from jiceng.orders.refusals import NotAPhoto, PhotoTooLarge
from jiceng.procedures.declarations import PUBLIC

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Photo:
    """A file as it is sent."""

    file: Readable
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Told:
    """What anybody tells: of where, at least nothing; whoever dispatches finds out."""

    kind: str
    text: str
    place: int | None = None  # of a complaint about conduct: the unit it speaks of
    where: str = ""
    latitude: int | None = None  # micro-degrees
    longitude: int | None = None
    name: str = ""
    phone: str = ""
    photo: Photo | None = None
    channel: str = Order.Channel.PORTAL


def tell(
    told: Told,
    *,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    client: ApiClient | None = None,
) -> Placed:
    """Take an order with its photo, or neither. The photo is looked through first: decoding it
    holds nobody up.

    Args:
        client: the program that sends it for somebody.

    Raises:
        NotAPhoto, PhotoTooLarge, Invalid: what was sent is no picture that is taken.
        OffTheMap, NoSuchPlace: see `whereabouts.locate`. And what `place_order` raises.
    """
    placing = _placing(told, at)
    with _checked(told.photo) as photo, transaction.atomic():
        order, code = place_order(placing, by=PUBLIC, at=at, key=key)
        if photo is not None:
            _keep(order, photo, at)
        if client is not None:
            _note_client(order, client, at)
    return Placed(order, code)


def _placing(told: Told, at: datetime.datetime) -> Placing:
    known = catalogue.shipped().services.get(told.kind)
    conduct = known is not None and known.track == Order.Track.CONDUCT
    place = locate(told.place, latitude=told.latitude, longitude=told.longitude, day=day_of(at))
    return Placing(
        kind=told.kind,
        text=told.text,
        place=place,
        where=told.where,
        latitude=told.latitude,
        longitude=told.longitude,
        name=told.name,
        phone=told.phone,
        channel=told.channel,
        concerns=told.place if conduct else None,
    )


@contextmanager
def _checked(photo: Photo | None) -> Iterator[documents.Checked | None]:
    if photo is None:
        yield None
        return
    if type_by_name(photo.name) not in (JPEG, PNG):
        raise NotAPhoto(_("照片请用 .jpg 或 .png 格式。其他文件这里不收。"))
    if photo.size > PHOTO_MEGABYTES * _MEGABYTE:
        raise PhotoTooLarge(
            _("照片超过 %d 兆字节。请在手机里选“中”或“小”尺寸，或者截一张图再传。")
            % PHOTO_MEGABYTES
        )
    with documents.checked(photo.file, name=photo.name) as file:
        yield file


def _keep(order: Order, photo: documents.Checked, at: datetime.datetime) -> None:
    document = documents.keep_checked(
        photo,
        title=_("诉求 %s 的照片") % order.number,
        subject=f"orders.order:{order.pk}",
        unit=order.place_id,
        klass=Document.Class.PERSONAL,
        retention="10_years",
        by=PUBLIC,
        at=at,
    )
    Telling.objects.filter(order=order).update(photo=document)


def _note_client(order: Order, client: ApiClient, at: datetime.datetime) -> None:
    ClientOrder.objects.create(order=order, client=client)
    after = {"client": client.name}
    record("orders.client_order.sent", order, by=PUBLIC, at=at, key=None, after=after)

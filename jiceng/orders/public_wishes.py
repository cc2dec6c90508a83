"""What the public may do and read of wishes without an account. The portal imports this."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from jiceng.accounts import throttle
from jiceng.accounts.codes import digest_of
from jiceng.core.clock import day_of
from jiceng.orders.models import MicroWish, WishCard, WishConsent, WishStatus
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary import Received, Wished
from jiceng.orders.operations.voluntary.wishes import ADDRESS, CODE, NAME, PHONE, TEXT
from jiceng.orders.voluntary_refusals import NoBranch, NoSuchCode
from jiceng.orders.volunteering import wish_groups, wish_kinds, wrong_codes
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import described

__all__ = [
    "ADDRESS",
    "NAME",
    "PHONE",
    "TEXT",
    "Card",
    "Received",
    "Status",
    "cards",
    "kinds",
    "look_up",
    "place_wish",
    "say",
    "shown",
]

_ONLINE = WishConsent.How.ONLINE


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the wall, in words."""

    number: str
    kind: str
    place: str
    urgency: str
    text: str
    state: str  # checked (open), taken, delivered, closed
    released_on: datetime.date
    fulfilled_on: datetime.date | None

    @property
    def is_open(self) -> bool:
        return self.state == MicroWish.State.CHECKED


@dataclass(frozen=True, slots=True)
class Status:
    """What the holder of a query code reads, and may do now."""

    row: WishStatus
    state: str  # in words

    @property
    def may_confirm(self) -> bool:
        return self.row.state == MicroWish.State.DELIVERED

    @property
    def may_withdraw(self) -> bool:
        return self.row.ended_on is None

    @property
    def may_hide(self) -> bool:
        return self.row.is_shown


def kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds of wishes in their groups, as a list to choose from."""
    return [
        (_(title), [(k.code, _(k.title)) for k in wish_kinds().values() if k.group == group])
        for group, title in wish_groups().items()
    ]


def cards(*, place: int | None = None) -> QuerySet[WishCard]:
    """Return the cards of a place or of all: the open ones first, the newest of each first."""
    rows = WishCard.objects.all() if place is None else WishCard.objects.filter(place=place)
    order = Case(
        When(state=MicroWish.State.CHECKED, then=Value(0)),
        When(state=MicroWish.State.CLOSED, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.order_by(order, "-released_on", "-pk")


def shown(rows: Iterable[WishCard], today: datetime.date) -> list[Card]:
    """Return cards in words. Two statements."""
    found = list(rows)
    places = described({row.place for row in found}, today)
    return [
        Card(
            number=row.number,
            kind=_(wish_kinds()[row.kind].title),
            place=places[row.place].name,
            urgency=str(MicroWish.Urgency(row.urgency).label),
            text=row.text,
            state=row.state,
            released_on=row.released_on,
            fulfilled_on=row.fulfilled_on,
        )
        for row in found
    ]


def place_wish(
    *,
    place: int,
    kind: str,
    text: str,
    name: str,
    phone: str,
    address: str,
    of_minor: bool,
    consent: bool,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Received:
    """Take a wish from a resident; see `operations.voluntary.collect_wish`.

    Raises:
        NoBranch: the place is no village or community, or no organisation answers for it.
    """
    unit = described([place], day_of(at)).get(place)
    if unit is None or unit.tree != Tree.DIVISION or unit.level != Level.VILLAGE:
        raise NoBranch(_("请选择一个村（社区）。"))
    wished = Wished(
        place=place,
        kind=kind,
        text=text,
        name=name,
        phone=phone,
        address=address,
        of_minor=of_minor,
        consent=_ONLINE if consent else "",
    )
    return voluntary.collect_wish(wished, by="public", at=at, key=key)


def look_up(code: str, *, at: datetime.datetime) -> Status:
    """Return what may be read with a query code.

    Raises:
        TooManyTries: too many wrong codes within the half hour, from all senders together.
        NoSuchCode: nothing has this code.
    """
    throttle.admit(CODE, "", at=at, limit=wrong_codes())
    found = WishStatus.objects.filter(code_digest=digest_of(CODE, code)).first()
    if found is None:
        throttle.note_wrong(CODE, "", at=at)
        raise NoSuchCode(_("没有这个查询码。请核对后重新输入，字母不分大小写。"))
    return Status(found, str(MicroWish.State(found.state).label))


def say(code: str, what: str, *, at: datetime.datetime, key: uuid.UUID | None = None) -> None:
    """Do what the resident says by his code: "fulfilled", "unfulfilled", "hide", "withdraw".

    Raises:
        TooManyTries, NoSuchCode: as `look_up`.
        NotNow, NoConsent: where the wish stands, this cannot be done.
        NoSuchCode: it is none of these.
    """
    status = look_up(code, at=at)
    wish = MicroWish.objects.get(code_digest=status.row.code_digest)
    if what in {"fulfilled", "unfulfilled"}:
        voluntary.confirm_delivery(wish, fulfilled=what == "fulfilled", by="public", at=at, key=key)
    elif what == "hide":
        voluntary.withdraw_consent(wish, by="public", at=at, key=key)
    elif what == "withdraw":
        voluntary.withdraw_wish(wish, by="public", at=at, key=key)
    else:
        raise NoSuchCode(_("没有这一项。"))

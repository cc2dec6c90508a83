"""A wish from collecting to its end; who fulfils it is in `offers` and `claims`."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.codes import digest_of, draw
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.clocks import limit
from jiceng.notices.operations.holding import plain_words
from jiceng.orders import catalogue
from jiceng.orders.catalogue import Service
from jiceng.orders.models.orders import Order
from jiceng.orders.models.wishes import MicroWish, WishConsent, WishDetails
from jiceng.orders.operations.placing import Placing, place_order
from jiceng.orders.operations.voluntary import asking
from jiceng.orders.operations.voluntary.holding import KEPT_NOWHERE, held_wish
from jiceng.orders.operations.voluntary.moving import end, record_wish, save
from jiceng.orders.operations.voluntary.projecting import project
from jiceng.orders.queries.voluntary import branch_for
from jiceng.orders.voluntary_refusals import Incomplete, NotDuty, TooManyAtOnce
from jiceng.orders.volunteering import submissions_per_minute, wish_kinds
from jiceng.rules.queries import find_rule
from jiceng.rules.values import Period

CODE = "orders.wish"
TEXT, NAME, PHONE, ADDRESS, SUMMARY, ANSWER = 1_000, 40, 40, 120, 200, 500
WAIT = "wish.wait"  # rule
_MINUTE = datetime.timedelta(minutes=1)
_State = MicroWish.State
_CHANNELS: dict[str, str] = {
    MicroWish.How.ONLINE: Order.Channel.PORTAL,
    MicroWish.How.HOTLINE: Order.Channel.PHONE,
    MicroWish.How.COUNTER: Order.Channel.COUNTER,
}


@dataclass(frozen=True, slots=True)
class Wished:
    """What a resident wishes, as he says it himself or as it was written down for him."""

    place: int
    kind: str
    text: str
    name: str
    phone: str = ""
    address: str = ""
    how: str = MicroWish.How.ONLINE
    of_minor: bool = False
    consent: str = ""  # how he agreed to a card; empty: he did not


@dataclass(frozen=True, slots=True)
class Received:
    """What the resident is told once; the code is kept nowhere."""

    number: str
    code: str


@transaction.atomic
def collect_wish(
    wished: Wished, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> Received:
    """Take a wish, from the resident himself (`by` "public") or entered for him. It goes to the
    organisation that leads the place. The caller has checked that a user may enter for the place.

    Raises:
        Incomplete: the kind is none, or nobody can be reached.
        Faulty, HoldsNumbers: a text is missing, too long, or holds an identity or account.
        NoBranch: no organisation stands at the place.
        TooManyAtOnce: more arrives within a minute than people send.
    """
    if by == "public":
        _refuse_floods(at)
    details = _details(wished)
    code = draw()
    wish = MicroWish.objects.create(
        number=f"W{day_of(at):%Y%m%d}-{draw().replace('-', '')[:6]}",
        code_digest=digest_of(CODE, code),
        place_id=wished.place,
        branch_id=branch_for(wished.place, day_of(at)).pk,
        kind=wished.kind,
        how=wished.how,
        received_at=at,
        recorded_by=by if isinstance(by, User) else None,
        of_minor=wished.of_minor,
    )
    details.wish = wish
    details.save(force_insert=True)
    if wished.consent and not wished.of_minor:
        WishConsent.objects.create(
            wish=wish,
            how=WishConsent.How(wished.consent),
            given_on=day_of(at),
            recorded_at=at,
            recorded_by=wish.recorded_by,
        )
    project(wish)
    asking.ask(asking.CHECK, wish, at=at)
    record_wish("orders.wish.collected", wish, by, at, key)
    return Received(wish.number, code)


@transaction.atomic
def check_wish(
    wish: MicroWish,
    *,
    kind: str,
    urgency: str,
    summary: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> MicroWish:
    """Say that name, contact, wish and reasonableness were verified; class it, and write what
    members, and with consent everybody, may read of it. From here it waits to be taken on.

    The caller has checked that `by` answers for the branch.

    Raises:
        NotNow, Changed: it was checked, or changed since it was shown.
        Incomplete: no such kind or urgency.
        Faulty, HoldsNumbers: the summary is missing, too long, or names somebody.
    """
    wish = held_wish(wish, _State.RECEIVED, seen=seen)
    if kind not in wish_kinds() or urgency not in MicroWish.Urgency.values:
        raise Incomplete(_("请选择种类和缓急。"))
    wish.kind, wish.urgency = kind, urgency
    wish.summary, wish.written_by = card_words(wish, summary), by
    wish.checked_at, wish.state = at, _State.CHECKED
    wish.wait_until, wish.wait_rule = _wait(wish, day_of(at))
    save(wish)
    asking.close(asking.CHECK, wish, at=at)
    asking.ask(asking.WAIT, wish, by=by, at=at)
    if wish.consents.filter(withdrawn_at=None).exists():
        asking.ask_to_release(wish, by=by, at=at)
    record_wish("orders.wish.checked", wish, by, at, key)
    return wish


def card_words(wish: MicroWish, text: str) -> str:
    """Return the words of a card: short, and nobody can be known by them.

    Raises:
        Faulty, HoldsNumbers: they are missing or too long, hold a number, plate, address or
            illness, or the resident's name.
    """
    text = plain_words(text, label=_("卡片文字"), most=SUMMARY)
    name = wish.details.name
    if name and name in text.replace(" ", ""):
        raise Incomplete(_("卡片上不写本人姓名。"))
    return text


@transaction.atomic
def answer_wish(
    wish: MicroWish,
    *,
    answer: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> MicroWish:
    """End a wish that nobody can fulfil, or that is no wish, with words to the resident.

    Raises:
        NotNow, Changed: somebody has taken it on, it has ended, or it was changed meanwhile.
        Faulty, HoldsNumbers: there are no words, or they hold numbers of persons.
    """
    wish = held_wish(wish, _State.RECEIVED, _State.CHECKED, seen=seen)
    wish.answer = plain_words(answer, label=_("答复"), most=ANSWER, refused=KEPT_NOWHERE)
    end(wish, _State.ANSWERED, at=at)
    record_wish("orders.wish.answered", wish, by, at, key)
    return wish


@transaction.atomic
def pass_on_wish(
    wish: MicroWish,
    *,
    service: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Received:
    """Make a wish that nobody took on an order of duty, which an office must answer within its
    time; return the order's number and query code. The order is placed by the system: it is the
    resident's own, and whose post may not enter orders passes a wish on all the same.

    Args:
        service: the kind of order.

    Raises:
        NotDuty: the kind is none of duty.
        NotNow, Changed: somebody has taken it on, it has ended, or it was changed meanwhile.
    """
    if service not in {one.code for one in duty_services()}:
        raise NotDuty(_("请选择由部门或乡镇、村按职责办理的种类。"))
    wish = held_wish(wish, _State.RECEIVED, _State.CHECKED, seen=seen)
    placed = place_order(
        Placing(
            kind=service,
            text=wish.details.text,
            place=wish.place_id,
            name=wish.details.name,
            phone=wish.details.phone,
            where=wish.details.address,
            channel=_CHANNELS.get(wish.how, Order.Channel.VISIT),
        ),
        by=audit.SYSTEM,
        at=at,
    )
    wish.passed_to = placed.order.number
    end(wish, _State.PASSED_ON, at=at)
    record_wish("orders.wish.passed_on", wish, by, at, key)
    return Received(placed.order.number, placed.code)


def duty_services() -> list[Service]:
    """Return the kinds of order that a wish can become: those that somebody must answer."""
    return [one for one in catalogue.services() if one.track == "duty"]


@transaction.atomic
def withdraw_wish(
    wish: MicroWish, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> MicroWish:
    """Take a wish back: the resident's own act, by his code or by word of mouth at the branch.
    Whoever had taken it on is free.

    Raises:
        NotNow: it has ended.
    """
    wish = held_wish(wish, _State.RECEIVED, _State.CHECKED, _State.TAKEN, _State.DELIVERED)
    end(wish, _State.WITHDRAWN, at=at)
    record_wish("orders.wish.withdrawn", wish, by, at, key)
    return wish


@transaction.atomic
def reveal_wisher(
    wish: MicroWish, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> WishDetails:
    """Show name, telephone and address to who checks or fulfils the wish, and leave an entry of
    it. The caller has fetched the wish as one of them.
    """
    record_wish("orders.wish.revealed", wish, by, at, key)
    return wish.details


def _details(wished: Wished) -> WishDetails:
    if wished.kind not in wish_kinds() or wished.how not in MicroWish.How.values:
        raise Incomplete(_("请选择心愿的种类。"))
    if not (wished.phone.strip() or wished.address.strip()):
        raise Incomplete(_("请留电话或者住址，否则实现心愿的人找不到您。"))
    return WishDetails(
        text=plain_words(wished.text, label=_("心愿"), most=TEXT, refused=KEPT_NOWHERE),
        name=plain_words(wished.name, label=_("姓名"), most=NAME, refused=KEPT_NOWHERE),
        phone=_short(wished.phone, _("电话"), PHONE),
        address=_short(wished.address, _("住址"), ADDRESS),
    )


def _short(text: str, label: str, most: int) -> str:
    """Return what may be left out, else as `plain_words`. A telephone is what is asked for."""
    return plain_words(text, label=label, most=most, refused={"id", "card"}) if text.strip() else ""


def _refuse_floods(at: datetime.datetime) -> None:
    recent = MicroWish.objects.filter(received_at__gt=at - _MINUTE, recorded_by=None)
    if recent.count() >= submissions_per_minute():
        raise TooManyAtOnce(_("此刻提交的人太多，请一分钟后再试。您写的内容没有丢失。"))


def _wait(wish: MicroWish, day: datetime.date) -> tuple[datetime.date | None, str]:
    """Return until when it waits to be taken on, and by which rule; nothing where there is none."""
    rule = find_rule(WAIT, unit=wish.place_id, day=day)
    if rule is None or not isinstance(rule.value, Period) or rule.value.unit == "hour":
        return None, ""
    return limit(day, rule.value.count, rule.value.unit).day, rule.sentence()[:200]

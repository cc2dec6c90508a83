"""The card of a wish: written by the branch, shown with consent, released by another person."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.orders.models.wishes import MicroWish, WishConsent
from jiceng.orders.operations.voluntary import asking
from jiceng.orders.operations.voluntary.holding import held_wish, past
from jiceng.orders.operations.voluntary.moving import record_wish, save
from jiceng.orders.operations.voluntary.projecting import put_card_up, take_card_down
from jiceng.orders.operations.voluntary.wishes import card_words
from jiceng.orders.voluntary_refusals import Incomplete, NoConsent, NotSecondPerson, OfMinor

_State = MicroWish.State
_SHOWN = (_State.CHECKED, _State.TAKEN, _State.DELIVERED)


@transaction.atomic
def write_card(
    wish: MicroWish,
    *,
    summary: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> MicroWish:
    """Write the words of the card anew; one that is shown comes down until another person has
    released the new words.

    Raises:
        NotNow, Changed: the wish was not checked yet or has ended, or was changed meanwhile.
        Faulty, HoldsNumbers, Incomplete: as `check_wish`.
    """
    wish = held_wish(wish, _State.CHECKED, seen=seen)
    wish.summary, wish.written_by = card_words(wish, summary), by
    _take_down(wish, at)
    if wish.consents.filter(withdrawn_at=None).exists():
        asking.ask_to_release(wish, by=by, at=at)
    record_wish("orders.wish.card_written", wish, by, at, key)
    return wish


@transaction.atomic
def release_card(
    wish: MicroWish, *, seen: int, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> MicroWish:
    """Show the card to everybody. The caller has checked that `by` may release at the branch.

    Raises:
        NotNow, Changed: the wish was not checked yet or has ended, or was changed meanwhile.
        NotSecondPerson: `by` wrote the words.
        OfMinor: the wish is a minor's, which is never shown.
        NoConsent: the resident has not agreed.
    """
    wish = held_wish(wish, *_SHOWN, seen=seen)
    if wish.of_minor:
        raise OfMinor(_("未成年人的心愿不公开。"))
    if wish.written_by_id == by.pk:
        raise NotSecondPerson(_("卡片是您写的，须由另一位有审核权的人公开。"))
    if not wish.consents.filter(withdrawn_at=None).exists():
        raise NoConsent(_("本人没有同意公开，或者已经收回同意。"))
    wish.summary = card_words(wish, wish.summary)
    wish.released_by, wish.released_at = by, at
    save(wish)
    put_card_up(wish)
    asking.close(asking.RELEASE, wish, at=at)
    record_wish("orders.wish.released", wish, by, at, key)
    return wish


@transaction.atomic
def record_consent(
    wish: MicroWish,
    *,
    how: str,
    given_on: datetime.date,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> WishConsent:
    """Record that the resident agreed to a card; nothing is refused to who does not.

    Raises:
        NotNow: the wish has ended. Untrue: the day has not come.
        OfMinor: for a minor nobody can agree.
        Incomplete: no such way, or his agreement is recorded already.
    """
    wish = held_wish(wish, _State.RECEIVED, *_SHOWN)
    if wish.of_minor:
        raise OfMinor(_("未成年人的心愿不公开。"))
    if how not in WishConsent.How.values or wish.consents.filter(withdrawn_at=None).exists():
        raise Incomplete(_("同意已经登记过，或者没有写明方式。"))
    consent = WishConsent.objects.create(
        wish=wish, how=how, given_on=past(given_on, at), recorded_at=at, recorded_by=by
    )
    if wish.state == _State.CHECKED:
        asking.ask_to_release(wish, by=by, at=at)
    record_wish("orders.wish.consent_recorded", wish, by, at, key)
    return consent


@transaction.atomic
def withdraw_consent(
    wish: MicroWish, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> MicroWish:
    """Take the consent back: the card is gone at once, the wish goes on as before. The resident's
    own act, by his code or by word of mouth at the branch. At any time, also after the end.

    Raises:
        NoConsent: there is none that stands.
    """
    wish = held_wish(wish, *_State.values)
    if not wish.consents.filter(withdrawn_at=None).update(withdrawn_at=at):
        raise NoConsent(_("没有正在生效的公开同意。"))
    _take_down(wish, at)
    record_wish("orders.wish.consent_withdrawn", wish, by, at, key)
    return wish


def _take_down(wish: MicroWish, at: datetime.datetime) -> None:
    wish.released_at = wish.released_by = None
    save(wish)
    take_card_down(wish)
    asking.close(asking.RELEASE, wish, at=at)

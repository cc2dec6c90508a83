"""Taking something on of one's own will: pending, confirmed by the branch, given back at any time."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.notices.operations.holding import plain_words
from jiceng.orders.models.voluntary import Claim, Offer, WelfarePost
from jiceng.orders.models.wishes import MicroWish, WishDetails
from jiceng.orders.operations.voluntary import asking
from jiceng.orders.operations.voluntary.holding import (
    branch_of,
    held_claim,
    held_post,
    held_wish,
    record,
)
from jiceng.orders.operations.voluntary.moving import end_claim, free, record_wish, take
from jiceng.orders.queries.volunteers import born_by, is_old_enough, line_of, volunteer_of
from jiceng.orders.voluntary_refusals import (
    NoLicence,
    NoRoom,
    NoSuchClaim,
    NotAVolunteer,
    NotInsured,
    NotNow,
    OfMinor,
)
from jiceng.registry.models import Person

SEEN, WORDS = 80, 200
_State = Claim.State


@transaction.atomic
def claim_wish(
    wish: MicroWish, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Claim:
    """Take a wish on; the branch confirms it. The caller has fetched the wish as one that `by` may
    take on.

    Raises:
        NotAVolunteer, OfMinor: `by` is no member, or under age.
        NotNow: somebody has taken it on, or it has ended.
    """
    person = volunteer_of(by, day_of(at))
    claim = begin_claim(held_wish(wish, MicroWish.State.CHECKED), person, by=by, at=at)
    _record("orders.claim.made", claim, by, at, key)
    return claim


@transaction.atomic
def claim_post(
    post: WelfarePost, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Claim:
    """Take a post on, beside others who hold it; the branch confirms it.

    Raises:
        NotAVolunteer, OfMinor: `by` is no member there, has not registered, or is under age.
        NoRoom: as many hold it as it has room for, or he holds it. NotNow: it is closed.
    """
    person = volunteer_of(by, day_of(at))
    if post.branch_id not in line_of(person, day_of(at)):
        raise NotAVolunteer(_("请先到这个党组织报到，再认领它的岗位。"))
    claim = begin_claim(held_post(post), person, by=by, at=at)
    _record("orders.claim.made", claim, by, at, key)
    return claim


def begin_claim(
    thing: MicroWish | WelfarePost,
    person: Person,
    *,
    by: User,
    at: datetime.datetime,
    offered: Offer | None = None,
) -> Claim:
    """Write the claim of something that is locked; inside the caller's operation.

    Raises:
        OfMinor, NoRoom, NotNow: as `claim_post`.
    """
    if not is_old_enough(person, born_by(thing.branch_id, day_of(at))):
        raise OfMinor(_("未成年人不由系统安排志愿服务。"))
    claim = Claim(person=person, made_at=at, recorded_at=at)
    if isinstance(thing, MicroWish):
        claim.wish = thing
        take(thing, at=at)
    else:
        claim.post = thing
        _check_room(thing, person, day_of(at))
    if offered is not None and not _needs_looking(claim):
        claim.state, claim.confirmed_at = _State.CONFIRMED, at
        claim.confirmed_by = offered.offered_by
    claim.save(force_insert=True)
    if claim.state == _State.PENDING:
        asking.ask_to_confirm(claim, by=by, at=at)
    return claim


@transaction.atomic
def confirm_claim(
    claim: Claim,
    *,
    by: User,
    at: datetime.datetime,
    licence_seen: str = "",
    insured: str = "",
    key: uuid.UUID | None = None,
) -> Claim:
    """Confirm a claim: who is to serve has the licence and is insured where that is needed. The
    caller has checked that `by` offers for the branch.

    Raises:
        NotNow: it was given back or confirmed.
        NoLicence, NotInsured: what was looked at is not said.
    """
    claim = held_claim(claim, _State.PENDING)
    claim.licence_seen, claim.insured = licence_seen.strip()[:SEEN], insured.strip()[:SEEN]
    post = claim.post
    if post is not None and post.licence and not claim.licence_seen:
        raise NoLicence(_("这个岗位须有%s，请写明核对过的证件。") % post.licence)
    if post is not None and post.dangerous and not claim.insured:
        raise NotInsured(_("这个岗位有人身危险，请写明已为本人投的保险。"))
    claim.state, claim.confirmed_at, claim.confirmed_by = _State.CONFIRMED, at, by
    claim.save()
    asking.close(asking.CLAIM, claim, at=at)
    _record("orders.claim.confirmed", claim, by, at, key)
    return claim


@transaction.atomic
def turn_down_claim(
    claim: Claim, *, words: str, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Claim:
    """Not confirm a claim, with words to the member; what he wanted to take on is free again.

    Raises:
        NotNow: it was given back or confirmed.
        Faulty, HoldsNumbers: there are no words, or they hold numbers of persons.
    """
    claim = held_claim(claim, _State.PENDING)
    claim.words = plain_words(words, label=_("说明"), most=WORDS)
    claim.save(update_fields=["words"])
    _over(claim, at)
    _record("orders.claim.turned_down", claim, by, at, key)
    return claim


@transaction.atomic
def give_back(
    claim: Claim, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> None:
    """Give back what one has taken on, at any time and without a reason. What was not confirmed
    yet leaves no row.

    Raises:
        NoSuchClaim: it is not his. NotNow: it is over.
    """
    claim = held_claim(claim, *Claim.LIVE)
    if claim.person != volunteer_of(by, day_of(at)):
        raise NoSuchClaim(_("没有这项认领，或者您无权查看。"))
    if claim.wish is not None and claim.wish.state != MicroWish.State.TAKEN:
        raise NotNow(_("心愿已经送达，等本人确认。"))
    _record("orders.claim.ended", claim, by, at, key)
    pending = claim.state == _State.PENDING
    _over(claim, at)
    if pending:
        claim.delete()


@transaction.atomic
def reveal_to_volunteer(
    claim: Claim, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> WishDetails:
    """Show whom one is to meet to who has taken a wish on and was confirmed; it leaves an entry.

    Raises:
        NoSuchClaim: it is not his. NotNow: it is not confirmed, or the wish was delivered.
    """
    claim = held_claim(claim, *Claim.SERVING)
    if claim.person != volunteer_of(by, day_of(at)):
        raise NoSuchClaim(_("没有这项认领，或者您无权查看。"))
    if claim.wish is None or claim.wish.state != MicroWish.State.TAKEN:
        raise NotNow(_("这项认领没有等待送达的心愿。"))
    record_wish("orders.wish.revealed", claim.wish, by, at, key)
    return claim.wish.details


def _over(claim: Claim, at: datetime.datetime) -> None:
    end_claim(claim, at=at)
    if claim.wish is not None:
        free(claim.wish, at=at)


def _check_room(post: WelfarePost, person: Person, day: datetime.date) -> None:
    if not post.valid_from <= day < post.valid_to:
        raise NotNow(_("这个公益岗位还没有开始，或者已经结束。"))
    held = set(
        Claim.objects.filter(post=post, state__in=Claim.LIVE).values_list("person", flat=True)
    )
    if person.pk in held:
        raise NoRoom(_("这个岗位您已经认领。"))
    if len(held) >= post.capacity:
        raise NoRoom(_("这个岗位已满 %s 人。") % post.capacity)


def _needs_looking(claim: Claim) -> bool:
    return claim.post is not None and bool(claim.post.licence or claim.post.dangerous)


def _record(
    action: str, claim: Claim, by: User, at: datetime.datetime, key: uuid.UUID | None
) -> None:
    text = claim.wish.number if claim.wish else claim.post.title if claim.post else ""
    record(action, claim, unit=branch_of(claim), by=by, at=at, key=key, text=text)

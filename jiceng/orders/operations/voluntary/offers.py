"""Telling members of what they might take on. Who declines gives no reason and leaves no trace."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.orders.models.voluntary import Claim, Offer, WelfarePost
from jiceng.orders.models.wishes import MicroWish
from jiceng.orders.operations.voluntary.claims import begin_claim
from jiceng.orders.operations.voluntary.holding import held_post, held_wish, record
from jiceng.orders.queries.held import mark_of
from jiceng.orders.queries.volunteers import volunteer_of, volunteers_of
from jiceng.orders.voluntary_refusals import AlreadyAsked, NoSuchOffer, NotAVolunteer, NotNow
from jiceng.registry.models import Person


@transaction.atomic
def offer(
    thing: MicroWish | WelfarePost,
    *,
    people: Collection[int],
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> list[Offer]:
    """Tell members of a wish or a post; nothing is asked of them, and no time is set. Who was told
    of it before is not told again. The caller has checked that `by` offers for the branch.

    Raises:
        NotNow: the wish is taken on or has ended, or the post is closed.
        NotAVolunteer: somebody is no member there, has not registered, or is under age.
        AlreadyAsked: all of them were told of it before, or nobody was named.
    """
    thing = _held(thing, day_of(at))
    able = {one.person for one in volunteers_of(thing.branch_id, day_of(at))}
    if set(people) - able:
        raise NotAVolunteer(_("只能向本党组织的成年党员和到这里报到的党员推荐。"))
    marks = {mark_of(thing, person): person for person in people}
    known = Offer.objects.filter(mark__in=marks).values_list("mark", flat=True)
    fresh = {mark: person for mark, person in marks.items() if mark not in set(known)}
    if not fresh:
        raise AlreadyAsked(_("已经向他们推荐过，同一件事不再问第二次。"))
    offers = Offer.objects.bulk_create(
        Offer(**_of(thing), person_id=person, mark=mark, offered_by=by, offered_at=at)
        for mark, person in fresh.items()
    )
    record(
        "orders.offer.made",
        thing,
        unit=thing.branch_id,
        by=by,
        at=at,
        key=key,
        text=_name(thing),
        count=len(offers),
    )
    return offers


@transaction.atomic
def accept_offer(
    offered: Offer, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Claim:
    """Take on what was offered. As the branch asked for it, it is confirmed at once, unless a
    licence or an insurance is to be looked at first.

    Raises:
        NoSuchOffer: it was not offered to `by`, or is over.
        NoRoom, NotNow: somebody else has taken it on, or it has ended.
    """
    offered = _own(offered, by, at)
    thing = _held(_thing_of(offered), day_of(at))
    person = offered.person
    assert person is not None
    offered.state = Offer.State.ACCEPTED
    offered.save(update_fields=["state"])
    claim = begin_claim(thing, person, by=by, at=at, offered=offered)
    _record_answer(offered, thing, by, at, key)
    return claim


@transaction.atomic
def decline_offer(
    offered: Offer, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> None:
    """Decline. No reason is asked for; the row forgets who it was. The entry reads like that of
    an acceptance.

    Raises:
        NoSuchOffer: it was not offered to `by`, or is over.
    """
    offered = _own(offered, by, at)
    offered.state, offered.person = Offer.State.DECLINED, None
    offered.save(update_fields=["state", "person"])
    _record_answer(offered, _thing_of(offered), by, at, key)


def _record_answer(
    offered: Offer,
    thing: MicroWish | WelfarePost,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    """Leave the entry, without what was answered."""
    record(
        "orders.offer.answered",
        offered,
        unit=thing.branch_id,
        by=by,
        at=at,
        key=key,
        text=_name(thing),
    )


def _own(offered: Offer, by: User, at: datetime.datetime) -> Offer:
    person: Person = volunteer_of(by, day_of(at))
    rows = Offer.objects.select_for_update(of=("self",)).select_related("wish", "post", "person")
    found = rows.filter(pk=offered.pk, person=person, state=Offer.State.OPEN).first()
    if found is None:
        raise NoSuchOffer(_("这项推荐已经结束，或者不是给您的。"))
    return found


def _held(thing: MicroWish | WelfarePost, day: datetime.date) -> MicroWish | WelfarePost:
    if isinstance(thing, MicroWish):
        return held_wish(thing, MicroWish.State.CHECKED)
    post = held_post(thing)
    if post.valid_to <= day:
        raise NotNow(_("这个公益岗位已经结束。"))
    return post


def _thing_of(offered: Offer) -> MicroWish | WelfarePost:
    thing = offered.wish or offered.post
    assert thing is not None
    return thing


def _of(thing: MicroWish | WelfarePost) -> dict[str, MicroWish | WelfarePost]:
    return {"wish" if isinstance(thing, MicroWish) else "post": thing}


def _name(thing: MicroWish | WelfarePost) -> str:
    return thing.number if isinstance(thing, MicroWish) else thing.title

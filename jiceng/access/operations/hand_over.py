"""Handing over: the list of what a post leaves, and the successor's confirmation."""

import datetime
import uuid
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.access.leavings import LEAVINGS
from jiceng.access.models import Grant, HandOver
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.refusals import Conflict, Denied
from jiceng.registry.models import Post


class AlreadyConfirmed(Conflict):
    """The successor has confirmed this list; it no longer changes."""


class NotTheSuccessor(Denied):
    """Only who holds the same post at the same unit now may confirm."""


@transaction.atomic
def list_hand_over(
    post: Post, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> HandOver:
    """Draw up what the post leaves, to be printed; drawn up again, it replaces the list before.

    Raises:
        AlreadyConfirmed: the successor has confirmed.
    """
    addressees = set(Grant.objects.filter(post=post).values_list("role", "unit_id"))
    left = [asdict(row) for leaving in LEAVINGS for row in leaving.left_by(addressees, day_of(at))]
    hand_over, _created = HandOver.objects.select_for_update().get_or_create(
        post=post, defaults={"listed_at": at, "items": left}
    )
    _refuse_confirmed(hand_over)
    hand_over.listed_at, hand_over.items = at, left
    hand_over.save(update_fields=["listed_at", "items"])
    audit.record(
        action="access.hand_over.listed",
        subject=hand_over,
        unit=post.unit_id,
        by=by,
        at=at,
        key=key,
        after={"post": post.pk},
        count=len(left),
    )
    return hand_over


@transaction.atomic
def confirm_hand_over(
    number: int, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> HandOver:
    """Take over what the list names.

    Raises:
        NotTheSuccessor: `by` does not hold the same post at the same unit today, or handed it over
            himself.
        AlreadyConfirmed: somebody has confirmed.
    """
    hand_over = (
        HandOver.objects.select_for_update(of=["self"]).select_related("post").get(pk=number)
    )
    _refuse_confirmed(hand_over)
    left = hand_over.post
    succeeding = Grant.objects.on(day_of(at)).filter(
        user=by, post__unit=left.unit_id, post__role=left.role
    )
    if not succeeding.exclude(post=left).exclude(post__person=left.person_id).exists():
        raise NotTheSuccessor(_("交接清单须由接任同一岗位的人确认。"))
    hand_over.confirmed_by, hand_over.confirmed_at = by, at
    hand_over.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(
        action="access.hand_over.confirmed",
        subject=hand_over,
        unit=left.unit_id,
        by=by,
        at=at,
        key=key,
        after={"post": left.pk},
        count=len(hand_over.items),
    )
    return hand_over


def _refuse_confirmed(hand_over: HandOver) -> None:
    if hand_over.confirmed_at is not None:
        raise AlreadyConfirmed(_("这份交接清单已经确认，不再变动。"))

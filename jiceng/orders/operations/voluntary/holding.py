"""Taking hold of rows for one act, and leaving its entry."""

import datetime
import uuid
from typing import Any

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.orders.models.voluntary import Claim, WelfarePost
from jiceng.orders.models.wishes import MicroWish
from jiceng.orders.voluntary_refusals import Changed, NotNow, Untrue

KEPT_NOWHERE = {"id", "card", "number"}  # a telephone may stand in what is private


def held_wish(wish: MicroWish, *states: str, seen: int | None = None) -> MicroWish:
    """Return the wish, locked until the transaction ends, as it is now.

    Raises:
        NotNow: it is in none of `states`.
        Changed: it was changed since version `seen` was shown.
    """
    found = MicroWish.objects.select_for_update().get(pk=wish.pk)
    if found.state not in states:
        raise NotNow(
            _("%(number)s现在的状态是“%(state)s”，不能这样办理。")
            % {"number": found.number, "state": found.get_state_display()}
        )
    if seen is not None and found.version != seen:
        raise Changed(_("这个心愿刚被别人办理过，请看过最新情况再办。"))
    return found


def held_post(post: WelfarePost) -> WelfarePost:
    return WelfarePost.objects.select_for_update().get(pk=post.pk)


def held_claim(claim: Claim, *states: str) -> Claim:
    """Return the claim, locked with what it is of, as it is now.

    Raises:
        NotNow: it is in none of `states`.
    """
    if claim.wish_id is not None:
        MicroWish.objects.select_for_update().get(pk=claim.wish_id)
    if claim.post_id is not None:
        WelfarePost.objects.select_for_update().get(pk=claim.post_id)
    rows = Claim.objects.select_related("wish", "post", "person")
    found = rows.filter(pk=claim.pk).first()
    if found is None or found.state not in states:
        raise NotNow(_("这项认领的情况已经变了，请看过最新情况再办。"))
    return found


def past(day: datetime.date, at: datetime.datetime) -> datetime.date:
    """Return a day on which something happened.

    Raises:
        Untrue: it has not come yet.
    """
    if day > day_of(at):
        raise Untrue(_("%s还没有到，只登记已经发生的事。") % day)
    return day


def branch_of(claim: Claim) -> int:
    """Return the organisation that answers for a claim."""
    if claim.wish is not None:
        return claim.wish.branch_id
    assert claim.post is not None
    return claim.post.branch_id


def record(
    action: str,
    subject: Any,
    *,
    unit: int,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
    text: str = "",
    after: dict[str, Any] | None = None,
    count: int = 1,
) -> None:
    """Leave the entry of an act: never what a resident said, nor who he is."""
    audit.record(
        action=action,
        subject=subject,
        subject_text=text or str(subject),
        unit=unit,
        by=by,
        at=at,
        key=key,
        after=after,
        count=count,
    )

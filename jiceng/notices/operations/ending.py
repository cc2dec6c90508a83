"""Withdrawing a notice; and what the job process does when time has passed."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.periods import DAY
from jiceng.notices.models import Notice
from jiceng.notices.operations import asking, publishing
from jiceng.notices.operations.drafting import REASON
from jiceng.notices.operations.holding import held, plain_words
from jiceng.notices.refusals import NotReleased

_LATELY = 31 * DAY  # so long a board is asked about; the lists show it for ever


@transaction.atomic
def withdraw_notice(
    notice: Notice,
    *,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Notice:
    """Withdraw a notice, or give up a draft. Of what was public only that it was withdrawn stays.

    A right one is written anew. Objections to it are still answered.

    Raises:
        NotReleased: it is withdrawn already.
        Faulty, HoldsNumbers: the reason is missing, too long, or holds what is not published.
    """
    notice = held(notice)
    if notice.standing == Notice.Standing.WITHDRAWN:
        raise NotReleased(_("%s已经撤回。") % notice.number)
    was_public = notice.released_at is not None
    notice.withdrawn_for = plain_words(reason, label=_("撤回原因"), most=REASON)
    notice.standing = Notice.Standing.WITHDRAWN
    notice.withdrawn_by, notice.withdrawn_at = by, at
    notice.save()
    asking.close_all(notice, at=at)
    if was_public:
        publishing.withdraw(notice, at=at)
        if notice.postings.filter(superseded_at=None, taken_down_on=None).exists():
            asking.ask_to_take_down(notice, at=at)
    audit.record(
        action="notices.notice.withdrawn",
        subject=notice,
        subject_text=notice.number,
        unit=notice.unit_id,
        by=by,
        at=at,
        key=key,
        after={"reason": notice.withdrawn_for},
    )
    return notice


@transaction.atomic
def expire(at: datetime.datetime) -> int:
    """Empty the public rows of notices whose time is over, and ask for them to be taken down.

    Nothing waits for it: what is over has not been shown since its day. May be repeated.
    Return how many were emptied.
    """
    today = day_of(at)
    emptied = publishing.empty_expired(today)
    over = Notice.objects.filter(
        standing=Notice.Standing.RELEASED,
        retained_until__range=(today - _LATELY, today - DAY),
        postings__superseded_at=None,
        postings__taken_down_on=None,
        postings__isnull=False,
    )
    for notice in over.order_by("pk").distinct():
        asking.ask_to_take_down(notice, at=at)
    if emptied:
        audit.record(
            action="notices.notice.expired",
            subject=f"{Notice._meta.label_lower}:0",
            by=audit.SYSTEM,
            at=at,
            after={"until": today},
            count=emptied,
        )
    return emptied

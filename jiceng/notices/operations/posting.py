"""Recording that a notice was put on a board, and taken down; and mending what was recorded."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.notices.models import Notice, Posting
from jiceng.notices.operations import asking
from jiceng.notices.operations.counting import count
from jiceng.notices.operations.drafting import REASON
from jiceng.notices.operations.holding import NUMBERS, held_released, past, plain_words
from jiceng.notices.refusals import AlreadyTakenDown, OutOfOrder

BOARD, NAME = 80, 40


@transaction.atomic
def record_posting(
    notice: Notice,
    *,
    board: str,
    posted_on: datetime.date,
    posted_by: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Posting:
    """Record that `posted_by` put a notice on a board; its period begins, if none runs yet.

    It begins on the later of release and posting. No photo is asked for.

    Raises:
        NotReleased: it is a draft, or withdrawn.
        InTheFuture: the day has not come.
        Faulty, HoldsNumbers: board or name is missing, too long or holds numbers.
        NoRule: no rule sets the period on that day.
    """
    notice = held_released(notice)
    posting = Posting.objects.create(
        notice=notice,
        board=plain_words(board, label=_("张贴在"), most=BOARD, refused=NUMBERS),
        posted_on=past(posted_on, at),
        posted_by=plain_words(posted_by, label=_("张贴人"), most=NAME),
        recorded_by=by,
        recorded_at=at,
    )
    _settle(notice, by, at)
    _record("notices.posting.recorded", posting, by, at, key, {"posted_on": posted_on})
    return posting


@transaction.atomic
def record_taking_down(
    posting: Posting,
    *,
    taken_down_on: datetime.date,
    taken_down_by: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Posting:
    """Record that a notice came down. Before its period was over, it is to be posted again.

    Raises:
        AlreadyTakenDown: that is recorded, or the posting was corrected.
        InTheFuture, OutOfOrder: the day has not come, or lies before the posting.
        Faulty, HoldsNumbers: the name is missing, too long or holds numbers.
    """
    notice = Notice.objects.select_for_update().get(pk=posting.notice_id)
    posting = _standing(posting)
    if past(taken_down_on, at) < posting.posted_on:
        raise OutOfOrder(_("撤下日不能早于张贴日%s。") % posting.posted_on)
    posting.taken_down_on = taken_down_on
    posting.taken_down_by = plain_words(taken_down_by, label=_("撤下人"), most=NAME)
    posting.taking_down_recorded_by, posting.taking_down_recorded_at = by, at
    posting.save()
    _settle(notice, by, at)
    _record("notices.posting.taken_down", posting, by, at, key, {"taken_down_on": taken_down_on})
    return posting


@transaction.atomic
def correct_posting(
    posting: Posting,
    *,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Posting:
    """Strike out a posting that was recorded wrongly, with a reason; it stays to be read. The
    right one is then recorded anew.

    Raises:
        AlreadyTakenDown: it was corrected already.
        Faulty, HoldsNumbers: the reason is missing, too long or holds numbers.
    """
    notice = Notice.objects.select_for_update().get(pk=posting.notice_id)
    posting = _uncorrected(posting)
    posting.superseded_at, posting.superseded_by = at, by
    posting.superseded_for = plain_words(reason, label=_("更正原因"), most=REASON, refused=NUMBERS)
    posting.save()
    _settle(notice, by, at)
    _record("notices.posting.corrected", posting, by, at, key, {"reason": posting.superseded_for})
    return posting


def _uncorrected(posting: Posting) -> Posting:
    found = Posting.objects.get(pk=posting.pk)
    if found.superseded_at is not None:
        raise AlreadyTakenDown(_("这条张贴记录已经更正过。"))
    return found


def _standing(posting: Posting) -> Posting:
    found = _uncorrected(posting)
    if found.taken_down_on is not None:
        raise AlreadyTakenDown(_("已登记于%s撤下。") % found.taken_down_on)
    return found


def _settle(notice: Notice, by: User, at: datetime.datetime) -> None:
    """Count anew, and ask for what the boards now want."""
    if notice.standing == Notice.Standing.RELEASED:
        if count(notice) is None:
            asking.ask_to_post(notice, by=by, at=at)
        else:
            asking.close(asking.POST, notice, at=at)
    if not notice.postings.filter(superseded_at=None, taken_down_on=None).exists():
        asking.close(asking.TAKE_DOWN, notice, at=at)


def _record(
    action: str,
    posting: Posting,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None,
    after: Mapping[str, Any],
) -> None:
    audit.record(
        action=action,
        subject=posting,
        subject_text=posting.notice.number,
        unit=posting.notice.unit_id,
        by=by,
        at=at,
        key=key,
        after=after,
    )

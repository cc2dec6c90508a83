"""What has happened to a notice, in the order of the days on which it happened."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.core.periods import DAY
from jiceng.notices.models import Notice, Objection, Posting


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a day, who did it, and when it was entered if later."""

    day: datetime.date
    words: str
    who: str = ""
    note: str = ""
    entered_on: datetime.date | None = None  # when not on its day
    standing: bool = True  # False: corrected since


def timeline_of(notice: Notice, today: datetime.date) -> list[Event]:
    """Return what has happened by `today`. Two statements; objections without who objected."""
    events = [*_own(notice), *_of_postings(notice), *_of_days(notice), *_of_objections(notice)]
    return sorted((event for event in events if event.day <= today), key=lambda event: event.day)


def _own(notice: Notice) -> Iterator[Event]:
    yield Event(day_of(notice.drafted_at), _("拟稿"), notice.drafted_by.display_name)
    if notice.released_at:
        yield Event(day_of(notice.released_at), _("审核发布"), _name(notice.released_by))
    if notice.withdrawn_at:
        yield Event(
            day_of(notice.withdrawn_at), _("撤回"), _name(notice.withdrawn_by), notice.withdrawn_for
        )


def _of_days(notice: Notice) -> Iterator[Event]:
    if notice.ends_on and notice.begins_on:
        yield Event(notice.begins_on, _("公示期起算"))
        yield Event(notice.ends_on + DAY, _("公示期已满"))


def _of_postings(notice: Notice) -> Iterator[Event]:
    rows = Posting.objects.filter(notice=notice).select_related("superseded_by").order_by("pk")
    for posting in rows:
        standing = posting.superseded_at is None
        words = _("张贴：%s") % posting.board
        entered = _entered(posting.posted_on, posting.recorded_at)
        yield Event(posting.posted_on, words, posting.posted_by, "", entered, standing)
        if posting.taken_down_on and posting.taking_down_recorded_at:
            entered = _entered(posting.taken_down_on, posting.taking_down_recorded_at)
            words = _("撤下：%s") % posting.board
            who = posting.taken_down_by
            yield Event(posting.taken_down_on, words, who, "", entered, standing)
        if posting.superseded_at:
            yield Event(
                day_of(posting.superseded_at),
                _("更正张贴记录"),
                _name(posting.superseded_by),
                posting.superseded_for,
            )


def _of_objections(notice: Notice) -> Iterator[Event]:
    rows = Objection.objects.filter(notice=notice).select_related("answered_by").order_by("pk")
    for objection in rows:
        words = _("收到异议%s") % objection.number
        entered = _entered(objection.received_on, objection.recorded_at)
        yield Event(objection.received_on, words, str(objection.get_how_display()), "", entered)
        if objection.answered_at:
            yield Event(
                day_of(objection.answered_at),
                _("答复异议%s") % objection.number,
                _name(objection.answered_by),
                str(objection.get_outcome_display()),
            )


def _name(user: User | None) -> str:
    return user.display_name if user else ""


def _entered(day: datetime.date, at: datetime.datetime) -> datetime.date | None:
    entered = day_of(at)
    return entered if entered != day else None

"""Where a notice stands on a day, and what is missing before one may go on."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jiceng.core.periods import DAY
from jiceng.notices.models import Notice, Objection, Posting
from jiceng.notices.queries.views import kind_of


@dataclass(frozen=True, slots=True)
class Missing:
    """What is wanted before one may go on, in words, and by which rule."""

    words: str
    rule: str = ""  # key
    source: str = ""
    refuses: bool = True  # otherwise a named person may go on


@dataclass(frozen=True, slots=True)
class State:
    """Where a notice stands on a day."""

    stage: str  # draft, released, interrupted, running, ended, withdrawn
    begins_on: datetime.date | None
    ends_on: datetime.date | None
    provisional: bool
    missing: tuple[Missing, ...]
    waiting: int  # objections without an answer
    upheld: int  # objections that were found right, wholly or in part

    @property
    def complete(self) -> bool:
        """The period has run in full, and nothing hangs."""
        return not self.missing

    @property
    def complete_on(self) -> datetime.date | None:
        """The first day after the period."""
        return self.ends_on + DAY if self.ends_on else None

    @property
    def holds(self) -> bool:
        """Going on is refused, whoever asks."""
        return any(one.refuses for one in self.missing)


def state_of(notice: Notice, day: datetime.date) -> State:
    """Return where a notice stands on `day`. Two statements."""
    return states_of([notice], day)[notice.pk]


def states_of(notices: Iterable[Notice], day: datetime.date) -> dict[int, State]:
    """Return where each notice stands on `day`, by its key. Two statements."""
    rows = list(notices)
    postings: dict[int, list[Posting]] = defaultdict(list)
    for posting in Posting.objects.filter(notice__in=rows, superseded_at=None).order_by("pk"):
        postings[posting.notice_id].append(posting)
    objections: dict[int, list[Objection]] = defaultdict(list)
    for objection in Objection.objects.filter(notice__in=rows, received_on__lte=day).order_by("pk"):
        objections[objection.notice_id].append(objection)
    return {row.pk: _state(row, postings[row.pk], objections[row.pk], day) for row in rows}


def notice_of(subject: str, step: str) -> Notice | None:
    """Return the notice of a step of something: the last one that was not withdrawn."""
    rows = Notice.objects.filter(subject=subject, step=step)
    return rows.exclude(standing=Notice.Standing.WITHDRAWN).order_by("-drafted_at", "-pk").first()


def _state(
    notice: Notice, postings: list[Posting], objections: list[Objection], day: datetime.date
) -> State:
    stage = _stage(notice, postings, day)
    waiting = [one for one in objections if one.answered_at is None]
    right = {Objection.Outcome.UPHELD, Objection.Outcome.PARTLY}
    missing = [*_missing(notice, stage, postings, day), *_unanswered(notice, waiting)]
    return State(
        stage, notice.begins_on, notice.ends_on, notice.provisional, tuple(missing),
        waiting=len(waiting), upheld=sum(one.outcome in right for one in objections),
    )  # fmt: skip


def _stage(notice: Notice, postings: list[Posting], day: datetime.date) -> str:
    if notice.standing != Notice.Standing.RELEASED:
        return str(notice.standing)
    if notice.begins_on is None or notice.ends_on is None:
        return "interrupted" if postings else "released"
    return "ended" if day > notice.ends_on else "running"


def _missing(
    notice: Notice, stage: str, postings: list[Posting], day: datetime.date
) -> Iterable[Missing]:
    period = notice.rules.get("period", {})
    if stage == "draft":
        yield Missing(_("公示还没有发布：须由没有参与拟稿的人审核。"))
    elif stage == "withdrawn":
        yield Missing(_("公示已撤回。"))
    elif stage == "released":
        yield _by(period, _("还没有登记在公开栏张贴，公示期没有开始。"), refuses=True)
    elif stage == "interrupted":
        words = _("公示期未满就撤下了，须重新张贴，公示期重新计算。")
        yield _by(period, words, refuses=True)
    elif stage == "running" and notice.ends_on is not None:
        words = _("公示期没有满：%(last)s届满，%(next)s起才可以继续。") % {
            "last": notice.ends_on,
            "next": notice.ends_on + DAY,
        }
        yield _by(period, words, refuses=bool(period.get("refuses")))
    if stage == "ended" and _came_down_early(notice, postings):
        board = notice.rules.get("board", {})
        words = _("在公开栏保留不足（%s），须重新公布。") % board.get("sentence", "")
        yield _by(board, words, refuses=bool(board.get("refuses")))


def _came_down_early(notice: Notice, postings: list[Posting]) -> bool:
    """Say whether every board was cleared before the time for which a notice is kept there."""
    kept = notice.board_until
    return kept is not None and all(
        one.taken_down_on is not None and one.taken_down_on <= kept for one in postings
    )


def _unanswered(notice: Notice, waiting: list[Objection]) -> Iterable[Missing]:
    if not waiting:
        return
    due = min((one.due_on for one in waiting if one.due_on), default=None)
    words = _("有%d件异议没有答复。") % len(waiting)
    if due is not None:
        words += _("最早的答复期限是%s。") % due
    rule = waiting[0].rule
    yield Missing(words, kind_of(notice).answer, rule.get("source", ""))


def _by(rule: dict[str, Any], words: str, *, refuses: bool) -> Missing:
    return Missing(words, rule.get("key", ""), rule.get("source", ""), refuses)

"""What a notice leaves to be done, on the agenda of whoever answers for it."""

import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiceng.access.queries.holders import Addressee
from jiceng.accounts.models import User
from jiceng.agenda import operations as agenda
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of, end_of
from jiceng.core.declarations import Words
from jiceng.notices.answering import answering_for, second_person_for
from jiceng.notices.models import Notice, Objection
from jiceng.notices.queries.views import public_title
from jiceng.registry.queries import unit_on

RELEASE = "notices.release"
CHANGE = "notices.change"
POST = "notices.post"
ANSWER = "notices.answer"
TAKE_DOWN = "notices.take_down"
_TITLES = {
    RELEASE: _("审核发布：{title}"),
    CHANGE: _("修改被退回的稿子：{title}"),
    POST: _("张贴并登记：{title}"),
    ANSWER: _("答复异议：{title}"),
    TAKE_DOWN: _("撤下并登记：{title}"),
}


def ask_to_release(notice: Notice, *, by: User, at: datetime.datetime) -> None:
    """Ask a person who wrote nothing of it."""
    day = day_of(at)
    to = second_person_for(unit_on(notice.unit_id, day), notice.writers, day)
    _ask(RELEASE, notice, to, by=by, at=at)


def ask_to_change(notice: Notice, *, by: User, at: datetime.datetime) -> None:
    _ask(CHANGE, notice, _answering("notices.post", notice, at), by=by, at=at)


def ask_to_post(notice: Notice, *, by: User, at: datetime.datetime) -> None:
    _ask(POST, notice, _answering("notices.post", notice, at), by=by, at=at)


def ask_to_take_down(notice: Notice, *, at: datetime.datetime) -> None:
    _ask(TAKE_DOWN, notice, _answering("notices.post", notice, at), by=None, at=at)


def ask_to_answer(objection: Objection, *, by: User | None, at: datetime.datetime) -> None:
    notice = objection.notice
    to = _answering("notices.draft", notice, at)
    agenda.ask(
        [
            agenda.Asked(
                *to,
                kind=ANSWER,
                subject=audit.label_of(objection),
                title=_title(ANSWER, notice),
                address=reverse("web:notice_objection", args=[notice.number, objection.number]),
                due_at=end_of(objection.due_on) if objection.due_on else None,
                rule=objection.rule.get("sentence", "")[:200],
                asked_by=by,
            )
        ],
        at=at,
    )


def close(kind: str, subject: Notice | Objection, *, at: datetime.datetime) -> None:
    agenda.close(kind, [audit.label_of(subject)], at=at)


def close_all(notice: Notice, *, at: datetime.datetime) -> None:
    """Close what waits for a notice that is withdrawn; its objections are still answered."""
    for kind in (RELEASE, CHANGE, POST, TAKE_DOWN):
        close(kind, notice, at=at)


def _ask(
    kind: str, notice: Notice, to: Addressee, *, by: User | None, at: datetime.datetime
) -> None:
    asked = agenda.Asked(
        *to,
        kind=kind,
        subject=audit.label_of(notice),
        title=_title(kind, notice),
        address=reverse("web:notice", args=[notice.number]),
        asked_by=by,
    )
    agenda.ask([asked], at=at)


def _title(kind: str, notice: Notice) -> Words:
    """Return the item's title; the notice is named as the public reads it."""
    return format_lazy(_TITLES[kind], title=public_title(notice))


def _answering(permission: str, notice: Notice, at: datetime.datetime) -> Addressee:
    return answering_for(permission, unit_on(notice.unit_id, day_of(at)))

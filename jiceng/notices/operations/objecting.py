"""Taking objections, from the public or as entered by staff, and answering them."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.codes import digest_of, draw
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.clocks import limit
from jiceng.notices.limits import SUBMISSIONS_PER_MINUTE
from jiceng.notices.models import Notice, Objection
from jiceng.notices.operations import asking
from jiceng.notices.operations.counting import kept, period_of
from jiceng.notices.operations.holding import NUMBERS, held, past, plain_words
from jiceng.notices.operations.publishing import publish_objection
from jiceng.notices.queries.views import kind_of
from jiceng.notices.refusals import (
    AlreadyAnswered,
    Faulty,
    HoldsNumbers,
    NotReleased,
    OutOfOrder,
    TakesNone,
    TooManyAtOnce,
)
from jiceng.rules.queries import find_rule

CODE = "notices.code"
TEXT, NAME, CONTACT = 2_000, 40, 80
_MINUTE = datetime.timedelta(minutes=1)
_KEPT_NOWHERE = {"id", "card", "number"}  # a telephone may stand in an objection, which is private


@dataclass(frozen=True, slots=True)
class Received:
    """What who objects is told once; the code is kept nowhere."""

    number: str
    code: str
    due_on: datetime.date | None
    provisional: bool
    rule: str  # in words
    late: bool


@transaction.atomic
def receive_objection(
    notice: Notice,
    *,
    text: str,
    how: str,
    received_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    name: str = "",
    contact: str = "",
    key: uuid.UUID | None = None,
) -> Received:
    """Take an objection; ask for an answer within the limit. Who objects need not say who he is.

    What is brought orally or on paper is entered by staff, with its day, also after the period:
    then it is marked late. From the public (`by` None) it is taken while objections may be made.

    Raises:
        NotReleased, TakesNone: the notice is not public, or takes none or none any more.
        InTheFuture, OutOfOrder: the day has not come, or lies before the release.
        Faulty, HoldsNumbers: the text is missing, too long, or holds an identity or account.
        TooManyAtOnce: more arrives within a minute than people send.
    """
    notice = held(notice)
    late = _check(notice, received_on, by, at)
    rule, due_on, provisional = _clock(notice, received_on)
    code = draw()
    objection = Objection.objects.create(
        number=f"{day_of(at):%Y%m%d}-{draw().replace('-', '')[:6]}",
        notice=notice,
        code_digest=digest_of(CODE, code),
        how=how,
        text=plain_words(text, label=_("异议内容"), most=TEXT, refused=_KEPT_NOWHERE),
        name=_short(name, _("姓名"), NAME),
        contact=_short(contact, _("联系方式"), CONTACT),
        received_on=received_on,
        recorded_at=at,
        recorded_by=by,
        late=late,
        due_on=due_on,
        rule=rule,
        provisional=provisional,
    )
    publish_objection(objection)
    asking.ask_to_answer(objection, by=by, at=at)
    _record("notices.objection.received", objection, by or "public", at, key)
    return Received(
        objection.number, code, due_on, provisional, str(rule.get("sentence", "")), late
    )


@transaction.atomic
def answer_objection(
    objection: Objection,
    *,
    outcome: str,
    answer: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Objection:
    """Answer an objection, once. The caller has checked that `by` answers for the place.

    Raises:
        AlreadyAnswered: somebody has.
        Faulty, HoldsNumbers: there is no outcome or no text, or it names who objected or holds
            numbers of persons.
    """
    held(objection.notice)
    objection = Objection.objects.select_related("notice", "answered_by").get(pk=objection.pk)
    if objection.answered_at is not None:
        name = objection.answered_by.display_name if objection.answered_by else ""
        raise AlreadyAnswered(_("这件异议已由%s答复。") % name)
    if outcome not in Objection.Outcome.values:
        raise Faulty(_("请选择处理结果。"))
    answer = plain_words(answer, label=_("答复"), most=TEXT, refused=NUMBERS)
    if objection.name and objection.name in answer:
        raise HoldsNumbers(_("答复里不要写提出人的姓名。"))
    objection.outcome, objection.answer = outcome, answer
    objection.answered_at, objection.answered_by = at, by
    objection.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    publish_objection(objection)
    asking.close(asking.ANSWER, objection, at=at)
    _record("notices.objection.answered", objection, by, at, key)
    return objection


def _check(
    notice: Notice, received_on: datetime.date, by: User | None, at: datetime.datetime
) -> bool:
    """Return whether an objection of this day comes late."""
    if notice.released_at is None or (by is None and notice.standing != Notice.Standing.RELEASED):
        raise NotReleased(_("%s还没有发布，或已撤回。") % notice.number)
    if not kind_of(notice).objections:
        raise TakesNone(_("这类公告不设异议。"))
    if past(received_on, at) < day_of(notice.released_at):
        raise OutOfOrder(_("收到日期不能早于发布日%s。") % day_of(notice.released_at))
    late = notice.objections_until is not None and received_on > notice.objections_until
    if by is None:
        _check_public(notice, late, at)
    return late


def _check_public(notice: Notice, late: bool, at: datetime.datetime) -> None:
    if late:
        raise TakesNone(
            _("异议期已于%s截止。您仍可以向村务监督委员会或乡镇（街道）反映。")
            % notice.objections_until
        )
    if Objection.objects.filter(recorded_at__gt=at - _MINUTE).count() >= SUBMISSIONS_PER_MINUTE:
        raise TooManyAtOnce(_("此刻提交的人太多，请一分钟后再试。您写的内容没有丢失。"))


def _clock(
    notice: Notice, received_on: datetime.date
) -> tuple[dict[str, Any], datetime.date | None, bool]:
    """Return the rule of the answer and the day it comes to. An objection is taken in any case."""
    rule = find_rule(kind_of(notice).answer, unit=notice.unit_id, day=received_on)
    if rule is None:
        return {}, None, False
    period = period_of(rule)
    due = limit(received_on, period.count, period.unit)  # type: ignore[arg-type]  # no hours
    return kept(rule), due.day, due.provisional


def _short(text: str, label: str, most: int) -> str:
    """Return what may be left out, else as `plain_words`."""
    return plain_words(text, label=label, most=most, refused=_KEPT_NOWHERE) if text.strip() else ""


def _record(
    action: str,
    objection: Objection,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    """Leave the entry, without what was said and by whom."""
    audit.record(
        action=action,
        subject=objection,
        subject_text=f"{objection.notice.number} / {objection.number}",
        unit=objection.notice.unit_id,
        by=by,
        at=at,
        key=key,
        after={"how": objection.how, "due_on": objection.due_on, "outcome": objection.outcome},
    )

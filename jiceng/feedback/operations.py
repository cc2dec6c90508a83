"""Receiving and answering. The public act `receive` is reached through `public`."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.access.declarations import roles_with
from jiceng.access.posts import table
from jiceng.accounts.codes import digest_of, draw
from jiceng.accounts.models import User
from jiceng.agenda import operations as agenda
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of, end_of
from jiceng.core.workdays import after_workdays
from jiceng.feedback.limits import ANSWER_WITHIN, CONTACT_KEPT, RULE, SUBMISSIONS_PER_MINUTE
from jiceng.feedback.models import Complaint, PublicAnswer
from jiceng.feedback.refusals import AlreadyAnswered, Empty, TooManyAtOnce, refuse_numbers
from jiceng.registry.queries import top_on

CODE = "feedback.code"
WAITING = "feedback.answer"
_CHUNK = 500
_MINUTE = datetime.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Received:
    """What the sender is told once; the code is kept nowhere."""

    number: str
    code: str
    due_on: datetime.date
    provisional: bool


@transaction.atomic
def receive(
    *,
    text: str,
    kind: str,
    page: str,
    contact: str,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Received:
    """Take a complaint or suggestion; ask for an answer within the limit. No account is needed.

    Raises:
        Empty, HoldsNumbers: the text is not taken as it is.
        TooManyAtOnce: too much arrives within a minute, from all senders together.
    """
    text = text.strip()
    if not text:
        raise Empty(_("请写明意见。"))
    refuse_numbers(text)
    if Complaint.objects.filter(received_at__gt=at - _MINUTE).count() >= SUBMISSIONS_PER_MINUTE:
        raise TooManyAtOnce(_("此刻提交的人太多，请一分钟后再试。您写的内容没有丢失。"))
    due = after_workdays(day_of(at), ANSWER_WITHIN)
    code = draw()
    complaint = Complaint.objects.create(
        number=f"{day_of(at):%Y%m%d}-{draw().replace('-', '')[:6]}",
        code_digest=digest_of(CODE, code),
        kind=kind,
        page=page[:200],
        text=text,
        contact=contact,
        received_at=at,
        due_on=due.day,
    )
    _project(complaint)
    _ask(complaint, at)
    audit.record(
        action="feedback.complaint.received",
        subject=complaint,
        subject_text=complaint.number,
        by="public",
        at=at,
        key=key,
        after={"kind": kind, "due_on": due.day},
    )
    return Received(complaint.number, code, due.day, due.provisional)


@transaction.atomic
def answer(
    number: str, *, text: str, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Complaint:
    """Answer a complaint, once. The caller has fetched it through the gate.

    Raises:
        Empty, HoldsNumbers: the answer is not released as it is.
        AlreadyAnswered: somebody has answered.
    """
    text = text.strip()
    if not text:
        raise Empty(_("请写明答复。"))
    refuse_numbers(text)
    complaint = Complaint.objects.select_for_update().get(number=number)
    if complaint.answered_at is not None:
        raise AlreadyAnswered(_("这条意见已由%s答复。") % complaint.answered_by)
    complaint.answer, complaint.answered_at, complaint.answered_by = text, at, by.display_name
    complaint.save(update_fields=["answer", "answered_at", "answered_by"])
    _project(complaint)
    agenda.close(WAITING, [audit.label_of(complaint)], at=at)
    audit.record(
        action="feedback.complaint.answered",
        subject=complaint,
        subject_text=complaint.number,
        by=by,
        at=at,
        key=key,
        after={"answer": text},
    )
    return complaint


@transaction.atomic
def erase_contacts(at: datetime.datetime) -> int:
    """Erase how to reach the senders of what was answered long enough ago; what they said and were
    answered stays. May be repeated. Return how many.
    """
    rows = Complaint.objects.filter(answered_at__lt=at - CONTACT_KEPT).exclude(contact="")
    numbers = list(rows.order_by("pk").values_list("number", flat=True)[:_CHUNK])
    if not numbers:
        return 0
    Complaint.objects.filter(number__in=numbers).update(contact="", contact_erased_at=at)
    audit.record(
        action="feedback.contacts.erased",
        subject=f"{Complaint._meta.label_lower}:0",
        by=audit.SYSTEM,
        at=at,
        after={"first": numbers[0], "until": day_of(at - CONTACT_KEPT)},
        count=len(numbers),
    )
    return len(numbers)


def _project(complaint: Complaint) -> None:
    """Write what the public may read: who holds the code, and the counts."""
    answered = complaint.answered_at
    PublicAnswer.objects.update_or_create(
        code_digest=complaint.code_digest,
        defaults={
            "number": complaint.number,
            "kind": complaint.kind,
            "received_on": day_of(complaint.received_at),
            "due_on": complaint.due_on,
            "answered_on": day_of(answered) if answered else None,
            "answer": complaint.answer,
        },
    )


def _ask(complaint: Complaint, at: datetime.datetime) -> None:
    """Ask whoever answers for the whole installation; without a register there is nobody yet."""
    root = top_on(day_of(at))
    if root is None:
        return
    role = table().leading.get(root.level) or roles_with("feedback.answer")[0]
    agenda.ask(
        [
            agenda.Asked(
                role=role,
                unit=root.pk,
                kind=WAITING,
                subject=audit.label_of(complaint),
                title=format_lazy(gettext_lazy("答复意见 {number}"), number=complaint.number),
                address=reverse("web:complaint", args=[complaint.number]),
                due_at=end_of(complaint.due_on),
                rule=RULE,
            )
        ],
        at=at,
    )

"""What the public may do and read without an account: the only module the portal imports."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from jiceng.accounts import throttle
from jiceng.accounts.codes import digest_of
from jiceng.core.workdays import is_known
from jiceng.feedback.limits import ANSWER_WITHIN, WRONG_CODES
from jiceng.feedback.models import Complaint, PublicAnswer
from jiceng.feedback.operations import CODE, Received, receive
from jiceng.feedback.refusals import NoSuchCode

__all__ = ["ANSWER_WITHIN", "KINDS", "Month", "Received", "look_up", "statistics", "submit"]

KINDS = Complaint.Kind.choices


@dataclass(frozen=True, slots=True)
class Month:
    """What came in one month and what became of it."""

    first: datetime.date
    received: int
    answered: int
    on_time: int
    overdue: int  # not answered, and the limit has passed


def submit(
    *,
    text: str,
    kind: str,
    page: str,
    contact: str,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Received:
    """Take a complaint or suggestion from anyone; see `operations.receive`."""
    return receive(text=text, kind=kind, page=page, contact=contact, at=at, key=key)


def look_up(code: str, *, at: datetime.datetime) -> PublicAnswer:
    """Return what may be read with a query code, `provisional` added: the limit may still move.

    Raises:
        TooManyTries: too many wrong codes within the half hour, from all senders together.
        NoSuchCode: nothing has this code.
    """
    throttle.admit(CODE, "", at=at, limit=WRONG_CODES)
    found = PublicAnswer.objects.filter(code_digest=digest_of(CODE, code)).first()
    if found is None:
        throttle.note_wrong(CODE, "", at=at)
        raise NoSuchCode(_("没有这个查询码。请核对后重新输入，字母不分大小写。"))
    found.provisional = not is_known(found.due_on.year)
    return found


def statistics(today: datetime.date, *, months: int = 24) -> list[Month]:
    """Return the last months in which something came, newest first. One statement."""
    rows = (
        PublicAnswer.objects.annotate(month=TruncMonth("received_on"))
        .values("month")
        .annotate(
            received=Count("pk"),
            answered=Count("answered_on"),
            on_time=Count("pk", filter=Q(answered_on__lte=F("due_on"))),
            overdue=Count("pk", filter=Q(answered_on=None, due_on__lt=today)),
        )
        .order_by("-month")
    )
    return [
        Month(row["month"], row["received"], row["answered"], row["on_time"], row["overdue"])
        for row in rows[:months]
    ]

"""Reading complaints: only who answers for the whole installation sees them."""

import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries import require
from jiceng.access.queries.gate import NotPermitted, covers_everything
from jiceng.accounts.models import User
from jiceng.feedback.models import Complaint
from jiceng.feedback.refusals import NoSuchCode


def complaints_for(user: User, today: datetime.date) -> QuerySet[Complaint]:
    """Return all complaints, those that wait first, the soonest due at the top.

    Raises:
        NotPermitted: the user does not answer for the whole installation.
    """
    scope = require(user, "feedback.answer", today=today)
    if not covers_everything(scope, today):
        raise NotPermitted(_("对本系统的意见由最上一级统一答复。"))
    return Complaint.objects.order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")


def complaint_for(user: User, number: str, today: datetime.date) -> Complaint:
    """Return one complaint.

    Raises:
        NotPermitted: as for `complaints_for`.
        NoSuchCode: there is none of this number.
    """
    complaint = complaints_for(user, today).filter(number=number).first()
    if complaint is None:
        raise NoSuchCode(_("没有编号为 %s 的意见。") % number)
    return complaint

"""Who may read and add the documents of a case: whoever may see it, whoever may act on it."""

from django.urls import reverse

from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.documents.subjects import owner_of
from jiceng.procedures.models import Case
from jiceng.procedures.queries.cases import case_for

PREFIX = "procedures.case"


def may_read(user: User, subject: str) -> bool:
    """Say whether `user` may see the case; what he may not raises as the gate does."""
    return _case_for(user, "procedures.view", subject) is not None


def may_change(user: User, subject: str) -> bool:
    return _case_for(user, "procedures.advance", subject) is not None


def may_add(user: User, subject: str) -> bool:
    """Say whether the page offers to add; unlike the gate it raises nothing."""
    owner = owner_of(subject)
    return owner is not None and owner.lets_change(user, subject)


def unit_of(subject: str) -> int:
    return _case(subject).unit_id


def page_of(subject: str) -> str:
    return reverse("web:case", args=[_case(subject).number])


def _case_for(user: User, permission: str, subject: str) -> Case:
    return case_for(user, permission, number=_case(subject).number, today=clock.today())


def _case(subject: str) -> Case:
    return Case.objects.get(pk=int(subject.partition(":")[2]))

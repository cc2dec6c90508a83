"""Asking and closing. Called inside the operation that causes it: its entry covers these rows."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from jiceng.accounts.models import User
from jiceng.agenda.models import Item
from jiceng.core.declarations import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """Something to be done by whoever holds a role at a unit."""

    role: str
    unit: int
    kind: str  # "exchange.review"
    subject: str  # "exchange.edition:3"
    title: Words  # kept in the first language, whoever causes it
    address: str = ""  # path within the site where it is done
    due_at: datetime.datetime | None = None
    rule: str = ""  # where the deadline comes from
    asked_by: User | None = None


def ask(asked: Iterable[Asked], *, at: datetime.datetime) -> None:
    """Write items; one that waits already is not written again. One statement."""
    with translation.override(settings.LANGUAGE_CODE):
        titles = [(item, str(item.title)[:160]) for item in asked]
    Item.objects.bulk_create(
        (
            Item(
                role=item.role,
                unit_id=item.unit,
                kind=item.kind,
                subject=item.subject,
                title=title,
                address=item.address,
                due_at=item.due_at,
                rule=item.rule,
                asked_by=item.asked_by,
                created_at=at,
            )
            for item, title in titles
        ),
        ignore_conflicts=True,
    )


def close(kind: str, subjects: Iterable[str], *, at: datetime.datetime) -> None:
    """Close what waits for these subjects, for whatever role. One statement."""
    Item.objects.filter(kind=kind, subject__in=list(subjects), done_at=None).update(done_at=at)

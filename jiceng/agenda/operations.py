"""Asking and closing. Called inside the operation that causes it: its entry covers these rows."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from jiceng.accounts.models import User
from jiceng.agenda.models import Item


@dataclass(frozen=True, slots=True)
class Asked:
    """Something to be done by whoever holds a role at a unit."""

    role: str
    unit: int
    kind: str  # "exchange.review"
    subject: str  # "exchange.edition:3"
    title: str
    address: str = ""  # path within the site where it is done
    due_at: datetime.datetime | None = None
    rule: str = ""  # where the deadline comes from
    asked_by: User | None = None


def ask(asked: Iterable[Asked], *, at: datetime.datetime) -> None:
    """Write items; one that waits already is not written again. One statement."""
    Item.objects.bulk_create(
        (
            Item(
                role=item.role,
                unit_id=item.unit,
                kind=item.kind,
                subject=item.subject,
                title=item.title[:160],
                address=item.address,
                due_at=item.due_at,
                rule=item.rule,
                asked_by=item.asked_by,
                created_at=at,
            )
            for item in asked
        ),
        ignore_conflicts=True,
    )


def close(kind: str, subjects: Iterable[str], *, at: datetime.datetime) -> None:
    """Close what waits for these subjects, for whatever role. One statement."""
    Item.objects.filter(kind=kind, subject__in=list(subjects), done_at=None).update(done_at=at)

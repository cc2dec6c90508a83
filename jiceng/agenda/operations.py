"""Asking and closing. Called inside the operation that causes it: its entry covers these rows."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from jiceng.accounts.models import User
from jiceng.agenda.models import Desk, Item, Message
from jiceng.core.declarations import Words
from jiceng.core.journal import Journal


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
    """Write items, and beside each that it is to be told; one that waits already is not written
    again. Four statements.
    """
    asked = list(asked)
    desks = {(item.role, item.unit) for item in asked}
    Desk.objects.bulk_create(
        (Desk(role=role, unit_id=unit) for role, unit in sorted(desks)), ignore_conflicts=True
    )
    with translation.override(settings.LANGUAGE_CODE):
        titles = [(item, str(item.title)[:160]) for item in asked]
    Item.objects.bulk_create(
        (_item(item, title, at) for item, title in titles),
        ignore_conflicts=True,
    )
    untold = Item.objects.filter(
        kind__in={item.kind for item, _title in titles},
        subject__in={item.subject for item, _title in titles},
        done_at=None,
        message=None,
    )
    Message.objects.bulk_create(
        (Message(item_id=number, written_at=at) for number in untold.values_list("pk", flat=True)),
        ignore_conflicts=True,
    )


def renew(asked: Asked, *, at: datetime.datetime) -> None:
    """Close what waits for a subject and ask for it anew. Four statements."""
    close(asked.kind, [asked.subject], at=at)
    Desk.objects.bulk_create([Desk(role=asked.role, unit_id=asked.unit)], ignore_conflicts=True)
    with translation.override(settings.LANGUAGE_CODE):
        item = _item(asked, str(asked.title)[:160], at)
    item.save(force_insert=True)
    Message.objects.bulk_create([Message(item=item, written_at=at)])


def _item(asked: Asked, title: str, at: datetime.datetime) -> Item:
    return Item(
        role=asked.role,
        unit_id=asked.unit,
        kind=asked.kind,
        subject=asked.subject,
        title=title,
        address=asked.address,
        due_at=asked.due_at,
        rule=asked.rule,
        asked_by=asked.asked_by,
        created_at=at,
    )


def note(kind: str, subjects: Iterable[str], journal: Journal) -> None:
    """Note the open items of these subjects, and their messages, as rows of a bulk act. Two
    statements.
    """
    open_items = Item.objects.filter(kind=kind, subject__in=list(subjects), done_at=None)
    numbers = list(open_items.values_list("pk", flat=True))
    journal.created(Item, numbers)
    told = Message.objects.filter(item__in=numbers).values_list("pk", flat=True)
    journal.created(Message, list(told))


def close(kind: str, subjects: Iterable[str], *, at: datetime.datetime) -> None:
    """Close what waits for these subjects, for whatever role. One statement."""
    Item.objects.filter(kind=kind, subject__in=list(subjects), done_at=None).update(done_at=at)

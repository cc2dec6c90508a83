"""Reading and searching entries. Who may is asked of `access.queries.entries_for`."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from jiceng.audit.models import Block, Entry


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; what is left out does not narrow. Days are of the installation."""

    actor: str = ""  # part of the name as it was then
    action: str = ""
    subject: str = ""  # "registry.unit:17", or all of "registry.unit"
    unit: int | None = None
    first: datetime.datetime | None = None
    end: datetime.datetime | None = None  # exclusive
    key: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Sealing:
    """How far sealing has come."""

    last: Block | None
    unsealed: int
    oldest_unsealed_at: datetime.datetime | None


def entries(search: Search) -> QuerySet[Entry]:
    """Return entries that match, newest first. Page them by `before`, never by offset."""
    rows = Entry.objects.order_by("-pk")
    if search.actor:
        rows = rows.filter(actor__contains=search.actor)
    if search.action:
        rows = rows.filter(action=search.action)
    if ":" in search.subject:
        rows = rows.filter(subject=search.subject)
    elif search.subject:
        rows = rows.filter(subject__startswith=f"{search.subject}:")
    if search.unit is not None:
        rows = rows.filter(unit_id=search.unit)
    if search.first is not None:
        rows = rows.filter(at__gte=search.first)
    if search.end is not None:
        rows = rows.filter(at__lt=search.end)
    if search.key is not None:
        rows = rows.filter(key=search.key)
    return rows


def page_before(rows: QuerySet[Entry], before: int | None, size: int) -> tuple[list[Entry], bool]:
    """Return `size` entries with lower numbers than `before`, and whether there are more.

    One statement, of the same cost on the first page and the thousandth.
    """
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    return found[:size], len(found) > size


def sealing() -> Sealing:
    """Return how far sealing has come. Two statements."""
    tail = Entry.objects.filter(leaf=None).aggregate(count=Count("pk"), oldest=Min("at"))
    last = Block.objects.order_by("-number").first()
    return Sealing(last, tail["count"], tail["oldest"])

"""Asking villages for what they have to publish, period by period, and settling what they did.

Only a village whose secretary or clerk works here is asked; nobody is made to use the software.
What is overdue is computed from days (`queries.disclosure_rows`); asking only reminds.
"""

import datetime
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from jiceng.access.models import Grant
from jiceng.agenda import operations as agenda
from jiceng.agenda.models import Item
from jiceng.core.clock import day_of
from jiceng.decisions.disclosure import Due
from jiceng.decisions.queries import WAITING, disclosure_calendar, subject_of
from jiceng.procedures.models import Case
from jiceng.registry.models.units import Kind
from jiceng.registry.queries import units_on

_CLERKS = ("village.secretary", "village.clerk")
_END_OF_DAY = datetime.time(23, 59, 59)
_TITLES = {
    "general": gettext_lazy("村务公开（{period}）"),
    "finance": gettext_lazy("财务公开（{period}）"),
    "collective": gettext_lazy("集体财务公开（{period}）"),
}


def ask_for_disclosures(at: datetime.datetime) -> int:
    """Ask every village that works here for what this period wants, once; settle what was done.
    A village that has been asked costs nothing until the next period. Return how many were asked.
    """
    today = day_of(at)
    settle_disclosures(_waiting(), at=at)
    fresh = sorted(_villages(today) - _asked_since(today.replace(day=1)))
    for unit in fresh:
        ask_village(unit, at=at)
    return len(fresh)


@transaction.atomic
def ask_village(unit: int, *, at: datetime.datetime) -> None:
    """Ask one village for what the periods of today want and it has neither done nor been asked."""
    today = day_of(at)
    dues = disclosure_calendar(unit, since=today, until=today)
    known = set(Item.objects.filter(unit=unit, kind=WAITING).values_list("subject", flat=True))
    agenda.ask(
        (_item(unit, due) for due in dues if not due.done and subject_of(unit, due) not in known),
        at=at,
    )


def settle_disclosures(units: Iterable[int], *, at: datetime.datetime) -> None:
    """Close what waits for disclosures that have been made since."""
    today = day_of(at)
    for unit in units:
        subjects = Item.objects.filter(unit=unit, kind=WAITING, done_at=None)
        oldest = subjects.order_by("created_at").values_list("created_at", flat=True).first()
        if oldest is None:
            continue
        dues = disclosure_calendar(unit, since=day_of(oldest), until=today)
        done = [subject_of(unit, due) for due in dues if due.done]
        agenda.close(WAITING, done, at=at)


def settle_case(case: Case, at: datetime.datetime) -> None:
    """Settle what a village's disclosure was asked for, when its case has moved."""
    settle_disclosures([case.unit_id], at=at)


def _item(unit: int, due: Due) -> agenda.Asked:
    return agenda.Asked(
        role="village.clerk",
        unit=unit,
        kind=WAITING,
        subject=subject_of(unit, due),
        title=format_lazy(_TITLES[due.duty.kind], period=due.period),
        address=reverse("web:disclosure", args=[unit]),
        due_at=datetime.datetime.combine(due.due_on, _END_OF_DAY, timezone.get_current_timezone()),
        rule=due.duty.source[:200],
    )


def _villages(today: datetime.date) -> set[int]:
    """Return the villages in being where somebody holds the secretary's or the clerk's role."""
    held = Grant.objects.on(today).filter(role__in=_CLERKS).values("unit")
    rows = units_on(today).filter(pk__in=held, kind=Kind.VILLAGE)
    return set(rows.values_list("pk", flat=True))


def _asked_since(day: datetime.date) -> set[int]:
    begins = datetime.datetime.combine(day, datetime.time(), timezone.get_current_timezone())
    rows = Item.objects.filter(kind=WAITING, created_at__gte=begins)
    return set(rows.values_list("unit", flat=True).distinct())


def _waiting() -> Iterator[int]:
    rows = Item.objects.filter(kind=WAITING, done_at=None)
    yield from rows.order_by("unit").values_list("unit", flat=True).distinct()

"""What became of a unit: its names, codes, places, and whom it came from or went on in."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from jiceng.core.periods import FOREVER
from jiceng.registry.models import Placement, Succession, UnitCode, UnitName


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a unit's history, from a day on. `text` is a name, a code or a unit's number."""

    day: datetime.date
    until: datetime.date | None
    what: str  # "name", "code" or "placement"
    text: str
    unit: int | None = None  # placement: the parent
    document: str = ""


def history_of(unit: int) -> list[Event]:
    """Return a unit's dated rows in order of day. Three statements."""
    events = [
        *_events("name", UnitName.objects.filter(unit=unit), "name"),
        *_events("code", UnitCode.objects.filter(unit=unit), "code"),
        *_events("placement", Placement.objects.filter(unit=unit), "parent_id"),
    ]
    return sorted(events, key=lambda event: (event.day, event.what))


def _events(what: str, rows: QuerySet, field: str) -> list[Event]:
    return [
        Event(
            day=row.valid_from,
            until=None if row.valid_to == FOREVER else row.valid_to,
            what=what,
            text=str(getattr(row, field) or ""),
            unit=getattr(row, field) if what == "placement" else None,
            document=row.document,
        )
        for row in rows
    ]


def predecessors_of(unit: int) -> QuerySet[Succession]:
    """Return the successions in which the unit is the new one."""
    return Succession.objects.filter(new=unit).order_by("day", "old")


def successors_of(unit: int) -> QuerySet[Succession]:
    """Return the successions in which the unit is the old one."""
    return Succession.objects.filter(old=unit).order_by("day", "new")

"""What a village has to publish, by the rules in force there, and what it has published."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from jiceng.agenda.models import Item
from jiceng.decisions import disclosure, rolls
from jiceng.notices.models import Notice
from jiceng.procedures.models import Case
from jiceng.rules.queries import find_rules
from jiceng.rules.values import Frequency

WAITING = "decisions.disclosure"
_DUTIES = {"general": "disclosure.general", "finance": "disclosure.finance"}
_COLLECTIVE = {"collective": "disclosure.coop_finance"}  # where there is one
_AFFAIRS = {  # as notices of disclosure say it
    "村务公开": ("general",),
    "财务公开": ("finance",),
    "集体财务公开": ("collective",),
    "财务公开（村和集体一并）": ("finance", "collective"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One duty in one period at a village, and whether the village was asked for it."""

    due: disclosure.Due
    state: str  # done, overdue, now, ahead


def disclosure_calendar(
    unit: int, *, since: datetime.date, until: datetime.date
) -> list[disclosure.Due]:
    """Return what a village has to publish in the periods from `since` until `until`, the soonest
    first, with what it has published. What a collective publishes is wanted where the register
    knows of one. About eight statements.
    """
    keys = _DUTIES | (_COLLECTIVE if rolls.has_collective(unit, until) else {})
    rules = find_rules(keys.values(), unit=unit, day=until)
    duties = [
        disclosure.Duty(kind, rule.value.times, rule.value.per, rule.source)
        for kind, key in keys.items()
        if (rule := rules.get(key)) and isinstance(rule.value, Frequency)
    ]
    return disclosure.calendar(duties, since=since, until=until, published=published_by(unit))


def disclosure_rows(
    unit: int, *, since: datetime.date, until: datetime.date, today: datetime.date
) -> list[Row]:
    """Return the calendar as a village may be held to it: a period of the past that it was never
    asked for does not count against it, and is left out unless something was published.
    """
    dues = disclosure_calendar(unit, since=since, until=until)
    asked = set(Item.objects.filter(unit=unit, kind=WAITING).values_list("subject", flat=True))
    rows = [Row(due, _state(due, today)) for due in dues]
    return [row for row in rows if row.state != "overdue" or subject_of(unit, row.due) in asked]


def at_any_time(unit: int) -> list[Case]:
    """Return what a village has decided or carried out and has yet to make public, as the law says
    of major matters: at any time, that is, at once. One statement.
    """
    rows = Case.objects.filter(unit=unit).exclude(step="").select_related("procedure")
    return [case for case in rows.order_by("opened_on", "pk") if _waits_for_notice(case)]


def _waits_for_notice(case: Case) -> bool:
    step = case.current
    return step is not None and step.kind == "notice"


def published_by(unit: int) -> Iterable[tuple[str, datetime.date]]:
    """Return what a village has disclosed: the kind, and the day on which its period began."""
    rows = Notice.objects.filter(
        unit=unit, kind="disclosure", standing="released", begins_on__isnull=False
    )
    for body, day in rows.values_list("body", "begins_on"):
        for kind in _AFFAIRS.get(body.get("affairs", ""), ()):
            if day:
                yield kind, day


def subject_of(unit: int, due: disclosure.Due) -> str:
    """Return the name of a duty of one period in the agenda."""
    return f"{WAITING}:{unit}/{due.duty.kind}/{due.period}"


def _state(due: disclosure.Due, today: datetime.date) -> str:
    if due.done:
        return "done"
    if due.overdue(today):
        return "overdue"
    return "now" if due.first <= today else "ahead"

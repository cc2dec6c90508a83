"""Where a case stands next, and whom it waits for. Called by every operation on cases."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import format_lazy

from jiceng.agenda import operations as agenda
from jiceng.core.clock import end_of
from jiceng.procedures import hooks, timing
from jiceng.procedures.about import About
from jiceng.procedures.declarations import end_name, is_end
from jiceng.procedures.models import Case

WAITING = "procedures.step"


def move(case: Case, target: str, about: About, day: datetime.date, at: datetime.datetime) -> None:
    """Put `case` at `target` from `day` on, renew what it waits for, and save it."""
    if is_end(target):
        end(case, end_name(target), day, at)
        return
    case.step, case.outcome, case.ended_on = target, "", None
    waits(case, about, day)
    _save(case)
    ask(case, at)
    hooks.moved(case, at)


def stay(case: Case) -> None:
    """Leave `case` where it is, with its deadline as it was counted and extended; whoever saw it
    before is told.
    """
    case.version += 1
    case.save(update_fields=["version"])


def end(case: Case, outcome: str, day: datetime.date, at: datetime.datetime) -> None:
    """Close the case."""
    case.step, case.outcome, case.ended_on = "", outcome, day
    case.due_on, case.due_rule, case.provisional = None, "", False
    _save(case)
    agenda.close(WAITING, [case.subject], at=at)
    hooks.moved(case, at)


def waits(case: Case, about: About, day: datetime.date) -> None:
    """Set the deadline of the current step, counted from `day` or the step its limit names."""
    step = about.procedure.step(case.step)
    due = timing.due_of(step, about, day)
    case.due_on = due.day if due else None
    case.due_rule = due.rule[:200] if due else ""
    case.provisional = due.provisional if due else False


def ask(case: Case, at: datetime.datetime) -> None:
    """Ask whoever answers for the step's first role; what was asked for before is closed."""
    agenda.close(WAITING, [case.subject], at=at)
    ask_for([case], at)


def ask_for(cases: Iterable[Case], at: datetime.datetime) -> None:
    """Ask for the current step of cases for which nothing is asked yet. One statement."""
    agenda.ask([_asked(case) for case in cases], at=at)


def _asked(case: Case) -> agenda.Asked:
    step = case.declaration.step(case.step)
    return agenda.Asked(
        role=step.by[0],
        unit=case.unit_id,
        kind=WAITING,
        subject=case.subject,
        title=format_lazy("{title}：{step}", title=case.title[:100], step=step.title),
        address=reverse("web:case", args=[case.number]),
        due_at=end_of(case.due_on) if case.due_on else None,
        rule=case.due_rule,
    )


def _save(case: Case) -> None:
    case.version += 1
    case.save(
        update_fields=[
            "step",
            "outcome",
            "ended_on",
            "due_on",
            "due_rule",
            "provisional",
            "version",
        ]
    )

"""Where a case stands next, and whom it waits for. Called by every operation on cases."""

import datetime
from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from jiceng.agenda import operations as agenda
from jiceng.core.journal import Journal
from jiceng.procedures import hooks
from jiceng.procedures.about import About
from jiceng.procedures.declarations import end_name, is_end
from jiceng.procedures.kinds import kind_of
from jiceng.procedures.models import Case
from jiceng.procedures.timing import Due, due_of

WAITING = "procedures.step"


def move(case: Case, target: str, about: About, day: datetime.date, at: datetime.datetime) -> None:
    """Put `case` at `target` from `day` on, renew what it waits for, and save it."""
    if is_end(target):
        end(case, end_name(target), day, at)
        return
    case.step, case.outcome, case.ended_on = target, "", None
    waits(case, about, day, at)
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
    set_due(case, None)
    _save(case)
    agenda.close(WAITING, [case.subject], at=at)
    hooks.moved(case, at)


def waits(case: Case, about: About, day: datetime.date, at: datetime.datetime) -> None:
    """Set the deadline of the current step, counted from `day` or the step its limit names; by
    the clock of its kind where that has one.
    """
    step = about.procedure.step(case.step)
    kind = kind_of(step.kind)
    set_due(case, kind.clock(step, about, at) if kind.own_clock else due_of(step, about, day))


def set_due(case: Case, due: Due | None) -> None:
    case.due_on, case.due_at = (due.day, due.at) if due else (None, None)
    case.due_rule = due.rule[:200] if due else ""
    case.provisional = due.provisional if due else False


def renew_due(case: Case, due: Due | None, at: datetime.datetime) -> None:
    """Give the current step another deadline, and ask by it. The caller has locked the case and
    leaves the entry.
    """
    set_due(case, due)
    _save(case)
    ask(case, at)


def wait_elsewhere(case: Case, unit: int, due: Due | None, at: datetime.datetime) -> None:
    """Let the case wait at another unit from `at` on. The caller has locked it and leaves the
    entry.
    """
    case.waits_at_id = unit
    renew_due(case, due, at)


def ask(case: Case, at: datetime.datetime) -> None:
    """Ask whoever answers for the step's first role; what was asked for before is closed."""
    agenda.renew(_asked(case), at=at)


def ask_for(cases: Iterable[Case], at: datetime.datetime) -> None:
    """Ask for the current step of cases for which nothing is asked yet. Five statements."""
    cases = list(cases)
    prefetch_related_objects(cases, "waits_at")
    agenda.ask([_asked(case) for case in cases], at=at)


def note_asked(cases: Iterable[Case], journal: Journal) -> None:
    """Note in a journal what was asked for cases that were just opened. Two statements."""
    agenda.note(WAITING, [case.subject for case in cases], journal)


def _asked(case: Case) -> agenda.Asked:
    step = case.declaration.step(case.step)
    return agenda.Asked(
        role=kind_of(step.kind).role_for(step, case),
        unit=case.waits_at_id,
        kind=WAITING,
        subject=case.subject,
        title=format_lazy("{title}：{step}", title=case.title[:100], step=step.title),
        address=hooks.address_of(case),
        due_at=case.due_at,
        rule=_rule_of(case),
    )


def _rule_of(case: Case) -> str:
    """Return the rule of the deadline; it says so when holidays of its year are not yet known."""
    marked = _("（暂定：该年放假安排尚未公布）") if case.provisional else ""
    return case.due_rule[: 200 - len(marked)] + marked


def _save(case: Case) -> None:
    case.version += 1
    case.save(
        update_fields=[
            "step",
            "waits_at",
            "outcome",
            "ended_on",
            "due_on",
            "due_at",
            "due_rule",
            "provisional",
            "version",
        ]
    )

"""Correcting, returning, extending and withdrawing: nothing is erased, every act has a reason."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core import clocks
from jiceng.core.clock import day_of, end_of
from jiceng.procedures.about import About
from jiceng.procedures.kinds import Given, kind_of
from jiceng.procedures.models import Case, Taken
from jiceng.procedures.operations import moving
from jiceng.procedures.operations.taking import How, locked, step_of, store
from jiceng.procedures.queries import about_of, may_return, may_withdraw, standing_of
from jiceng.procedures.refusals import NotAllowed, NotYours, ReasonWanted
from jiceng.procedures.timing import days_of

_NOTHING = How()
_REASON = 300


@transaction.atomic
def correct_step(
    number: str,
    sequence: int,
    given: Given,
    *,
    happened_on: datetime.date,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    how: How = _NOTHING,
) -> Taken:
    """Put right what was entered wrongly. The old entry stays, marked with the reason; the steps
    that relied on it reopen, and the case stands where the corrected step leads.

    Raises:
        ReasonWanted: no reason. NotAllowed: the step does not stand any more.
        and what `take_step` raises.
    """
    case, why = locked(number, seen, ended=True), wanted(reason)
    old = Taken.objects.standing().filter(case=case, sequence=sequence).first()
    if old is None:
        raise NotAllowed(_("这一条已经不是现行记录，不能更正。"))
    step = step_of(case, old.step, by, happened_on, at)
    if kind_of(step.kind).twice:
        raise NotAllowed(_("计票单录错了，请退回“%s”，由两人重新录入。") % step.title)
    _supersede(case, [old], _("更正：%s") % why, at)
    _supersede(case, relying_on(case, old), _("所依据的“%s”已更正") % step.title, at)
    case.step = step.code
    about = about_of(case, step, happened_on, by)
    entered = kind_of(step.kind).enter(step, given, about)
    return store(
        about,
        entered,
        by=by,
        at=at,
        key=key,
        how=how,
        replaces=old,
        reason=why,
    )


@transaction.atomic
def return_case(
    number: str,
    step: str,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Case:
    """Send a case back to an earlier step; what was done from there on no longer stands.

    Raises:
        ReasonWanted: no reason. NotAllowed: the step lies ahead or does not exist.
        NotYours: `by` neither oversees the unit nor takes that step nor the current one.
    """
    case, why = locked(number, seen, ended=True), wanted(reason)
    procedure, standing = case.declaration, standing_of(case)
    if step not in standing:
        raise NotAllowed(_("只能退回到已经办过的步骤。"))
    if not may_return(by, case, procedure.step(step), day_of(at)):
        raise NotYours(_("退回由经办的岗位或上级提出。"))
    back = [taken for taken in standing.values() if taken.sequence >= standing[step].sequence]
    _supersede(case, back, _("退回：%s") % why, at)
    before = case.step
    about = about_of(case, procedure.step(step), day_of(at), by)
    moving.move(case, step, about, day_of(at), at)
    _record("procedures.case.returned", case, by, at, key, why, before, step)
    return case


@transaction.atomic
def extend_step(
    number: str,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Case:
    """Extend the limit of the current step by what the rule allows, once.

    Raises:
        ReasonWanted: no reason. NotAllowed: no rule allows it, or it has been extended.
    """
    case, why = locked(number, seen), wanted(reason)
    step = case.declaration.step(case.step)
    if not step.extension or case.due_on is None:
        raise NotAllowed(_("没有规定允许“%s”延期。") % step.title)
    about = about_of(case, step, day_of(at), by)
    rule = about.rule(step.extension)
    if rule.sentence() in case.due_rule:
        raise NotAllowed(_("已经延期过一次。"))
    last = clocks.limit(case.due_on, *days_of(about.period(step.extension)))
    before, case.due_on, case.provisional = str(case.due_on), last.day, last.provisional
    case.due_at = end_of(last.day)
    case.due_rule = _("%(rule)s；延期：%(why)s；%(allowed)s") % {
        "rule": case.due_rule,
        "why": why,
        "allowed": rule.sentence(),
    }
    case.due_rule = case.due_rule[:200]
    case.version += 1
    case.save(update_fields=["due_on", "due_at", "due_rule", "provisional", "version"])
    moving.ask(case, at)
    _record("procedures.case.extended", case, by, at, key, why, before, str(last.day))
    return case


@transaction.atomic
def withdraw_case(
    number: str,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Case:
    """End a case before its time. What was done stays on record.

    Raises:
        ReasonWanted: no reason. HasEnded, Stale: see `take_step`.
        NotYours: `by` answers for none of the roles that open such a case.
    """
    case, why = locked(number, seen), wanted(reason)
    if not may_withdraw(by, case, day_of(at)):
        raise NotYours(_("事项由提出的岗位撤回。"))
    before = case.step
    moving.end(case, Case.WITHDRAWN, day_of(at), at)
    _record("procedures.case.withdrawn", case, by, at, key, why, before, Case.WITHDRAWN)
    return case


def relying_on(case: Case, corrected: Taken) -> list[Taken]:
    """Return the standing steps taken after `corrected` that relied on it, and what relied on
    those in turn.
    """
    procedure, shaken, found = case.declaration, {corrected.step}, []
    later = Taken.objects.standing().filter(case=case, sequence__gt=corrected.sequence)
    for taken in later.order_by("sequence"):
        step = procedure.step(taken.step)
        if shaken & set(procedure.relied_on_by(step)):
            shaken.add(taken.step)
            found.append(taken)
    return found


def wanted(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ReasonWanted(_("请写明原因。"))
    return reason[:_REASON]


def _supersede(case: Case, rows: Iterable[Taken], why: str, at: datetime.datetime) -> None:
    procedure = case.declaration
    for taken in sorted(rows, key=lambda row: -row.sequence):
        step = procedure.step(taken.step)
        if taken.effective:
            about = About(case, procedure, step, taken.happened_on, standing_of(case))
            kind_of(taken.kind).undo(taken, about, at)
        taken.superseded_at, taken.superseded_why = at, why[:300]
        taken.save(update_fields=["superseded_at", "superseded_why"])


def _record(
    action: str,
    case: Case,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None,
    reason: str,
    before: str,
    after: str,
) -> None:
    audit.record(
        action=action,
        subject=case,
        subject_text=f"{case.number} {case.title}",
        unit=case.unit_id,
        by=by,
        at=at,
        key=key,
        before={"step": before},
        after={"step": after, "reason": reason, "version": case.version},
    )

"""The one way to take a step."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.procedures.about import About
from jiceng.procedures.declarations import Step
from jiceng.procedures.kinds import Given, Judgement, Missing, kind_of
from jiceng.procedures.kinds.base import Entered
from jiceng.procedures.models import Case, Taken
from jiceng.procedures.operations import moving
from jiceng.procedures.queries import about_of, may_take, what_is_missing
from jiceng.procedures.refusals import (
    HasEnded,
    InTheFuture,
    Lacking,
    NotAllowed,
    NotYours,
    Stale,
)
from jiceng.rules.refusals import NoRule


@dataclass(frozen=True, slots=True)
class How:
    """How a person goes on when something is missing."""

    as_fact: bool = False  # record what happened, without effect
    despite: bool = False  # go on although a rule that only warns is not met


@transaction.atomic
def take_step(
    number: str,
    step: str,
    given: Given,
    *,
    happened_on: datetime.date,
    seen: int,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    how: How = How(),
) -> Taken:
    """Take a step of a case as it happened on a day. The caller has fetched the case through
    the gate.

    Going on wants everything the rules ask for; what happened without it is kept as a fact
    (`how.as_fact`), has no effect, and the case stays where it is.

    Raises:
        Stale: somebody else went on from version `seen`.
        HasEnded: the case is over.
        NotYours: `by` answers for none of the step's roles; "public" and "system" only for a
            step that names them.
        Wrong: by field, what was entered cannot be so. InTheFuture: nor can the day.
        Lacking: what is missing, by which rule, from which source.
        NotAllowed: the step is entered twice; see `enter_sheet`.
    """
    case = locked(number, seen)
    declared = step_of(case, step, by, happened_on, at)
    if kind_of(declared.kind).twice:
        raise NotAllowed(_("“%s”须由两人分别录入计票单。") % declared.title)
    about = about_of(case, declared, happened_on, by)
    entered = kind_of(declared.kind).enter(declared, given, about)
    return store(about, entered, by=by, at=at, key=key, how=how)


def locked(number: str, seen: int, *, ended: bool = False) -> Case:
    """Return the case, held until the transaction ends, as the user saw it; one that is over
    only with `ended`.

    Raises:
        Stale, HasEnded: see `take_step`.
    """
    case = (
        Case.objects.select_for_update(of=("self",)).select_related("procedure").get(number=number)
    )
    if case.version != seen:
        raise Stale(_("您打开页面之后，已有人办理了这个事项。请看过最新情况再办。"))
    if case.ended and not ended:
        raise HasEnded(_("事项已经办结（%s）。") % case.outcome_title)
    return case


def step_of(
    case: Case, code: str, by: "User | str", happened_on: datetime.date, at: datetime.datetime
) -> Step:
    """Return the declared step if `by` may take it and the day can be.

    Raises:
        NotAllowed: the procedure has no such step. InTheFuture, NotYours: see `take_step`.
    """
    if code not in case.declaration.codes():
        raise NotAllowed(_("这个事项的程序没有这一步。"))
    step = case.declaration.step(code)
    if happened_on > day_of(at):
        raise InTheFuture(_("日期不能在今天之后：还没有发生的事不能登记。"))
    if not may_take(by, case, step, day_of(at)):
        raise NotYours(_("“%s”不由您的岗位办理。") % step.title)
    return step


def store(
    about: About,
    entered: Entered,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    how: How = How(),
    second: User | None = None,
    replaces: Taken | None = None,
    reason: str = "",
) -> Taken:
    """Judge, keep and follow what was entered; the case is locked.

    Raises:
        Lacking: see `take_step`.
    """
    case, step, kind = about.case, about.step, kind_of(about.step.kind)
    judged, missing = _judged(about, entered, how)
    idle = _without_effect(judged, missing, how)
    taken = Taken.objects.create(
        case=case,
        sequence=_next(case),
        step=step.code,
        kind=step.kind,
        happened_on=about.day,
        recorded_at=at,
        by=by if isinstance(by, User) else None,
        actor="" if isinstance(by, User) else by,
        second=second,
        outcome=judged.outcome,
        effective=judged.effective and not idle,
        words=judged.words[:300],
        data=entered,
        used=about.used(),
        lacked=[one.sentence() for one in missing],
        replaces=replaces,
    )
    if taken.effective:
        kind.take(taken, about)
        about.standing[step.code] = taken
    if idle and replaces is None:
        moving.stay(case)
    else:
        target = case.step if idle else step.leads_to(judged.outcome)
        moving.move(case, target, about, about.day, at)
    _record(taken, case, step, by, at, key, reason)
    return taken


def _judged(about: About, entered: Entered, how: How) -> tuple[Judgement, list[Missing]]:
    """Return what the kind says of the step, and everything that is missing. Out of its turn the
    kind has nothing to judge by; where no rule is known, what happened may still be kept as a fact.

    Raises:
        NoRule: no rule is known for the day, and going on wants it.
    """
    try:
        before = what_is_missing(about)
        if about.case.step != about.step.code:
            return Judgement("", effective=False), before
        judged = kind_of(about.step.kind).check(about.step, entered, about)
    except NoRule as unknown:
        if not how.as_fact:
            raise
        return Judgement("", effective=False), [Missing(unknown.sentence)]
    return judged, [*before, *judged.missing]


def _without_effect(judged: Judgement, missing: list[Missing], how: How) -> bool:
    """Say whether the step is kept as a mere fact.

    Raises:
        Lacking: something is missing, and the person has not said how to go on.
    """
    hard = [one for one in missing if one.hard]
    if hard and not how.as_fact:
        raise Lacking(missing)
    if missing and not hard and not (how.despite or how.as_fact):
        raise Lacking(missing)
    return bool(hard)


def _next(case: Case) -> int:
    last = Taken.objects.filter(case=case).aggregate(last=Max("sequence"))["last"]
    return (last or 0) + 1


def _record(
    taken: Taken,
    case: Case,
    step: Step,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
    reason: str,
) -> None:
    after: dict[str, Any] = {
        "step": step.code,
        "outcome": taken.outcome,
        "effective": taken.effective,
        "happened_on": taken.happened_on,
        "version": case.version,
    }
    if taken.second_id:
        after["second"] = str(taken.second)
    if reason:
        after["reason"] = reason
    action = "procedures.step.corrected" if taken.replaces_id else "procedures.step.taken"
    audit.record(
        action=action,
        subject=case,
        subject_text=f"{case.number} {step.title}",
        unit=case.unit_id,
        by=by,
        at=at,
        key=key,
        after=after,
    )

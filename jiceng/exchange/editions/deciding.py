"""Deciding what became of old units: the sure ones together, the doubtful ones singly."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.refusals import Conflict, Invalid
from jiceng.exchange.editions.known import Known, known_codes
from jiceng.exchange.editions.receiving import open_steps, step_code
from jiceng.exchange.models import Edition, EditionStep, Fate, FateHeir
from jiceng.registry.queries import unit_on

_SHOWN = 50


class FaultyDecision(Invalid):
    """A decision cannot hold; nothing of the call was taken."""


class InEffect(Conflict):
    """The county's step has taken effect; undo it first."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person says became of a unit. `line`: the row of the answering file."""

    fate: int
    outcome: str
    heirs: tuple[tuple[str, Fraction], ...] = ()  # code in the edition, share
    day: datetime.date | None = None  # None leaves the day as it is
    day_is_latest: bool = True
    document: str = ""
    line: int = 0


@transaction.atomic
def confirm_sure(
    step: EditionStep, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> int:
    """Confirm every sure proposal of a county that is still open; return how many.

    Raises:
        InEffect: the step has taken effect.
    """
    _lock([step.pk])
    waiting = Fate.objects.filter(step=step, sure=True, decided_at=None)
    number = waiting.update(decided_at=at, decided_by=str(by))
    _record(step, number, "exchange.edition.sure_confirmed", by, at, key)
    return number


def decide(
    edition: Edition,
    decisions: Sequence[Decision],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Take decisions: checked as a whole, then written county by county, a transaction each.

    Raises:
        FaultyDecision: with a sentence for each, naming the row of the file.
        InEffect: a county concerned has taken effect.
    """
    rows = Fate.objects.filter(
        step__edition=edition, pk__in={one.fate for one in decisions}
    ).select_related("step", "unit")
    fates = {fate.pk: fate for fate in rows}
    known = known_codes(edition, {code for one in decisions for code, _share in one.heirs})
    faults = [
        _("第 %(line)d 行：%(fault)s") % {"line": one.line, "fault": fault} if one.line else fault
        for one in decisions
        for fault in _faults(one, fates.get(one.fate), known, edition)
    ]
    faults += _claimed_twice(edition, decisions, fates)
    if faults:
        raise FaultyDecision(
            _("有 %d 处不能接受，没有保存任何一条。请改正后重新提交。") % len(faults),
            details=faults[:_SHOWN],
        )
    groups: dict[str, list[Decision]] = defaultdict(list)
    root = unit_on(edition.root_id, edition.day)
    for one in decisions:
        groups[_step_of(one, fates[one.fate], known, root.code)].append(one)
    names = {code: known[code].name for code in groups if code in known}
    open_steps(edition, names, set(groups), root)
    steps = {step.code: step for step in edition.steps.all()}
    for place, (code, group) in enumerate(sorted(groups.items())):
        _write(steps[code], group, fates, known, by, at, key if place == 0 else None)


def _faults(one: Decision, fate: Fate | None, known: dict[str, Known], edition: Edition) -> list:
    if fate is None:
        return [_("没有这个原单位，请核对原代码。")]
    words = {"name": fate.name, "code": fate.code}
    codes = [code for code, _share in one.heirs]
    found = [
        _("“%(name)s”的新代码 %(new)s 不在这份区划里，请核对。") % (words | {"new": code})
        for code in codes
        if code not in known
    ]
    if len(set(codes)) != len(codes):
        found.append(_("“%(name)s”的同一去向写了两次，请合并为一行。") % words)
    found += _outcome_faults(one, fate, known, words)
    if one.heirs and sum(share for _code, share in one.heirs) != 1:
        found.append(_("“%(name)s”各去向的份额相加不等于一，请改正。") % words)
    if one.day and not fate.unit.valid_from < one.day <= edition.day:
        found.append(
            _("“%(name)s”的生效日须在 %(from)s 之后、%(to)s（含）之前。")
            % (words | {"from": fate.unit.valid_from, "to": edition.day})
        )
    return found


def _outcome_faults(
    one: Decision, fate: Fate, known: dict[str, Known], words: dict[str, str]
) -> list[str]:
    number = len(one.heirs)
    if one.outcome == Fate.Outcome.ABOLISHED:
        return [_("“%(name)s”写明撤销，就不要填新代码。") % words] if number else []
    if number == 0:
        return [_("“%(name)s”没有填新代码；确已撤销的，请把去向写成撤销。") % words]
    if one.outcome == Fate.Outcome.SUCCEEDED:
        return []
    target = known.get(one.heirs[0][0])
    if number > 1:
        return [_("“%(name)s”只能延续为一个单位；分设的，请把去向写成并入或分设。") % words]
    if target is not None and target.standing:
        return [_("“%(name)s”的新代码属于另一个没有变化的单位，请把去向写成并入。") % words]
    if target is not None and target.level != fate.level:
        return [_("“%(name)s”不能延续为另一层级的单位，请把去向写成并入。") % words]
    return []


def _claimed_twice(
    edition: Edition, decisions: Sequence[Decision], fates: dict[int, Fate]
) -> list[str]:
    """Return a sentence for each row of the edition that two units would go on in."""
    claims: dict[str, set[int]] = defaultdict(set)
    others = FateHeir.objects.filter(
        fate__step__edition=edition,
        fate__outcome=Fate.Outcome.CONTINUES,
        fate__decided_at__isnull=False,
    ).exclude(fate__in=list(fates))
    for code, fate in others.values_list("code", "fate_id"):
        claims[code].add(fate)
    for one in decisions:
        if one.outcome == Fate.Outcome.CONTINUES:
            for code, _share in one.heirs:
                claims[code].add(one.fate)
    return [
        _("有 %(n)d 个原单位都延续为 %(code)s：只能有一个延续，其余应为并入。")
        % {"n": len(claimants), "code": code}
        for code, claimants in sorted(claims.items())
        if len(claimants) > 1 and claimants & fates.keys()
    ]


def _step_of(one: Decision, fate: Fate, known: dict[str, Known], root: str) -> str:
    if one.heirs:
        target = known[one.heirs[0][0]]
        return step_code(root, target.code, target.level)
    return step_code(root, fate.code, fate.level)


@transaction.atomic
def _write(
    step: EditionStep,
    decisions: Sequence[Decision],
    fates: dict[int, Fate],
    known: dict[str, Known],
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    _lock({step.pk, *(fates[one.fate].step_id for one in decisions)})
    alike: dict[tuple, list[int]] = defaultdict(list)  # few differ: one statement for each group
    for one in decisions:
        day = one.day or fates[one.fate].day
        alike[one.outcome, day, one.day_is_latest, one.document].append(one.fate)
    for (outcome, day, latest, document), numbers in alike.items():
        Fate.objects.filter(pk__in=numbers).update(
            step=step,
            outcome=outcome,
            day=day,
            day_is_latest=latest,
            document=document,
            decided_at=at,
            decided_by=str(by),
        )
    FateHeir.objects.filter(fate__in=[one.fate for one in decisions]).delete()
    FateHeir.objects.bulk_create(
        FateHeir(
            fate_id=one.fate,
            code=code,
            name=known[code].name,
            numerator=share.numerator,
            denominator=share.denominator,
        )
        for one in decisions
        for code, share in one.heirs
    )
    _record(step, len(decisions), "exchange.edition.decided", by, at, key)


def _lock(steps: "set[int] | list[int]") -> None:
    rows = list(EditionStep.objects.select_for_update().filter(pk__in=steps).order_by("pk"))
    done = [step.name for step in rows if step.effective_at]
    if done:
        raise InEffect(_("%s已经生效，不能再改；需要更正的，请先撤回。") % "、".join(done))


def _record(
    step: EditionStep,
    number: int,
    action: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    audit.record(
        action=action,
        subject=step,
        subject_text=step.name,
        unit=step.unit_id,
        by=by,
        at=at,
        key=key,
        count=number,
    )

"""Putting something forward at a village, and correcting where it goes."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.decisions import words
from jiceng.decisions.directing import Direction, Question, Reason
from jiceng.decisions.models import Motion, Redirection
from jiceng.decisions.queries import direct_at, may_restart
from jiceng.decisions.refusals import (
    HasNoText,
    NotByThisBody,
    NotDirected,
    NothingToRestart,
    PastCorrection,
    WrongDays,
)
from jiceng.decisions.signing import Signed
from jiceng.procedures.operations import open_case, withdraw_case
from jiceng.procedures.queries import standing_of
from jiceng.procedures.rolls import counted
from jiceng.rules.queries import find_rule

_DELIBERATED = {"members", "assembly", "representatives", "group"}  # steps of the procedures
_SIGNED = {  # rule and roll of who puts something forward together
    Motion.Raiser.VILLAGERS: ("decision.propose_by_villagers", "adults"),
    Motion.Raiser.REPRESENTATIVES: ("decision.propose_by_reps", "representatives_alone"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody puts forward, in his words."""

    unit: int
    matter: str
    title: str
    text: str = ""
    amount: int | None = None  # fen
    raised_by: str = Motion.Raiser.PARTY
    signatures: int | None = None  # of villagers or representatives who ask for it together
    wished: str = ""  # code of the body he would take it to


@transaction.atomic
def propose(
    proposal: Proposal,
    *,
    raised_on: datetime.date,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Motion:
    """Record a motion, direct it to the body that may decide it, and open its case.

    The caller has fetched the unit through the gate.

    Raises:
        HasNoText: it has no title, or a joint motion no number of signatures.
        WrongDays: it is dated after today.
        NotDirected: something must be answered before anyone can say which body decides.
        NotYours: the procedure is not opened by a post that `by` holds.
    """
    title = proposal.title.strip()
    if not title:
        raise HasNoText(_("请写明议题。"))
    if proposal.raised_by in _SIGNED and not proposal.signatures:
        raise HasNoText(_("联名提出的，请填写联名人数。"))
    if raised_on > day_of(at):
        raise WrongDays(_("提出日不能在今天之后。"))
    direction = _directed(proposal.unit, proposal.matter, raised_on, proposal.wished)
    case = open_case(
        direction.procedure, unit=proposal.unit, title=title, opened_on=raised_on, by=by, at=at
    )
    where = _where(direction)
    where["reasons"] += _short_of_signatures(proposal, raised_on)
    motion = Motion.objects.create(
        unit_id=proposal.unit,
        title=title,
        text=proposal.text.strip(),
        matter=proposal.matter,
        amount=proposal.amount,
        raised_by=proposal.raised_by,
        signatures=proposal.signatures if proposal.raised_by in _SIGNED else None,
        raised_on=raised_on,
        case=case,
        recorded_at=at,
        recorded_by=by,
        **where,
    )
    audit.record(
        action="decisions.motion.proposed",
        subject=motion,
        subject_text=title,
        unit=proposal.unit,
        by=by,
        at=at,
        key=key,
        after={"matter": proposal.matter, "body": motion.body, "procedure": motion.procedure},
    )
    return motion


@transaction.atomic
def redirect(
    motion: Motion,
    *,
    matter: str,
    body: str,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Motion:
    """Correct where a motion goes: another matter of the list, or another body that may decide.

    The caller has fetched the motion through the gate, with the right to correct.

    Raises:
        HasNoText: no reason is given.
        PastCorrection: the members' meeting, or the one that decides, has been held.
        NotDirected: something must be answered first.
        NotByThisBody: the law does not let this body decide it; a correction does not change that.
    """
    if not reason.strip():
        raise HasNoText(_("请写明纠正的原因。"))
    row = Motion.objects.select_for_update().get(pk=motion.pk)
    _refuse_late(row)
    direction = _directed(row.unit_id, matter, day_of(at), body)
    if not direction.as_wished:
        raise NotByThisBody("".join(words.with_source(one) for one in direction.why))
    after = {"matter": matter, **_where(direction)}
    before = {name: getattr(row, name) for name in after}
    Redirection.objects.create(
        motion=row,
        matter_from=row.matter,
        matter_to=matter,
        body_from=row.body,
        body_to=after["body"],
        procedure_from=row.procedure,
        procedure_to=after["procedure"],
        reason=reason.strip(),
        corrected_at=at,
        corrected_by=by,
    )
    for name, value in after.items():
        setattr(row, name, value)
    row.save(update_fields=list(after))
    audit.record(
        action="decisions.motion.redirected",
        subject=row,
        subject_text=row.title,
        unit=row.unit_id,
        by=by,
        at=at,
        key=key,
        before=_told(before),
        after={**_told(after), "reason": reason.strip()},
    )
    return row


@transaction.atomic
def restart(
    motion: Motion, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> Motion:
    """Begin a motion anew: on the procedure it was corrected to, or after a run that has ended.
    A run that is still open is withdrawn; the new one follows it.

    Raises:
        NothingToRestart: it is on its procedure's run, or was carried out.
        NotYours: `by` holds no post that withdraws and opens such a case.
    """
    row = Motion.objects.select_for_update().get(pk=motion.pk)
    old = row.case
    if old is not None and not may_restart(row):
        raise NothingToRestart(_("这个议题正在办理或者已经办成，不用重新开办。"))
    if old is not None and not old.ended:
        old = withdraw_case(
            old.number, reason=_("按纠正后的程序重新开办"), seen=old.version, by=by, at=at
        )
    row.case = open_case(
        row.procedure,
        unit=row.unit_id,
        title=row.title,
        opened_on=day_of(at),
        by=by,
        at=at,
        previous=old,
    )
    row.save(update_fields=["case"])
    audit.record(
        action="decisions.motion.restarted",
        subject=row,
        subject_text=row.title,
        unit=row.unit_id,
        by=by,
        at=at,
        key=key,
        before={"case": old.number if old else ""},
        after={"case": row.case.number, "procedure": row.procedure},
    )
    return row


def _refuse_late(motion: Motion) -> None:
    """Refuse a correction once the third step, or the meeting that decides, was taken."""
    if motion.case is None:
        return
    taken = standing_of(motion.case)
    if _DELIBERATED & taken.keys():
        raise PastCorrection(
            _("党员大会已经审议（会议已经召开），议事路径不再纠正；请退回后再办。")
        )


def _directed(unit: int, matter: str, day: datetime.date, wished: str) -> Direction:
    answer = direct_at(unit, matter, day=day, wished=wished)
    if isinstance(answer, Question):
        raise NotDirected(words.with_source(answer))
    return answer.direction


def _where(direction: Direction) -> dict[str, Any]:
    """Return the fields of a motion that say where it goes, and why as it stood: kept in the
    first language, whoever proposed it.
    """
    reasons = (*direction.why, *direction.must_first, *direction.doubts)
    with translation.override(settings.LANGUAGE_CODE):
        said = [words.with_source(one) for one in reasons]
    return {
        "decided_as": direction.matter.code,
        "body": direction.body.code if direction.body else "",
        "procedure": direction.procedure,
        "reasons": said,
    }


def _short_of_signatures(proposal: Proposal, day: datetime.date) -> list[str]:
    """Return what a joint motion lacks, in the first language: where no law wants a number of
    signatures, what is lacking is said and stops nobody.
    """
    if proposal.raised_by not in _SIGNED or not proposal.signatures:
        return []
    key, roll = _SIGNED[Motion.Raiser(proposal.raised_by)]
    rule = find_rule(key, unit=proposal.unit, day=day)
    if rule is None:
        return []
    signed = Signed(proposal.signatures, rule, roll, counted(roll, proposal.unit, day))
    with translation.override(settings.LANGUAGE_CODE):
        said = Reason("said", rule.source, rule.grade, text=signed.words)
        return [] if signed.enough else [words.with_source(said)]


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in ("matter", "body", "procedure")}

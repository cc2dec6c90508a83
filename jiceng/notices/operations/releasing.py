"""Releasing: a second person decides on every find, and the public form is written."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.notices.models import Notice, ScanDecision
from jiceng.notices.operations import asking
from jiceng.notices.operations.counting import kept, rules_on
from jiceng.notices.operations.drafting import REASON
from jiceng.notices.operations.holding import NUMBERS, held_draft, plain_words
from jiceng.notices.operations.publishing import publish
from jiceng.notices.queries.views import findings_of, kind_of
from jiceng.notices.redaction import Finding, without_findings
from jiceng.notices.refusals import NotSecondPerson, Undecided
from jiceng.notices.words import FOUND


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided of one finding."""

    key: str  # of the Finding
    outcome: str  # of ScanDecision.Outcome
    reason: str = ""


@transaction.atomic
def release_notice(
    notice: Notice,
    *,
    decisions: Iterable[Decided],
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Notice:
    """Make a draft public. What is hidden is gone from the notice, too; the decisions stay.

    The caller has checked that `by` may release for the place.

    Raises:
        NotSecondPerson: `by` wrote it, or a part of it.
        Undecided: the scan found something on which nobody has decided.
        Faulty, HoldsNumbers: a find is kept without a reason, or the reason holds it.
        NotADraft, Changed: it was released, or changed since it was shown.
        NoRule: no rule says how long it stands, or within what time an objection is answered.
    """
    notice = held_draft(notice, seen)
    if by.pk in notice.writers:
        raise NotSecondPerson(_("这份稿子您参与写过，须由另一位有审核权的人发布。"))
    _settle(notice, {one.key: one for one in decisions}, by, at)
    rules = rules_on(notice, day_of(at))
    kind = kind_of(notice)
    notice.rules = {"period": kept(rules[kind.period]), "board": kept(rules[kind.board])}
    notice.standing = Notice.Standing.RELEASED
    notice.released_by, notice.released_at, notice.returned = by, at, ""
    notice.save()
    publish(notice, at=at)
    asking.close(asking.RELEASE, notice, at=at)
    asking.close(asking.CHANGE, notice, at=at)
    asking.ask_to_post(notice, by=by, at=at)
    audit.record(
        action="notices.notice.released",
        subject=notice,
        subject_text=notice.number,
        unit=notice.unit_id,
        by=by,
        at=at,
        key=key,
        after={"digest": notice.digest, "version": notice.version},
    )
    return notice


def _settle(notice: Notice, decided: dict[str, Decided], by: User, at: datetime.datetime) -> None:
    """Keep each decision, and take what is hidden out of the notice itself."""
    findings = findings_of(notice)
    open_ones = [finding for finding in findings if not _is_decided(decided.get(finding.key))]
    if open_ones:
        raise Undecided(
            _("公开前，扫描发现的每一处都要由您决定："),
            details=[_in_words(finding) for finding in open_ones],
        )
    rows = [_row(notice, finding, decided[finding.key], by, at) for finding in findings]
    ScanDecision.objects.bulk_create(rows)
    removed = [
        finding
        for finding, row in zip(findings, rows, strict=True)
        if row.outcome == ScanDecision.Outcome.REMOVED
    ]
    notice.title, notice.body = without_findings(notice.title, notice.body, removed)


def _is_decided(decided: Decided | None) -> bool:
    return decided is not None and decided.outcome in ScanDecision.Outcome.values


def _in_words(finding: Finding) -> str:
    return _("“%(label)s”里的%(found)s") % {
        "label": _(finding.label),
        "found": FOUND[finding.kind],
    }


def _row(
    notice: Notice, finding: Finding, decided: Decided, by: User, at: datetime.datetime
) -> ScanDecision:
    keeps = decided.outcome == ScanDecision.Outcome.NOT_PERSONAL
    reason = (
        plain_words(decided.reason, label=_("保留的理由"), most=REASON, refused=NUMBERS)
        if keeps
        else ""
    )
    return ScanDecision(
        notice=notice,
        field=finding.field,
        found=finding.kind,
        outcome=decided.outcome,
        reason=reason,
        decided_by=by,
        decided_at=at,
    )

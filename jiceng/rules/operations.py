"""A place's own values, practices it adopts, and their end. The past does not change."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.locks import alone
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import unit_on
from jiceng.rules import shipped, words
from jiceng.rules.choosing import Candidate, breaks, farther
from jiceng.rules.declarations import ShippedRule
from jiceng.rules.models import LocalRule
from jiceng.rules.queries import Rule, candidates_for, where_of
from jiceng.rules.refusals import (
    AlreadyEnded,
    BreaksBound,
    EquallyNear,
    NeedsDocument,
    NotAdoptable,
    NotAPlace,
    StartsTooEarly,
    UnknownMatter,
)
from jiceng.rules.values import Value, as_written, is_like


@transaction.atomic
def record_local_rule(
    rule_key: str,
    *,
    unit: int,
    value: Value,
    valid_from: datetime.date,
    document: str,
    reason: str = "",
    kind: str = "",
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> LocalRule:
    """Set a place's own value from a day on: as strict as what binds it from above, or stricter.

    The caller has checked that `by` may record rules for `unit`. Waits for whoever records the
    same rule of the same unit.

    Raises:
        UnknownMatter: there is no such rule, or its values are of another sort.
        NeedsDocument, StartsTooEarly, NotAPlace: what was sent cannot be taken.
        EquallyNear: a value of this place stands for those days.
        BreaksBound: a farther rule does not leave the value open.
    """
    matter = shipped.matter(rule_key)
    if matter is None or (kind and kind not in shipped.vocabulary().kinds):
        raise UnknownMatter(_("没有代号为“%s”的规则。") % rule_key)
    if not any(is_like(value, rule.value) for rule in matter.rules):
        raise UnknownMatter(
            _("“%s”的数值不是这一种，请按页面所列填写。") % words.title_of(rule_key)
        )
    bounds = _bounds(rule_key, unit, kind, valid_from, at)
    binds = bounds[-1].binds if bounds else matter.rules[0].binds
    row = LocalRule(
        key=rule_key,
        unit_id=unit,
        kind=kind,
        value=as_written(value),
        binds=binds,
        valid_from=valid_from,
        document=document.strip(),
        reason=reason.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    return _keep(row, value, bounds, "rules.local.recorded", key)


@transaction.atomic
def adopt_rule(
    rule: ShippedRule,
    *,
    unit: int,
    valid_from: datetime.date,
    document: str,
    reason: str = "",
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> LocalRule:
    """Put a practice (grade P) into force at a place from a day on; then it refuses there.

    The value is kept as it is on that day. Otherwise as `record_local_rule`.

    Raises:
        NotAdoptable: it is no practice, or does not hold on the day.
        NeedsDocument, StartsTooEarly, NotAPlace, EquallyNear, BreaksBound: as there.
    """
    if rule.grade != "P" or not rule.holds_on(valid_from):
        raise NotAdoptable(
            _("只有依据等级为“%(grade)s”、当日有效的规则可以采用；“%(title)s”请登记本地数值。")
            % {"grade": words.grade_in_words("P"), "title": words.title_of(rule.key)}
        )
    bounds = _bounds(rule.key, unit, rule.kind, valid_from, at)
    row = LocalRule(
        key=rule.key,
        unit_id=unit,
        kind=rule.kind,
        value=as_written(rule.value),
        binds=rule.binds,
        valid_from=valid_from,
        adopted=rule.source,
        document=document.strip(),
        reason=reason.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    return _keep(row, rule.value, bounds, "rules.local.adopted", key)


@transaction.atomic
def end_local_rule(
    number: int,
    *,
    day: datetime.date,
    document: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> LocalRule:
    """End a local rule: `day` is the first on which it no longer holds. One that would end before
    it begins is withdrawn.

    Raises:
        NeedsDocument: no document is named.
        AlreadyEnded: it has ended by then, or was withdrawn.
        StartsTooEarly: the day is past, or it began today.
    """
    _check_document(document)
    row = LocalRule.objects.select_for_update().get(pk=number)
    today = day_of(at)
    if row.withdrawn_at is not None or row.valid_to <= day:
        raise AlreadyEnded(_("这条本地规则到那天已经终止。"))
    begun = row.valid_from <= today
    if day < today or (begun and day <= row.valid_from):
        raise StartsTooEarly(_("已经过去的日子不能改。最早可以填 %s。") % _earliest_end(row, today))
    before = {"valid_to": row.valid_to}
    if day <= row.valid_from:
        row.withdrawn_at = at
    else:
        row.valid_to = day
    row.ended_at, row.ended_by, row.end_document = at, by, document.strip()
    row.save(update_fields=["valid_to", "withdrawn_at", "ended_at", "ended_by", "end_document"])
    _leave_entry(row, "rules.local.ended", key, by, before, {"valid_to": day, "document": document})
    return row


def _bounds(
    rule_key: str, unit: int, kind: str, day: datetime.date, at: datetime.datetime
) -> list[Candidate[Rule]]:
    """Return what holds farther up on the day, the farthest first. The unit is a place."""
    if day < day_of(at):
        raise StartsTooEarly(_("已经过去的日子不能改。最早可以填 %s。") % day_of(at))
    place = _place(unit, day)
    found = candidates_for([rule_key], where_of(place, day), day, kind)[rule_key]
    return farther(found, place.level)


def _place(unit: int, day: datetime.date) -> Unit:
    found = unit_on(unit, day)
    if found.tree != Tree.DIVISION or not found.standing:
        raise NotAPlace(_("本地规则登记在当日存在的区划上，不登记在组织上。"))
    return found


def _keep(
    row: LocalRule,
    value: Value,
    bounds: list[Candidate[Rule]],
    action: str,
    key: uuid.UUID | None,
) -> LocalRule:
    _check_document(row.document)
    alone(f"rules:{row.key}:{row.unit_id}")
    _refuse_equally_near(row)
    broken = breaks(value, bounds)
    if broken is not None:
        raise BreaksBound(_breaks_in_words(row, value, broken.said))
    row.save(force_insert=True)
    after = {
        "rule": row.key,
        "case": row.kind,
        "value": words.value_in_words(value),
        "valid_from": row.valid_from,
        "document": row.document,
        "adopted": row.adopted,
    }
    _leave_entry(row, action, key, row.recorded_by, {}, after)
    return row


def _refuse_equally_near(row: LocalRule) -> None:
    standing = LocalRule.objects.filter(
        unit=row.unit_id, key=row.key, kind=row.kind, withdrawn_at=None, valid_to__gt=row.valid_from
    )
    other = standing.order_by("valid_from").first()
    if other is not None:
        raise EquallyNear(
            _("“%(title)s”在这里已有本地规则（%(document)s，%(day)s起），请先终止它。")
            % {
                "title": words.title_of(row.key),
                "document": other.document,
                "day": other.valid_from,
            }
        )


def _check_document(document: str) -> None:
    if not document.strip():
        raise NeedsDocument(_("请写明依据文件的名称和文号。"))


def _earliest_end(row: LocalRule, today: datetime.date) -> datetime.date:
    return today if row.valid_from < today else today + datetime.timedelta(days=1)


def _breaks_in_words(row: LocalRule, value: Value, bound: Rule) -> str:
    return _("%(own)s不能登记：%(bound)s是%(how)s。") % {
        "own": words.with_source(words.value_in_words(value), row.adopted or row.document),
        "bound": bound.sentence(),
        "how": words.bound_in_words(bound.binds),
    }


def _leave_entry(
    row: LocalRule,
    action: str,
    key: uuid.UUID | None,
    by: User,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    audit.record(
        action=action,
        subject=row,
        subject_text=words.title_of(row.key),
        unit=row.unit_id,
        by=by,
        at=row.ended_at or row.recorded_at,
        key=key,
        before=before,
        after={name: value for name, value in after.items() if value},
    )

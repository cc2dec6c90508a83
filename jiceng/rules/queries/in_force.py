"""The rule in force for a matter, at a unit, on a day."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import ancestors_of, seat_of, unit_on
from jiceng.rules import shipped, words
from jiceng.rules.choosing import Candidate, nearest
from jiceng.rules.declarations import BINDING, ShippedRule
from jiceng.rules.models import LocalRule
from jiceng.rules.refusals import NoRule
from jiceng.rules.values import Value, value_of


@dataclass(frozen=True, slots=True)
class Rule:
    """A value in force, with where it comes from and how it binds."""

    key: str
    title: str
    value: Value
    binds: str  # fixed, at_least, at_most, default
    grade: str  # L, O, P, W, K
    source: str
    note: str
    place: str  # leading digits of the code of the place it is for; empty: the whole country
    place_name: str
    kind: str
    valid_from: datetime.date
    valid_to: datetime.date
    refuses: bool  # going on without it is refused; otherwise a named person may go on
    local: int | None = None  # number of the LocalRule it is
    adopted: bool = False  # a practice of others that the place adopted
    carried_over: bool = False  # the law was changed, its new text is to be checked

    def sentence(self) -> str:
        """Return 组成人员的三分之二以上（《村民委员会组织法》第二十六条）."""
        return words.with_source(words.value_in_words(self.value), self.source)


@dataclass(frozen=True, slots=True)
class Where:
    """The places a unit stands in on a day, from the root down to itself."""

    units: tuple[Unit, ...]

    def level_of(self, unit: int) -> int | None:
        return next((one.level for one in self.units if one.pk == unit), None)

    def is_in(self, place: str, level: int) -> bool:
        """Say whether the unit stands in the place of a code's leading digits: by the first unit
        from the root that is no wider than the place. A register may begin with its county.
        """
        if not place:
            return True
        near = (one for one in self.units if one.level >= level and one.code)
        first = next(near, None)
        return first is not None and str(first.code).startswith(place)


def rule_for(key: str, *, unit: Unit | int, day: datetime.date, kind: str = "") -> Rule:
    """Return the rule in force. About four statements.

    Thresholds are asked for on the day of the act, periods on the day they begin.

    Raises:
        NoRule: there is none for this matter, place and day.
        NoSuchUnit: there is no such unit.
    """
    return rules_for([key], unit=unit, day=day, kind=kind)[key]


def rules_for(
    keys: Iterable[str], *, unit: Unit | int, day: datetime.date, kind: str = ""
) -> dict[str, Rule]:
    """Return the rules in force, by key, in as many statements as for one.

    Raises:
        NoRule: there is none for some matter.
    """
    asked = list(dict.fromkeys(keys))
    where = where_of(unit, day)
    found = _found(asked, where, day, kind)
    missing = [key for key in asked if key not in found]
    if missing:
        raise NoRule(_no_rule(missing, where, day, kind))
    return found


def find_rule(key: str, *, unit: Unit | int, day: datetime.date, kind: str = "") -> Rule | None:
    """Return the rule in force, or None where there is none."""
    return find_rules([key], unit=unit, day=day, kind=kind).get(key)


def find_rules(
    keys: Iterable[str], *, unit: Unit | int, day: datetime.date, kind: str = ""
) -> dict[str, Rule]:
    """Return the rules in force, by key, without those that there are not; in as many statements
    as for one.
    """
    return _found(list(dict.fromkeys(keys)), where_of(unit, day), day, kind)


def where_of(unit: Unit | int, day: datetime.date) -> Where:
    """Return the places of a unit on a day; of an organisation, those of the division it stands
    in. Two statements, four for an organisation.
    """
    found = unit_on(unit if isinstance(unit, int) else unit.pk, day)
    if found.tree == Tree.ORGANISATION:
        seat = seat_of(found.pk, day)
        if seat is None:
            return Where(())
        found = unit_on(seat, day)
    return Where((*ancestors_of(found.path, day), found))


def candidates_for(
    keys: Iterable[str], where: Where, day: datetime.date, kind: str
) -> dict[str, list[Candidate[Rule]]]:
    """Return everything that holds for each matter, at the place or above. One statement."""
    asked = list(keys)
    rows = local_rows(where, day, asked)
    return {key: candidates_among(key, rows.get(key, []), where, day, kind) for key in asked}


def local_rows(
    where: Where, day: datetime.date, keys: Collection[str]
) -> dict[str, list[LocalRule]]:
    """Return the local rules in force at a place or above it, by key. One statement."""
    numbers = [unit.pk for unit in where.units]
    rows = LocalRule.objects.on(day).filter(unit__in=numbers, key__in=keys, withdrawn_at=None)
    found: dict[str, list[LocalRule]] = defaultdict(list)
    for row in rows:
        found[row.key].append(row)
    return found


def candidates_among(
    key: str, rows: Iterable[LocalRule], where: Where, day: datetime.date, kind: str
) -> list[Candidate[Rule]]:
    """Return what holds for one matter and one kind, of the files and of `rows`."""
    of_files = (
        rule
        for rule in shipped.rules_of(key)
        if rule.holds_on(day) and rule.kind in ("", kind) and where.is_in(rule.place, rule.level)
    )
    return [
        *(_shipped_candidate(rule, kind) for rule in of_files),
        *(_local_candidate(row, where, kind) for row in rows if row.kind in ("", kind)),
    ]


def rule_of(rule: ShippedRule) -> Rule:
    """Return a shipped rule as it holds by itself."""
    return Rule(
        key=rule.key,
        title=words.title_of(rule.key),
        value=rule.value,
        binds=rule.binds,
        grade=rule.grade,
        source=rule.source,
        note=rule.note,
        place=rule.place,
        place_name=words.place_in_words(rule.place),
        kind=rule.kind,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        refuses=rule.grade in BINDING,
        carried_over=rule.carried_over,
    )


def rule_of_row(row: LocalRule, unit: Unit) -> Rule:
    """Return a local rule: the place's own practice, which refuses because it is its own."""
    return Rule(
        key=row.key,
        title=words.title_of(row.key),
        value=value_of(row.value),
        binds=row.binds,
        grade="P",
        source="；".join(filter(None, (row.document, row.adopted))),
        note=row.reason,
        place=str(unit.code or ""),
        place_name=unit.name,
        kind=row.kind,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        refuses=True,
        local=row.pk,
        adopted=bool(row.adopted),
    )


def _found(keys: list[str], where: Where, day: datetime.date, kind: str) -> dict[str, Rule]:
    chosen = {
        key: nearest(candidates)
        for key, candidates in candidates_for(keys, where, day, kind).items()
    }
    return {key: one.said for key, one in chosen.items() if one is not None}


def _shipped_candidate(rule: ShippedRule, kind: str) -> Candidate[Rule]:
    said = rule_of(rule)
    return Candidate(
        said, rule.value, rule.binds, said.refuses, rule.level, False, rule.kind == kind
    )


def _local_candidate(row: LocalRule, where: Where, kind: str) -> Candidate[Rule]:
    unit = next(one for one in where.units if one.pk == row.unit_id)
    said = rule_of_row(row, unit)
    return Candidate(said, said.value, said.binds, True, unit.level, True, row.kind == kind)


def _no_rule(keys: list[str], where: Where, day: datetime.date, kind: str) -> str:
    names = "、".join(words.title_of(key) for key in keys)
    about = f"{names}（{words.kind_in_words(kind)}）" if kind else names
    return _("没有适用于%(unit)s、%(day)s的规则“%(title)s”，请先由有权限的人登记本地规则。") % {
        "unit": where.units[-1].name if where.units else _("该单位"),
        "day": day,
        "title": about,
    }

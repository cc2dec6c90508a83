"""What pages list: the rules of a place, a matter's values, the local ones a user may see."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from jiceng.access.queries import reach_of, scope_of, unit_for, within
from jiceng.accounts.models import User
from jiceng.registry.models import Unit
from jiceng.registry.queries import described
from jiceng.rules import shipped, words
from jiceng.rules.choosing import nearest
from jiceng.rules.declarations import Matter, ShippedRule
from jiceng.rules.models import LocalRule
from jiceng.rules.queries.in_force import (
    Rule,
    Where,
    candidates_among,
    local_rows,
    rule_of_row,
    where_of,
)
from jiceng.rules.refusals import NoSuchRule


@dataclass(frozen=True, slots=True)
class Listed:
    """One matter and kind as it stands at a place on a day."""

    key: str
    title: str
    topic: str
    kind: str  # in words; empty: of every kind
    rule: Rule | None  # None: no rule holds here

    def holds(self, text: str) -> bool:
        """Say whether it holds a text: in title, kind, value or source."""
        said = [self.title, self.kind]
        if self.rule:
            said += [words.value_in_words(self.rule.value), self.rule.source]
        return any(text in one for one in said)


@dataclass(frozen=True, slots=True)
class Here:
    """Every matter at one place, on one day, in the order of the topics."""

    where: Where
    rows: tuple[Listed, ...]

    def matching(self, *, text: str = "", topic: str = "") -> list[tuple[str, list[Listed]]]:
        """Return topics with their rows, those without any left out."""
        groups = [
            (code, [row for row in self.rows if row.topic == code and row.holds(text)])
            for code in shipped.vocabulary().topics
            if topic in ("", code)
        ]
        return [(words.topic_in_words(code), rows) for code, rows in groups if rows]


@dataclass(frozen=True, slots=True)
class Own:
    """A local rule with the place it is of, and what can be done with it."""

    row: LocalRule
    unit: Unit
    rule: Rule
    state: str  # current, future, ended, withdrawn
    may_end: bool


def rules_at(
    unit: Unit | int, day: datetime.date, *, key: str = "", where: Where | None = None
) -> Here:
    """Return every matter (or one) at a place on a day. About three statements."""
    where = where or where_of(unit, day)
    asked = {key: shipped.matters()[key]} if key else shipped.matters()
    rows = local_rows(where, day, asked)
    listed = (
        one
        for matter in asked.values()
        for one in _of_matter(matter, rows.get(matter.key, []), where, day)
    )
    return Here(where, tuple(listed))


def _of_matter(
    matter: Matter, rows: list[LocalRule], where: Where, day: datetime.date
) -> Iterator[Listed]:
    """Yield the matter for every kind that has its own rule here, else once without any."""
    kinds = dict.fromkeys(["", *(r.kind for r in matter.rules), *(r.kind for r in rows)])
    found: list[tuple[str, Rule | None]] = []
    for kind in kinds:
        chosen = nearest(candidates_among(matter.key, rows, where, day, kind))
        if chosen is not None and chosen.said.kind == kind:
            found.append((kind, chosen.said))
    for kind, rule in found or [("", None)]:
        title = words.title_of(matter.key)
        yield Listed(matter.key, title, matter.topic, words.kind_in_words(kind), rule)


def matter_named(key: str) -> Matter:
    """Return a matter.

    Raises:
        NoSuchRule: there is none of this key.
    """
    matter = shipped.matter(key)
    if matter is None:
        raise NoSuchRule(_("没有代号为“%s”的规则。") % key)
    return matter


def adoptable(matter: Matter, day: datetime.date) -> list[ShippedRule]:
    """Return the practices that can be adopted from `day` on, or later."""
    return [rule for rule in matter.rules if rule.grade == "P" and rule.valid_to > day]


def local_rules_of(key: str, *, user: User, where: Where, today: datetime.date) -> list[Own]:
    """Return a matter's local rules: those above a place, and those the user may see, latest
    first. About eight statements.
    """
    seen = Unit.objects.filter(within(scope_of(user, "rules.view", today), today))
    above = [unit.pk for unit in where.units]
    rows = LocalRule.objects.filter(Q(unit__in=seen.values("pk")) | Q(unit__in=above), key=key)
    found = list(rows.select_related("recorded_by", "ended_by").order_by("-valid_from", "-pk"))
    units = described({row.unit_id for row in found}, today)
    reach = reach_of(units, today)
    edits = scope_of(user, "rules.edit", today)
    return [
        Own(
            row,
            units[row.unit_id],
            rule_of_row(row, units[row.unit_id]),
            state := _state(row, today),
            state in ("current", "future") and edits.covers_any(reach.get(row.unit_id, [])),
        )
        for row in found
    ]


def _state(row: LocalRule, today: datetime.date) -> str:
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.valid_to <= today:
        return "ended"
    return "future" if row.valid_from > today else "current"


def local_rule_for(user: User, permission: str, *, number: int) -> tuple[LocalRule, Unit]:
    """Return one local rule with its place, through the gate.

    Raises:
        NoSuchRule: there is none of this number.
        NotVisible, NotPermitted: as the gate says of its place.
    """
    row = LocalRule.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchRule(_("没有这条本地规则。"))
    return row, unit_for(user, permission, number=row.unit_id)

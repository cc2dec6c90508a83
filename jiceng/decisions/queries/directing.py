"""Directing a matter by what the register and the rules say on a day."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jiceng.decisions import rolls
from jiceng.decisions.catalogue import shipped
from jiceng.decisions.directing import Direction, Granted, Question, Village, direct
from jiceng.decisions.models import Delegation
from jiceng.registry.queries import unit_on
from jiceng.rules.queries import Rule, find_rule, rules_for
from jiceng.rules.refusals import NoRule
from jiceng.rules.values import Flag, Number

SET_UP_FROM = "village_reps.set_up_from"
REVIEW = "decision.township_review"


@dataclass(frozen=True, slots=True)
class Directed:
    """An answer with the rules in force on the day."""

    direction: Direction
    rules: Mapping[str, Rule] = field(default_factory=dict)

    @property
    def quorum(self) -> list[Rule]:
        return [self.rules[key] for key in self.direction.quorum]

    @property
    def passes(self) -> Rule | None:
        return self.rules.get(self.direction.passes)

    @property
    def notice(self) -> Rule | None:
        return self.rules.get(self.direction.notice)


def direct_at(
    unit: int, matter: str, *, day: datetime.date, wished: str = ""
) -> Directed | Question:
    """Say which body of a village decides a matter, with the rules of that day; or what must be
    answered first. About twenty statements.
    """
    answer = direct(
        matter,
        day=day,
        village=village_on(unit, day),
        catalogue=shipped(),
        granted=granted_at(unit),
        wished=wished,
    )
    if isinstance(answer, Question):
        return answer
    try:
        return Directed(answer, rules_for(answer.rules, unit=unit, day=day))
    except NoRule as refusal:
        return Question("no_rule", text=refusal.sentence)


def village_on(unit: int, day: datetime.date) -> Village:
    """Return what directing needs to know of a village on a day."""
    return Village(
        place=str(unit_on(unit, day).code or ""),
        population=rolls.population(unit, day).count,
        representatives=rolls.village_representatives(unit, day).count,
        collective_representatives=rolls.collective_representatives(unit, day).count,
        representatives_from=_number(SET_UP_FROM, unit, day),
        reviewed=_adopted(REVIEW, unit, day),
    )


def granted_at(unit: int) -> list[Granted]:
    """Return every delegation of a village, whenever it held. One statement."""
    rows = Delegation.objects.filter(unit=unit).order_by("valid_from", "pk")
    return [Granted(row.matter, row.valid_from, row.valid_to, source_of(row)) for row in rows]


def source_of(row: Delegation) -> str:
    return _("%(day)s%(way)s，%(document)s") % {
        "day": row.decided_on,
        "way": row.get_way_display(),
        "document": row.document,
    }


def _number(key: str, unit: int, day: datetime.date) -> int | None:
    rule = find_rule(key, unit=unit, day=day)
    return rule.value.count if rule and isinstance(rule.value, Number) else None


def _adopted(key: str, unit: int, day: datetime.date) -> bool:
    """Say whether a practice was adopted at the place: shipped, it only proposes."""
    rule = find_rule(key, unit=unit, day=day)
    return bool(rule and rule.refuses and isinstance(rule.value, Flag) and rule.value.on)

"""What a step kind may look at while it takes and judges: the case, its day, rules and rolls."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from jiceng.accounts.models import User
from jiceng.procedures import rolls
from jiceng.procedures.declarations import Procedure, Step
from jiceng.procedures.models import Case, Taken
from jiceng.registry.models import Unit
from jiceng.registry.queries import unit_on
from jiceng.rules.queries import Rule, rule_for
from jiceng.rules.values import Flag, Period, Ratio


@dataclass
class About:
    """One step of one case on one day. Rules that are asked for are remembered: the step keeps
    what it used.
    """

    case: Case
    procedure: Procedure
    step: Step
    day: datetime.date  # of the event
    standing: dict[str, Taken]  # effective and not superseded, by step
    by: User | None = None
    rules: dict[str, Rule] = field(default_factory=dict)

    @cached_property
    def unit(self) -> Unit:
        """The case's own unit as on the day. Two statements when it is first asked for."""
        return unit_on(self.case.unit_id, self.day)

    def rule(self, key: str, day: datetime.date | None = None, kind: str = "") -> Rule:
        """Return the rule in force: a threshold on the day of the act, a period on the day it
        begins.

        Raises:
            NoRule: nothing is known for the place and day; it is asked for, never assumed.
        """
        if key not in self.rules:
            self.rules[key] = rule_for(
                key, unit=self.unit, day=day or self.day, kind=kind or self.unit.kind
            )
        return self.rules[key]

    def ratio(self, key: str) -> Ratio:
        return cast(Ratio, self.rule(key).value)

    def period(self, key: str, day: datetime.date | None = None) -> Period:
        return cast(Period, self.rule(key, day).value)

    def flag(self, key: str) -> bool:
        return cast(Flag, self.rule(key).value).on

    def roll(self, code: str) -> rolls.Counted:
        return rolls.counted(code, self.case.unit_id, self.day)

    def data_of(self, step: str) -> dict[str, Any]:
        """Return what a standing step recorded; empty when it has not been taken."""
        taken = self.standing.get(step)
        return taken.data if taken else {}

    def day_of(self, step: str) -> datetime.date | None:
        taken = self.standing.get(step)
        return taken.happened_on if taken else None

    def used(self) -> list[dict[str, str]]:
        return [
            {
                "key": rule.key,
                "title": str(rule.title),
                "words": rule.sentence(),
                "source": rule.source,
                "grade": rule.grade,
            }
            for rule in self.rules.values()
        ]

"""The calendar of a run of a procedure at a village, by the rules in force there."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jiceng.access.declarations import ROLES
from jiceng.decisions.flow import FlowStep, Stop, Wait, calendar
from jiceng.notices.kinds import kinds
from jiceng.procedures.declarations import Interval, Procedure, Step, is_end
from jiceng.registry.models import Unit
from jiceng.rules import words
from jiceng.rules.queries import Rule, find_rule
from jiceng.rules.values import Period


@dataclass(frozen=True, slots=True)
class Flow:
    """A run begun on a day: its steps with their days, and the rules that are not there."""

    stops: list[Stop]
    unknown: list[str]  # titles of matters without a rule here: nothing was assumed for them


def flow_of(procedure: Procedure, *, unit: Unit, start: datetime.date, body: str = "") -> Flow:
    """Return the earliest calendar of a run that goes well. Two statements for each rule.

    Args:
        body: outcome of a step that has several regular ways (which meeting decides).
    """
    known = _Known(unit, start)
    steps = list(_regular_way(procedure, body))
    stops = calendar([known.flow_step(step, steps) for step in steps], start)
    return Flow(stops, sorted(set(known.unknown)))


def _regular_way(procedure: Procedure, body: str) -> Iterator[Step]:
    """Yield the steps from the first to an end by each one's first outcome: how it goes well."""
    step, passed = procedure.first, set()
    while step.code not in passed:
        passed.add(step.code)
        yield step
        target = step.next.get(body) or next(iter(step.next.values()))
        if is_end(target):
            return
        step = procedure.step(target)


class _Known:
    """The rules of a village on a day, asked for one by one; what is missing is noted."""

    def __init__(self, unit: Unit, day: datetime.date) -> None:
        self.unit, self.day = unit, day
        self.unknown: list[str] = []

    def flow_step(self, step: Step, way: list[Step]) -> FlowStep:
        waits = [self.wait(interval) for interval in step.after]
        called = step.options.get("convened_by", "")
        lead = next((one.options.get("notice", "") for one in way if one.code == called), "")
        if lead:
            waits.append(self.wait(Interval(lead, called)))
        if step.kind == "notice":
            waits.append(self.open_period(kinds()[step.options["notice"]].period))
        limit = self.wait(step.within) if step.within else None
        found = tuple(wait for wait in waits if wait)
        return FlowStep(step.code, step.title, _roles(step), found, limit)

    def wait(self, interval: Interval) -> Wait | None:
        rule = self.rule(interval.rule)
        if rule is None or not isinstance(rule.value, Period):
            return None
        value = rule.value
        if value.unit == "hour":  # no step of a village's procedures is counted in hours
            return None
        return Wait(value.count, value.unit, value.nature, rule.sentence(), interval.of)

    def open_period(self, key: str) -> Wait | None:
        """Return for how long a notice is open: what ends a right to object is waited out."""
        found = self.wait(Interval(key))
        return replace(found, nature="minimum") if found else None

    def rule(self, key: str) -> Rule | None:
        found = find_rule(key, unit=self.unit, day=self.day, kind=self.unit.kind)
        if found is None:
            self.unknown.append(words.title_of(key))
        return found


def _roles(step: Step) -> str:
    return str(ROLES[step.by[0]].title)

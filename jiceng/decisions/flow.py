"""The earliest calendar of a run: when each step may be taken, and by when. Pure.

A run that keeps to it is lawful and as quick as the rules let it be; nothing is promised.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jiceng.core import clocks
from jiceng.core.periods import DAY

Nature = Literal["limit", "minimum", "lead"]


@dataclass(frozen=True, slots=True)
class Wait:
    """A period of a rule as it stands, counted from a step's day."""

    count: int
    unit: clocks.Unit
    nature: Nature
    source: str
    of: str = ""  # code of the step from whose day it counts; empty: the step before


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step of a run: who takes it and what it waits for."""

    code: str
    title: str
    by: str
    waits: tuple[Wait, ...] = ()  # minimum or lead
    limit: Wait | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A step with its days."""

    step: FlowStep
    earliest: datetime.date
    latest: datetime.date | None  # the limit, counted from the earliest day of what begins it
    because: str  # source of the period that decides the earliest day, if any
    provisional: bool  # a year's working days are not known yet


def calendar(steps: Sequence[FlowStep], start: datetime.date) -> list[Stop]:
    """Return the steps in their order with the earliest lawful day of each, begun on `start`.

    Raises:
        ValueError: a step waits for one that does not come before it.
    """
    stops: list[Stop] = []
    days: dict[str, datetime.date] = {}
    for step in steps:
        before = stops[-1].earliest if stops else start
        stop = _stop(step, before, days)
        days[step.code] = stop.earliest
        stops.append(stop)
    return stops


def _stop(step: FlowStep, before: datetime.date, days: Mapping[str, datetime.date]) -> Stop:
    earliest, because, provisional = before, "", False
    for wait in step.waits:
        day, unsure = _after(wait, _began(wait, before, days))
        provisional = provisional or unsure
        if day > earliest:
            earliest, because = day, wait.source
    latest = None
    if step.limit:
        end = clocks.limit(_began(step.limit, before, days), step.limit.count, step.limit.unit)
        latest, provisional = end.day, provisional or end.provisional
    return Stop(step, earliest, latest, because, provisional)


def _began(wait: Wait, before: datetime.date, days: Mapping[str, datetime.date]) -> datetime.date:
    if not wait.of:
        return before
    if wait.of not in days:
        raise ValueError(f"{wait.of} does not come before what waits for it")
    return days[wait.of]


def _after(wait: Wait, began: datetime.date) -> tuple[datetime.date, bool]:
    """Return the first day after a minimum, or the first event for which notice is early enough."""
    if wait.nature == "minimum":
        end = clocks.minimum_ends(began, wait.count, wait.unit)
        return end.day, end.provisional
    day = began
    while clocks.lead_latest(day, wait.count, wait.unit).day < began:
        day += DAY
    return day, clocks.lead_latest(day, wait.count, wait.unit).provisional

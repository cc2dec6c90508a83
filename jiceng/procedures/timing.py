"""When a step may be taken at the earliest, and by when it should be."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.core import clocks
from jiceng.core.clock import end_of
from jiceng.core.periods import DAY
from jiceng.procedures.about import About
from jiceng.procedures.declarations import Interval, Step
from jiceng.procedures.kinds.base import Missing
from jiceng.rules.refusals import NoRule
from jiceng.rules.values import Period


@dataclass(frozen=True, slots=True)
class Due:
    day: datetime.date
    rule: str
    provisional: bool
    moment: datetime.datetime | None = None  # of the day, where it is not its end

    @property
    def at(self) -> datetime.datetime:
        return self.moment or end_of(self.day)


def due_of(step: Step, about: About, previous_on: datetime.date) -> Due | None:
    """Return the last day for `step`, counted from the day its period begins."""
    if step.within is None:
        return None
    began = (about.day_of(step.within.of) if step.within.of else None) or previous_on
    rule = about.rule(step.within.rule, began)
    last = clocks.limit(began, *days_of(about.period(step.within.rule)))
    return Due(last.day, rule.sentence(), last.provisional)


def too_early(step: Step, about: About, previous_on: datetime.date | None) -> list[Missing]:
    """Return what the periods before `step` still want on the day of the event."""
    found: list[Missing] = []
    for interval in step.after:
        began = about.day_of(interval.of) if interval.of else previous_on
        if began is not None:
            found += interval_missing(interval, about, began)
    return found


def interval_missing(interval: Interval, about: About, began: datetime.date) -> list[Missing]:
    """A lead counts back from the event, a minimum on from its beginning: as days they are the
    same number of full days between the two.
    """
    rule = about.rule(interval.rule, began)
    period = about.period(interval.rule)
    if period.nature == "lead":
        return lead_missing(interval.rule, about, began, about.day)
    earliest = clocks.minimum_ends(began, *days_of(period)).day
    if about.day >= earliest:
        return []
    words = _("从 %(began)s 起须满 %(count)d 天，最早 %(earliest)s。") % {
        "began": began,
        "count": period.count,
        "earliest": earliest,
    }
    return [Missing(words, rule.key, rule.source, rule.refuses)]


def lead_missing(
    key: str, about: About, told_on: datetime.date, event: datetime.date
) -> list[Missing]:
    """Return the fault when less than the lead lies between notice and event."""
    rule, period = about.rule(key, told_on), about.period(key)
    if told_on <= clocks.lead_latest(event, *days_of(period)).day:
        return []
    words = _("须提前 %(count)d 天通知：%(told)s 通知，最早 %(earliest)s 开会。") % {
        "count": period.count,
        "told": told_on,
        "earliest": earliest_event(told_on, period),
    }
    return [Missing(words, rule.key, rule.source, rule.refuses)]


def earliest_event(told_on: datetime.date, lead: Period) -> datetime.date:
    """Return the first day for which notice on `told_on` is early enough."""
    day = told_on
    while told_on > clocks.lead_latest(day, *days_of(lead)).day:
        day += DAY
    return day


def earliest_after_lead(key: str, about: About) -> str:
    """Say from when on a meeting may be held; nothing where no rule is known: the form is shown
    all the same, and going on asks for the rule.
    """
    try:
        period = about.period(key, about.day)
    except NoRule:
        return ""
    return _("须提前 %(count)d 天通知，最早 %(earliest)s。") % {
        "count": period.count,
        "earliest": earliest_event(about.day, period),
    }


def days_of(period: Period) -> tuple[int, clocks.Unit]:
    """Return a period as it is counted in days; hours run on a clock, not on a calendar."""
    if period.unit == "hour":
        raise ValueError(f"{period} is counted in hours")
    return period.count, period.unit

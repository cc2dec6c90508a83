"""The days of a notice: what its period, its objections and its board come to. Pure."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jiceng.core.clocks import Unit as Calendar
from jiceng.core.clocks import limit, minimum_ends
from jiceng.core.periods import DAY
from jiceng.rules.values import Period


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a notice from the one it begins on, which is not counted."""

    begins_on: datetime.date
    ends_on: datetime.date  # the last full day of the period
    objections_until: datetime.date  # never before the period ends; past a holiday
    board_until: datetime.date  # the last day for which the board has to keep it
    retained_until: datetime.date  # the last day on the portal
    provisional: bool


@dataclass(frozen=True, slots=True)
class Posted:
    """From when to when something hung on a board."""

    posted_on: datetime.date
    taken_down_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class Counted:
    """The two periods of a notice, as the rules of its first day set them."""

    period: Period
    board: Period


def span_of(begins_on: datetime.date, counted: Counted) -> Span:
    """Return the days of a notice that begins on a day.

    A minimum is of full days and does not move; a limit for objecting does (民法典 Art. 203), and
    whoever objects always has until it has moved.
    """
    period, board = counted.period, counted.board
    moved = limit(begins_on, period.count, _calendar(period))
    full = minimum_ends(begins_on, period.count, _calendar(period))
    ends_on = moved.day if period.nature == "limit" else full.day - DAY
    until = max(ends_on, moved.day)
    kept = minimum_ends(begins_on, board.count, _calendar(board))
    depends = period.nature == "limit" and moved.provisional
    return Span(
        begins_on=begins_on,
        ends_on=ends_on,
        objections_until=until,
        board_until=kept.day - DAY,
        retained_until=max(until, kept.day - DAY),
        provisional=depends or full.provisional or kept.provisional,
    )


def counting(
    released_on: datetime.date,
    postings: Iterable[Posted],
    counted_on: Callable[[datetime.date], Counted],
) -> Span | None:
    """Return the days of the first posting that hung through its whole period, or still hangs.

    It begins on the later of release and posting. What came down before the period was over does
    not count: it is posted again, and the period begins again. None when nothing counts.
    """
    for posted in sorted(postings, key=lambda one: one.posted_on):
        begins_on = max(released_on, posted.posted_on)
        span = span_of(begins_on, counted_on(begins_on))
        if posted.taken_down_on is None or posted.taken_down_on > span.ends_on:
            return span
    return None


def _calendar(period: Period) -> Calendar:
    """Return the unit in which days are counted; hours are no period of a notice."""
    if period.unit == "hour":
        raise ValueError("a notice runs for days")
    return period.unit

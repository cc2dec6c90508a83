"""Who is counted at a meeting: each roll knows how many there are at a unit on a day."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from jiceng.core.declarations import Registry, Words


@dataclass(frozen=True, slots=True)
class Counted:
    """How many stand on a roll; `count` is None when the register does not know."""

    count: int | None
    source: str  # where the number comes from, in words


@dataclass(frozen=True, slots=True)
class Roll:
    code: str  # "village_representatives"
    title: Words
    count: Callable[[int, datetime.date], Counted]  # unit, day


ROLLS = Registry("roll")


def register(*rolls: Roll) -> None:
    ROLLS.add(*rolls)


def counted(code: str, unit: int, day: datetime.date) -> Counted:
    found: Counted = ROLLS[code].count(unit, day)
    return found

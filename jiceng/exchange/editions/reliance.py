"""What forbids undoing a step. Packages above register what they have built on the register."""

import datetime
from collections.abc import Callable

# Given the first day that an undoing would change, return a sentence for each thing that rests
# on it: figures closed since, for instance.
Reliance = Callable[[datetime.date], list[str]]

_REGISTERED: list[Reliance] = []


def register(reliance: Reliance) -> None:
    _REGISTERED.append(reliance)


def relied_on_since(day: datetime.date) -> list[str]:
    """Return every registered sentence about what rests on the register from `day` on."""
    return [sentence for reliance in _REGISTERED for sentence in reliance(day)]

"""What the rule files declare. Frozen, no models, no framework."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from jiceng.core.periods import FOREVER, overlaps
from jiceng.rules.values import Value

GRADES = ("L", "O", "P", "W", "K")
BINDING = ("L", "O")  # grades that refuse by themselves; P does where it is adopted
UNKNOWN = datetime.date.min  # a practice of which nobody wrote since when

_LEVELS = {0: 0, 2: 1, 4: 2, 6: 3, 9: 4, 12: 5}  # digits of a code → level of the division tree


@dataclass(frozen=True, slots=True)
class ShippedRule:
    """One value of one matter, for a place and a kind, for a time, with its source."""

    key: str
    value: Value
    binds: str
    grade: str
    source: str  # to the article
    note: str
    place: str  # leading digits of the official code; empty: the whole country
    kind: str  # empty: every kind
    valid_from: datetime.date
    valid_to: datetime.date = FOREVER
    carried_over: bool = False  # the law was changed, its new text is not at hand

    def holds_on(self, day: datetime.date) -> bool:
        return self.valid_from <= day < self.valid_to

    def is_beside(self, other: "ShippedRule") -> bool:
        """Say whether the other is as near as this one, on some day."""
        return (self.key, self.place, self.kind) == (other.key, other.place, other.kind) and (
            overlaps(self.valid_from, self.valid_to, other.valid_from, other.valid_to)
        )

    @property
    def level(self) -> int:
        """How near the place is: 0 the country, 1 a province … 5 a village."""
        return _LEVELS[len(self.place)]


@dataclass(frozen=True, slots=True)
class Matter:
    """What rules are about: a key, its title, and every value over time and places."""

    key: str
    title: str
    topic: str
    rules: tuple[ShippedRule, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Codes of the files and what people call them."""

    grades: Mapping[str, Mapping[str, str]]  # title, meaning
    topics: Mapping[str, str]
    shares: Mapping[str, str]
    units: Mapping[str, str]
    kinds: Mapping[str, str]
    places: Mapping[str, str]


def is_place(code: str) -> bool:
    return len(code) in _LEVELS and (code.isdecimal() or not code)

"""What a programme's file declares. Frozen, no models, no framework."""

import datetime
from dataclasses import dataclass

from jiceng.programmes.definition.thresholds import Threshold

LEVELS = {"city": 2, "county": 3, "town": 4, "village": 5}  # of the division tree


@dataclass(frozen=True, slots=True)
class Rung:
    """One status of the ladder. The ladder stands from low to high."""

    code: str
    title: str
    confirmed_by: str  # level whose officer confirms it: city, county, town
    point: bool = True  # whether a holder counts as a demonstration point


@dataclass(frozen=True, slots=True)
class BeltLevel:
    code: str
    title: str
    confirmed_by: str  # level whose officer confirms that a belt is built


@dataclass(frozen=True, slots=True)
class Named:
    """A code and what people call it: an anchor of belts, a kind of area, a type of a domain."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One numbered clause of the standard of points; empty until the county provides it."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of the programme's road map, with its day."""

    day: datetime.date
    title: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """The umbrella that a programme is one part of. Each part is a programme with a file of its
    own: its list of points, its targets, its costs.
    """

    title: str
    source: str
    parts: tuple[Named, ...]  # by the codes of their programmes; the programme itself among them


@dataclass(frozen=True, slots=True)
class Actions:
    """Lines of action that the source counts and names."""

    title: str
    source: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeltsBuilt:
    """How many belts are built: confirmed by a named person, their own conditions holding."""

    belt_level: str


@dataclass(frozen=True, slots=True)
class BeltMembers:
    """How many members of each belt hold a status.

    A higher status counts as well where `higher_counts`, beyond the `higher_reserved` ones that
    another target already asks for.
    """

    belt_level: str
    status: str
    kinds: tuple[str, ...]  # kinds of division counted; empty: every member unit
    higher_counts: bool
    higher_reserved: int


@dataclass(frozen=True, slots=True)
class BeltFloor:
    """That no member of a belt stands below a status."""

    belt_level: str
    status: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeltStars:
    """That party organisations of two-new organisations on a belt's main roads hold stars."""

    belt_level: str
    standard: str  # code of the standard that gives the stars
    stars: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of villages on belts, at each unit of a level or each area of a kind."""

    level: str  # one of the two is empty
    area_kind: str
    kinds: tuple[str, ...]
    belt_levels: tuple[str, ...]
    built_only: bool


@dataclass(frozen=True, slots=True)
class VillageStatus:
    """The share of villages that hold a status, themselves or by their party organisation."""

    level: str
    area_kind: str
    kinds: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class PointShare:
    """The share of points that hold a status."""

    status: str
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """How many points hold a status."""

    status: str
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """How many areas of a kind there are."""

    area_kind: str


Counted = (
    BeltsBuilt
    | BeltMembers
    | BeltFloor
    | BeltStars
    | Coverage
    | VillageStatus
    | PointShare
    | Points
    | Areas
)


@dataclass(frozen=True, slots=True)
class Target:
    code: str
    title: str
    kind: str  # as named in the file
    counted: Counted
    threshold: Threshold
    measured_in: str  # what the gap is counted in: 个村, 条
    definition: str  # how it is counted, in words an official can check
    source: str  # the sentence it carries out
    interpretation: str  # how an unclear sentence was read; empty where it is clear

    @property
    def belt_level(self) -> str:
        """The level of the belts judged one by one; empty for targets of other places."""
        per_belt = isinstance(self.counted, BeltMembers | BeltFloor | BeltStars)
        return self.counted.belt_level if per_belt else ""  # type: ignore[union-attr]  # tested just before

    @property
    def level(self) -> str:
        return getattr(self.counted, "level", "")

    @property
    def area_kind(self) -> str:
        judged_alone = isinstance(self.counted, Coverage | VillageStatus)
        return self.counted.area_kind if judged_alone else ""  # type: ignore[union-attr]  # tested just before


@dataclass(frozen=True, slots=True)
class Definition:
    """One programme, as its file declares it."""

    code: str
    title: str
    unit_code: str  # whose programme it is: the official code on the first day
    approval_ref: str
    source: str
    starts_on: datetime.date
    judged_on: datetime.date
    sunset_on: datetime.date
    cap_fen: int | None
    cap_points: int | None
    fictional: bool
    ladder: tuple[Rung, ...]
    point_kinds: tuple[str, ...]  # kinds of division that may be points
    domains: tuple[Named, ...]  # domains whose organisations may be points, with their type
    belt_levels: tuple[BeltLevel, ...]
    anchors: tuple[Named, ...]
    area_kinds: tuple[Named, ...]
    criteria: tuple[Criterion, ...]
    criteria_title: str
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]  # by day
    campaign: Campaign | None
    actions: Actions | None
    assumptions: tuple[str, ...]

    def rung(self, code: str) -> Rung | None:
        return next((rung for rung in self.ladder if rung.code == code), None)

    def rank(self, status: str) -> int:
        """Return how high a status stands, from 1; 0 for none."""
        codes = [rung.code for rung in self.ladder]
        return codes.index(status) + 1 if status in codes else 0

    def belt_level(self, code: str) -> BeltLevel | None:
        return next((level for level in self.belt_levels if level.code == code), None)

    def target(self, code: str) -> Target | None:
        return next((target for target in self.targets if target.code == code), None)

    def conditions_of(self, belt_level: str) -> list[Target]:
        """Return the targets that a belt of the level must meet before it counts as built."""
        return [target for target in self.targets if target.belt_level == belt_level]

    def title_of(self, status: str) -> str:
        rung = self.rung(status)
        return rung.title if rung else ""

    @property
    def unfilled(self) -> list[int]:
        """Return the numbers of the criteria that nobody has provided yet."""
        return [criterion.number for criterion in self.criteria if not criterion.text]

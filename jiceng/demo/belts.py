"""Belts of plausible shape: along each county's chain of towns, one city belt, then county belts.

Pure. Each town gives a share of its villages, the nearest to the line; shares are drawn so that
most towns and counties reach their targets and some fall short.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from shapely.geometry import LineString, Point

from jiceng.demo import geography

_ROADS = ("104国道", "228国道", "322国道", "330国道", "212省道", "218省道", "223省道", "332省道")
_METRES_A_DEGREE = 98_000  # along a line at 28° north, roughly; lengths are marked as made up


@dataclass(frozen=True, slots=True)
class Town:
    number: int
    name: str
    centre: tuple[float, float]
    villages: tuple[int, ...]  # with a village committee or not, in code order
    kind: str = ""


@dataclass(slots=True)
class BeltPlan:
    """A belt to be recorded: its line and its villages in order along it."""

    level: str  # "city" or "county"
    county: int
    name: str
    road: str
    line: list[tuple[float, float]]
    villages: list[int] = field(default_factory=list)

    @property
    def length_m(self) -> int:
        return round(LineString(self.line).length * _METRES_A_DEGREE)


def plan(
    county: int,
    towns: Sequence[Town],
    positions: Mapping[int, tuple[float, float]],
    chance: Random,
) -> list[BeltPlan]:
    """Return the county's belts, the city belt first. Towns without villages are left out."""
    towns = [town for town in towns if town.villages]
    if not towns:
        return []
    walk = [towns[at] for at in geography.chain([town.centre for town in towns])]
    belts = []
    for order, stretch in enumerate(_stretches(walk, chance)):
        level = "city" if order == 0 else "county"
        belts.append(_belt(county, level, stretch, positions, chance))
    return belts


def _stretches(walk: list[Town], chance: Random) -> list[list[Town]]:
    """Cut the chain of towns into stretches of two or three."""
    stretches, at = [], 0
    while at < len(walk):
        length = chance.choice((2, 2, 3))
        stretches.append(walk[at : at + length])
        at += length
    return stretches


def _belt(
    county: int,
    level: str,
    towns: list[Town],
    positions: Mapping[int, tuple[float, float]],
    chance: Random,
) -> BeltPlan:
    line = _line_through(towns)
    course = LineString(line)
    chosen: list[int] = []
    for town in towns:
        near = sorted(town.villages, key=lambda v: course.distance(Point(positions[v])))
        chosen += near[: round(len(near) * _share(chance))]
    chosen.sort(key=lambda village: course.project(Point(positions[village])))
    ends = [town.name.removesuffix("办事处").removesuffix("街道") for town in towns]
    name = f"{ends[0]}—{ends[-1]}示范带" if len(ends) > 1 else f"{ends[0]}示范带"
    return BeltPlan(level, county, name, chance.choice(_ROADS), line, chosen)


def _share(chance: Random) -> float:
    """Draw the share of a town's villages on its belt: one town in seven stays below half."""
    return chance.uniform(0.3, 0.49) if chance.random() < 1 / 7 else chance.uniform(0.55, 0.86)


def _line_through(towns: list[Town]) -> list[tuple[float, float]]:
    centres = [town.centre for town in towns]
    if len(centres) == 1:
        x, y = centres[0]
        centres = [(x - 0.03, y - 0.01), (x, y), (x + 0.03, y + 0.01)]
    return [(round(x, 5), round(y, 5)) for x, y in centres]

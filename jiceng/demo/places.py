"""Made-up positions for the towns and villages of the demonstration. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from jiceng.demo import geography
from jiceng.demo.chance import draw
from jiceng.demo.organisations import Division

# In 2018 Longgang was a town of Cangnan; today's outlines show the two apart.
_CANGNAN, _LONGGANG, _LONGGANG_TOWN = "330327", "330383", "330327101000"
# The economic zone has no outline of its own: it lies in Longwan.
_ZONE, _LONGWAN = "330371", "330303"


def outline_of(county: str) -> BaseGeometry:
    """Return a county's outline, by its six digits, as it was in 2018."""
    shapes = geography.outlines()
    if county == _CANGNAN:
        both = (geography.county_shape(shapes[code]) for code in (_CANGNAN, _LONGGANG))
        return geography.joined(both)
    return geography.county_shape(shapes[_LONGWAN if county == _ZONE else county])


def outlines_of(divisions: Sequence[Division]) -> dict[int, dict]:
    """Return the GeoJSON geometry of every county that has an outline of its own."""
    return {
        division.number: mapping(outline_of(division.code[:6]))
        for division in divisions
        if division.level == 3 and division.code[:6] != _ZONE
    }


def positions(divisions: Sequence[Division], seed: int) -> dict[int, tuple[float, float]]:
    """Return a position for every town and village: towns scattered in their county, villages
    around their town.
    """
    below: dict[int | None, list[Division]] = defaultdict(list)
    for division in divisions:
        below[division.parent].append(division)
    found: dict[int, tuple[float, float]] = {}
    for county in (division for division in divisions if division.level == 3):
        chance = draw(seed, f"places:{county.code}")
        outline = outline_of(county.code[:6])
        towns = below[county.number]
        centres = geography.scatter(geography.inner(outline), len(towns), chance)
        for town, centre in zip(towns, centres, strict=True):
            inside = outline
            if town.code == _LONGGANG_TOWN:
                inside = geography.county_shape(geography.outlines()[_LONGGANG])
                centre = geography.scatter(geography.inner(inside), 1, chance)[0]
            found[town.number] = (round(centre[0], 5), round(centre[1], 5))
            villages = [village.number for village in below[town.number]]
            spots = geography.around(centre, len(villages), inside, chance)
            found.update(zip(villages, spots, strict=True))
    return found

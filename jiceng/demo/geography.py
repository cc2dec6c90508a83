"""Made-up positions: towns and villages scattered inside the real outline of their county. Pure."""

import functools
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union
from shapely.prepared import prep

_FILE = Path(__file__).parent / "data" / "boundaries-wenzhou-counties.geojson"


@functools.cache
def outlines() -> dict[str, dict]:
    """Return the GeoJSON geometry of each county by its six-digit code."""
    collection = json.loads(_FILE.read_text(encoding="utf-8"))
    return {f["properties"]["adcode"]: f["geometry"] for f in collection["features"]}


def county_shape(geometry: dict) -> BaseGeometry:
    return shape(geometry)


def joined(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    return unary_union(list(shapes))


def inner(outline: BaseGeometry) -> BaseGeometry:
    """Return what lies about two kilometres inside an outline, or the outline if it is small."""
    shrunk = outline.buffer(-0.02)
    return outline if shrunk.is_empty else shrunk


def scatter(outline: BaseGeometry, count: int, chance: Random) -> list[tuple[float, float]]:
    """Return `count` points inside the outline that keep their distance from each other:
    of several candidates the one farthest from its neighbours is kept.
    """
    inside = prep(outline)
    west, south, east, north = outline.bounds
    found: list[tuple[float, float]] = []
    while len(found) < count:
        candidates: list[tuple[float, float]] = []
        while len(candidates) < 6:
            point = (chance.uniform(west, east), chance.uniform(south, north))
            if inside.contains(Point(point)):
                candidates.append(point)
        found.append(max(candidates, key=lambda point: _nearest(point, found)))
    return found


def around(
    centre: tuple[float, float], count: int, outline: BaseGeometry, chance: Random
) -> list[tuple[float, float]]:
    """Return `count` points near a centre, inside the outline; denser towards the centre."""
    inside = prep(outline)
    reach = 0.012 + 0.006 * math.sqrt(count)  # degrees
    found: list[tuple[float, float]] = []
    while len(found) < count:
        angle, distance = chance.uniform(0, math.tau), reach * math.sqrt(chance.random())
        point = (
            round(centre[0] + distance * math.cos(angle), 5),
            round(centre[1] + distance * math.sin(angle) * 0.88, 5),
        )
        if inside.contains(Point(point)):
            found.append(point)
        else:
            reach *= 0.98  # near the border: draw closer to the centre
    return found


def chain(points: Sequence[tuple[float, float]]) -> list[int]:
    """Return the order of a walk through all points: from the westernmost, always to the
    nearest not yet visited.
    """
    left = set(range(len(points)))
    here = min(left, key=lambda at: points[at])
    order = [here]
    left.discard(here)
    while left:
        here = min(left, key=lambda at: (distance(points[here], points[at]), at))
        order.append(here)
        left.discard(here)
    return order


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance in degrees, a degree of longitude shortened as at 28° north."""
    return math.hypot((a[0] - b[0]) * 0.88, a[1] - b[1])


def _nearest(point: tuple[float, float], others: list[tuple[float, float]]) -> float:
    return min((distance(point, other) for other in others), default=math.inf)

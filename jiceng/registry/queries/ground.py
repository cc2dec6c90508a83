"""Which village lies at a point of the map."""

import datetime
import json
import math

from shapely import Point, STRtree
from shapely.geometry import shape

from jiceng.registry.models import Boundary, Position
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries.units import shown

_NEAR, _FAR = 0.02, 0.2  # degrees; one is about 100 km


def is_outside(longitude: float, latitude: float, day: datetime.date) -> bool:
    """Say whether a point lies outside everything the register has an outline of; where it has
    none, nothing is outside. One statement.
    """
    rows = shown(Boundary.objects.on(day)).filter(unit__tree=Tree.DIVISION)
    outlines = [shape(json.loads(text)) for text in rows.values_list("outline", flat=True)]
    if not outlines:
        return False
    return len(STRtree(outlines).query(Point(longitude, latitude), predicate="intersects")) == 0


def village_near(longitude: float, latitude: float, day: datetime.date) -> int | None:
    """Return the village whose position is nearest to a point, none for nobody within some twenty
    kilometres. A guess that a person confirms: positions are points, villages are not. One or two
    statements.
    """
    for reach in (_NEAR, _FAR):
        rows = shown(Position.objects.on(day)).filter(
            unit__tree=Tree.DIVISION,
            unit__level=Level.VILLAGE,
            longitude__range=(longitude - reach, longitude + reach),
            latitude__range=(latitude - reach, latitude + reach),
        )
        found = list(rows.values_list("longitude", "latitude", "unit_id"))
        if found:
            shrink = math.cos(math.radians(latitude))  # a degree of longitude is shorter
            return min(
                found,
                key=lambda row: math.hypot((row[0] - longitude) * shrink, row[1] - latitude),
            )[2]
    return None


def position_of(unit: int, day: datetime.date) -> tuple[float, float] | None:
    """Return a unit's longitude and latitude, where it has them. One statement."""
    rows = shown(Position.objects.on(day)).filter(unit=unit)
    return rows.values_list("longitude", "latitude").first()

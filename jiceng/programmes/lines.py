"""Lines on the map: read from GeoJSON, measured in metres, and what lies near them.

Distances are measured in metres on CGCS2000 / 3-degree Gauss-Krueger (EPSG:4534 and on, by the
line's own middle longitude), which is within a ten-thousandth over a county.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from pyproj import Transformer
from shapely import LineString, MultiLineString, MultiPoint, Point, transform
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Geometry = Mapping[str, Any]  # a GeoJSON geometry

_FIRST_ZONE, _FIRST_MERIDIAN = 4534, 75  # EPSG code of the zone with central meridian 75° E


def faults_of_line(geometry: Geometry) -> list[str]:
    """Return what is wrong with a line, in words; nothing when it can be used."""
    if geometry.get("type") not in ("LineString", "MultiLineString"):
        return [_("走向必须是线（LineString 或 MultiLineString）。")]
    try:
        line = shape(dict(geometry))
    except (ShapelyError, TypeError, ValueError, KeyError, IndexError, AttributeError):
        return [_("走向的坐标不能识别，请按经度、纬度成对给出。")]
    if line.is_empty or line.length == 0:
        return [_("走向至少要有两个不同的点。")]
    west, south, east, north = line.bounds
    if not (73 <= west <= east <= 136 and 3 <= south <= north <= 54):
        return [_("走向的坐标不在我国范围内，请检查经度、纬度的先后和坐标系（应为 WGS-84 度）。")]
    return []


def line_in(document: object) -> Geometry | None:
    """Return the line of a GeoJSON document: a geometry, a feature, or a collection of features
    whose lines are taken together. None when it holds no line.
    """
    found = [geometry for geometry in _geometries(document) if not faults_of_line(geometry)]
    if not found:
        return None
    if len(found) == 1:
        return found[0]
    lines = [part for geometry in found for part in _parts(geometry)]
    return {"type": "MultiLineString", "coordinates": lines}


def _geometries(document: object) -> list[Geometry]:
    if not isinstance(document, Mapping):
        return []
    if document.get("type") == "FeatureCollection":
        features = document.get("features")
        parts = features if isinstance(features, list) else []
        return [geometry for part in parts for geometry in _geometries(part)]
    if document.get("type") == "Feature":
        return _geometries(document.get("geometry"))
    return [document]


def _parts(geometry: Geometry) -> list[object]:
    coordinates = geometry["coordinates"]
    if geometry["type"] == "LineString":
        return [coordinates]
    return list(coordinates) if isinstance(coordinates, list) else []


def length_of(geometry: Geometry) -> int:
    """Return the length of a line in whole metres."""
    line = shape(dict(geometry))
    return round(_in_metres(line, _zone_of(line)).length)


def near(
    geometry: Geometry, positions: Sequence[tuple[int, float, float]], metres: float
) -> list[int]:
    """Return what lies within `metres` of a line, in order along it.

    Args:
        positions: number, longitude, latitude (degrees) of each thing.
    """
    if not positions:
        return []
    line = shape(dict(geometry))
    zone = _zone_of(line)
    flat = _in_metres(line, zone)
    points = _in_metres(MultiPoint([(x, y) for _, x, y in positions]), zone)
    found = [
        (_along(flat, point), number)
        for (number, _x, _y), point in zip(positions, points.geoms, strict=True)
        if flat.distance(point) <= metres
    ]
    return [number for _, number in sorted(found)]


def _along(line: LineString | MultiLineString, point: Point) -> float:
    """Return how far along a line the place nearest to a point lies, its parts laid end to end."""
    parts = list(line.geoms) if isinstance(line, MultiLineString) else [line]
    nearest = min(range(len(parts)), key=lambda at: parts[at].distance(point))
    return sum(part.length for part in parts[:nearest]) + parts[nearest].project(point)


def _zone_of(line: BaseGeometry) -> int:
    west, _, east, _ = line.bounds
    return _FIRST_ZONE + round(((west + east) / 2 - _FIRST_MERIDIAN) / 3)


@functools.cache
def _to_zone(zone: int) -> Transformer:
    return Transformer.from_crs("EPSG:4490", f"EPSG:{zone}", always_xy=True)


def _in_metres(geometry: BaseGeometry, zone: int) -> Any:
    to_zone: Any = _to_zone(zone).transform
    return transform(geometry, to_zone, interleaved=False)

"""The map of one order: a point within the outline of its township."""

import datetime
import json
from typing import Any

from jiceng.orders.models import Order
from jiceng.orders.words import step_of, title_of
from jiceng.registry import paths
from jiceng.registry.models import Boundary
from jiceng.registry.queries import path_of, shown


def map_of_order(order: Order, day: datetime.date) -> str:
    """Return the data of the map as JSON (docs/ui.md, "Maps"). Two statements."""
    return json.dumps(
        {
            "statuses": [{"code": "", "title": step_of(order), "rank": 2}],
            "outlines": _collection(_outline(order, day)),
            "places": _collection([_point(order)] if order.latitude is not None else []),
        },
        ensure_ascii=False,
    )


def _point(order: Order) -> dict[str, Any]:
    place = [(order.longitude or 0) / 1_000_000, (order.latitude or 0) / 1_000_000]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {
            "number": order.pk,
            "name": title_of(order.kind),
            "status": "",
            "text": order.where,
            "note": "",
            "address": "",
            "made_up": False,
        },
    }


def _outline(order: Order, day: datetime.date) -> list[dict[str, Any]]:
    """Return the nearest outline of the places that hold the order."""
    above = paths.ids_of(path_of(order.place_id, day))
    found = dict(
        shown(Boundary.objects.on(day)).filter(unit__in=above).values_list("unit", "outline")
    )
    nearest = next((unit for unit in reversed(above) if unit in found), None)
    if nearest is None:
        return []
    shape = found[nearest]
    geometry = json.loads(shape) if isinstance(shape, str) else shape
    return [{"type": "Feature", "geometry": geometry, "properties": {"name": "", "tone": ""}}]


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}

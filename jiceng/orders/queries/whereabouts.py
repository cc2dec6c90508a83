"""Where a resident means: a place picked by name, a point on the map, or words alone."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.orders.refusals import NoSuchPlace, OffTheMap
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.paths import ids_of
from jiceng.registry.queries import described, is_outside, top_on, village_near
from jiceng.registry.search import find

_MICRO = 1_000_000
_PICKED = (Level.VILLAGE, Level.TOWN)
_WITH_COUNTY = (*_PICKED, Level.COUNTY)


@dataclass(frozen=True, slots=True)
class Place:
    """A division as a picker shows it."""

    number: int
    name: str
    above: str
    level: int


def locate(
    place: int | None, *, latitude: int | None, longitude: int | None, day: datetime.date
) -> int:
    """Return the division of an order: the one picked, else the village nearest to the point,
    else the top of the register, whose officers find out.

    Args:
        latitude, longitude: micro-degrees, both or neither.

    Raises:
        OffTheMap: the point lies outside everything that is kept here.
        NoSuchPlace: no such place, or nothing is kept at all.
    """
    near = None
    if latitude is not None and longitude is not None:
        east, north = longitude / _MICRO, latitude / _MICRO
        if is_outside(east, north, day):
            raise OffTheMap(_("地图上点的位置不在本地范围内。请重新点选，或者只写地方。"))
        near = None if place else village_near(east, north, day)
    top = None if place or near else top_on(day)
    found = place or near or (top.pk if top else None)
    if found is None:
        raise NoSuchPlace(_("没有这个地方，请从名录中选择。"))
    return found


def places_like(text: str, day: datetime.date, *, counties: bool = False) -> list[Place]:
    """Return villages and townships, and counties where asked, by name, part of a name, pinyin or
    initials.
    """
    levels = _WITH_COUNTY if counties else _PICKED
    hits = find(text, day=day, tree=Tree.DIVISION, levels=levels, limit=12)
    return places_of(list(dict.fromkeys(hit.unit for hit in hits)), day)


def places_of(numbers: Iterable[int], day: datetime.date) -> list[Place]:
    """Return places in the order of their numbers, what is none left out. Four statements."""
    asked = list(numbers)
    units = described(asked, day)
    above = {number: ids[-2] for number, unit in units.items() if len(ids := ids_of(unit.path)) > 1}
    names = {number: unit.name for number, unit in described(above.values(), day).items()}
    return [
        Place(number, units[number].name, names.get(above.get(number, 0), ""), units[number].level)
        for number in asked
        if number in units and units[number].tree == Tree.DIVISION
    ]

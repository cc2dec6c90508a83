"""Which divisions stand above a unit, and who is next above a handler."""

import datetime
from collections.abc import Iterable

from jiceng.access.queries import reach_of
from jiceng.orders.routing import Station
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level


def stations_of(unit: int, day: datetime.date) -> list[Station]:
    """Return the divisions that hold a unit, from the root down; of a division, itself among
    them; of an organisation, those it stands in. Three statements.
    """
    return stations_of_many([unit], day)[unit]


def stations_of_many(units: Iterable[int], day: datetime.date) -> dict[int, list[Station]]:
    """Return the divisions that hold each unit. Three statements."""
    asked = set(units)
    reach = reach_of(asked, day)
    # The last path of an organisation is its seat's; a division has one only, its own.
    lines = {unit: paths.ids_of(found[-1]) for unit, found in reach.items() if found}
    rows = Unit.objects.filter(pk__in={number for line in lines.values() for number in line})
    levels = dict(rows.filter(tree="division").values_list("pk", "level"))
    return {
        unit: [Station(one, levels[one]) for one in lines.get(unit, []) if one in levels]
        for unit in asked
    }


def above_of(unit: int, day: datetime.date) -> Station:
    """Return the township or higher division next above a unit; for an organisation the county
    or city it serves; the top itself, which has nobody above. Three statements.
    """
    stations = stations_of(unit, day)
    fit = [one for one in stations if one.unit != unit and one.level <= Level.TOWN]
    return fit[-1] if fit else stations[0]


def first_of(stations: Iterable[Station]) -> Station:
    """Return the station that receives what nobody received before: the township."""
    rows = list(stations)
    fit = [one for one in rows if one.level <= Level.TOWN]
    return (fit or rows)[-1]

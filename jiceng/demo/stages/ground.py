"""The ground: divisions of 2018, their outlines, made-up positions, and the organisations."""

from dataclasses import replace

from jiceng.demo import divisions, organisations, places
from jiceng.demo.chance import draw
from jiceng.demo.city import ASSUMPTION, START, City
from jiceng.exchange.editions.founding import found_from_edition
from jiceng.exchange.editions.rows import Row
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.operations import found_units, remark_on_units

_CHUNK = 380  # about five rows each: under 2,000 rows a transaction


def found_divisions(city: City, county: str) -> None:
    rows = [Row(*row) for row in divisions.rows_of(divisions.EDITION_2018, county)]
    numbers = found_from_edition(rows, START, by="system", at=city.at)
    city.divisions = [
        organisations.Division(
            number=numbers[row.code],
            code=row.code,
            name=row.name,
            kind=row.kind,
            level=row.level,
            parent=numbers.get(row.parent),
        )
        for row in rows
    ]
    root = next(division.number for division in city.divisions if division.level == Level.CITY)
    remark_on_units({root: ASSUMPTION}, day=START, by="system", at=city.at)


def lay_out(city: City) -> None:
    """Draw positions. They are recorded with the register's own operations."""
    city.positions = places.positions(city.divisions, city.seed)


def found_organisations(city: City) -> None:
    """Found the organisations, parents first, in chunks whose parents stand already."""
    city.plan = organisations.plan(city.divisions, draw(city.seed, "organisations"))
    planned = city.plan.foundings
    for start in range(0, len(planned), _CHUNK):
        chunk = [
            _anchored(founding, city.organisations, start)
            for founding in planned[start : start + _CHUNK]
        ]
        city.organisations += found_units(
            chunk, tree=Tree.ORGANISATION, day=START, by="system", at=city.at
        )


def _anchored(
    founding: organisations.Founding, standing: list[int], start: int
) -> organisations.Founding:
    """Return the founding with its parent as a number, or as a row of its own chunk."""
    row = founding.parent_row
    if row is None:
        return founding
    if row >= start:
        return replace(founding, parent_row=row - start)
    return replace(founding, parent_row=None, parent=standing[row])

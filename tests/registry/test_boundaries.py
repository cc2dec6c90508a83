"""Outlines of units on the map."""

import datetime
import json

import pytest

from jiceng.registry.models import Boundary
from jiceng.registry.operations import NotAnOutline, record_boundaries
from tests.conftest import NOON

SQUARE = {"type": "Polygon", "coordinates": [[[120, 27], [121, 27], [121, 28], [120, 27]]]}
LATER = datetime.date(2019, 9, 25)


def outline(unit, geometry, day):
    record_boundaries({unit: geometry}, source="示例", day=day, by="system", at=NOON)


def test_an_outline_holds_from_its_day_until_the_next(county):
    wider = {**SQUARE, "coordinates": [[[119, 27], [121, 27], [121, 28], [119, 27]]]}
    outline(county.county, SQUARE, county.start)
    outline(county.county, wider, LATER)

    then = Boundary.objects.on(county.start).get(unit=county.county)
    now = Boundary.objects.on(LATER).get(unit=county.county)
    assert json.loads(then.outline) == SQUARE
    assert json.loads(now.outline) == wider


@pytest.mark.parametrize(
    "geometry",
    [{"type": "Point", "coordinates": [120, 27]}, {"type": "Polygon", "coordinates": []}],
)
def test_what_encloses_nothing_is_refused(county, geometry):
    with pytest.raises(NotAnOutline):
        outline(county.county, geometry, county.start)

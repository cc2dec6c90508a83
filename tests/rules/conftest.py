"""Villages of four provinces, one of them made up, each below its city, county and town."""

import datetime

import pytest

from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import Founding, found_units
from tests.conftest import NOON

BEGAN = datetime.date(2010, 1, 1)
PLACES = [
    ("浙江省", Kind.PROVINCE, Level.PROVINCE, "330000000000", ""),
    ("宁波市", Kind.CITY, Level.CITY, "330200000000", "浙江省"),
    ("宁海县", Kind.COUNTY, Level.COUNTY, "330226000000", "宁波市"),
    ("宁海一镇", Kind.TOWNSHIP, Level.TOWN, "330226100000", "宁海县"),
    ("宁海一村", Kind.VILLAGE, Level.VILLAGE, "330226100201", "宁海一镇"),
    ("宁海二村", Kind.VILLAGE, Level.VILLAGE, "330226100202", "宁海一镇"),
    ("温州市", Kind.CITY, Level.CITY, "330300000000", "浙江省"),
    ("乐清市", Kind.COUNTY, Level.COUNTY, "330382000000", "温州市"),
    ("乐清一镇", Kind.TOWNSHIP, Level.TOWN, "330382100000", "乐清市"),
    ("乐清一村", Kind.VILLAGE, Level.VILLAGE, "330382100201", "乐清一镇"),
    ("山东省", Kind.PROVINCE, Level.PROVINCE, "370000000000", ""),
    ("济南市", Kind.CITY, Level.CITY, "370100000000", "山东省"),
    ("章丘区", Kind.COUNTY, Level.COUNTY, "370114000000", "济南市"),
    ("章丘一镇", Kind.TOWNSHIP, Level.TOWN, "370114100000", "章丘区"),
    ("章丘一村", Kind.VILLAGE, Level.VILLAGE, "370114100201", "章丘一镇"),
    # A register that begins with its city, in a province nobody wrote rules for.
    ("甲市", Kind.CITY, Level.CITY, "990100000000", ""),
    ("乙县", Kind.COUNTY, Level.COUNTY, "990102000000", "甲市"),
    ("东镇", Kind.TOWNSHIP, Level.TOWN, "990102001000", "乙县"),
    ("上村", Kind.VILLAGE, Level.VILLAGE, "990102001001", "东镇"),
    ("下村", Kind.VILLAGE, Level.VILLAGE, "990102001002", "东镇"),
]


@pytest.fixture
def places(db):
    """Return the numbers of the places by name."""
    rows = {name: at for at, (name, *_rest) in enumerate(PLACES)}
    numbers = found_units(
        [
            Founding(name, kind, level, code, parent_row=rows.get(above))
            for name, kind, level, code, above in PLACES
        ],
        tree=Tree.DIVISION,
        day=BEGAN,
        by="system",
        at=NOON,
    )
    return dict(zip(rows, numbers, strict=True))

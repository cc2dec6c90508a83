"""A register of the size of the country: founded within bounds, found in, and read as of a day."""

import datetime
import itertools

import pytest

from bench.figures import Watch
from jiceng.exchange.editions.founding import found_from_edition
from jiceng.exchange.editions.rows import rows_of
from jiceng.registry import paths
from jiceng.registry.models import Placement, Unit, UnitPath
from jiceng.registry.queries import path_of, subtree_of, unit_by_code
from jiceng.registry.search import find
from tests.conftest import NOON, START
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
PROVINCES = size(small=2, full=31)
CITIES = size(small=2, full=11)  # of each province
COUNTIES = size(small=3, full=9)  # of each city
TOWNS = size(small=3, full=13)  # of each county
ALL = size(small=3_000, full=665_276)
MOST_MB = size(small=1_000_000, full=1_000)  # small runs share their process with other tests


def codes():
    """Return the codes of each level above the villages, as many digits as the level has."""
    provinces = [str(11 + n) for n in range(PROVINCES)]
    cities = [f"{above}{1 + n:02d}" for above in provinces for n in range(CITIES)]
    counties = [f"{above}{1 + n:02d}" for above in cities for n in range(COUNTIES)]
    towns = [f"{above}{1 + n:03d}" for above in counties for n in range(TOWNS)]
    return provinces, cities, counties, towns


def edition():
    """Return the rows of a made-up country of ALL divisions, villages spread over its towns."""
    *above, towns = codes()
    named = zip(("省", "市", "县"), above, strict=True)
    higher = [(end, code) for end, codes_ in named for code in codes_]
    levels = {2: "1", 4: "2", 6: "3"}
    table = [(levels[len(code)], code, f"第{code}{end}") for end, code in higher]
    table += [("4", code, f"第{code}镇") for code in towns]
    wanted = ALL - len(table)
    for number, town in zip(range(wanted), itertools.cycle(towns), strict=False):
        code = f"{town}{1 + number // len(towns):03d}"
        table.append(("5", code, f"上王{code}村委会"))
    return rows_of(enumerate([("level", "code", "name"), *table], start=1))


def test_a_country_is_founded_found_in_and_read(db):
    rows = edition()
    with Watch() as founding:
        numbers = found_from_edition(rows, START, by="system", at=NOON)

    assert len(numbers) == ALL == Unit.objects.count() == UnitPath.objects.count()
    assert founding.peak_mb < MOST_MB
    _assert_paths_are_placements()
    for code in codes()[2][:: size(small=5, full=300)]:
        county = path_of(numbers[f"{code:0<12}"], START)
        below = {row.code for row in rows if row.code.startswith(code)}
        assert {unit.code for unit in subtree_of(county, START)} == below
    _assert_search_is_bounded(numbers)
    note("a country founded and searchable", founding.seconds, "s", at_size=f"{ALL:,} divisions")
    note("memory while a country is founded", founding.peak_mb, "MB", at_size=f"{ALL:,} divisions")


def _assert_paths_are_placements():
    """Every unit's path ends in its parent and itself, as its placement says."""
    above = dict(Placement.objects.values_list("unit_id", "parent_id"))
    for unit, path in UnitPath.objects.values_list("unit_id", "path").iterator():
        steps = paths.ids_of(path)
        assert steps[-1] == unit
        assert above[unit] == (steps[-2] if len(steps) > 1 else None)


def _assert_search_is_bounded(numbers):
    """What fits hundreds of thousands of names answers with as many as asked for, in scope."""
    scope = path_of(numbers[f"{codes()[2][-1]:0<12}"], START)
    for text in ("上王", "shangwang", "村委会"):
        hits = find(text, day=START, within=[scope], limit=20)
        assert len(hits) == 20, text
        assert {paths.covers(scope, path_of(hit.unit, START)) for hit in hits} == {True}
    last = max(numbers)
    assert [hit.unit for hit in find(last, day=START)] == [numbers[last]]
    assert unit_by_code(last, START).pk == numbers[last]
    assert find("上王", day=START - datetime.timedelta(days=1)) == []

"""Rolling up a city's figures, and counting a month of them anew."""

import datetime
from collections.abc import Iterator

import numpy as np
from django.utils import timezone

from bench.figures import Figure, Watch, figure
from jiceng.core.periods import Month
from jiceng.measures.operations import refresh_for
from jiceng.measures.queries import figures, figures_of_children
from jiceng.measures.registry import MEASURES, SOURCES
from jiceng.measures.rollup import roll_up, subtree_ends
from jiceng.registry.models import Unit, VillageFact
from jiceng.registry.models.units import Domain, Kind, Level, Tree
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.operations.facts import FactRow, record_facts

EVENING = datetime.datetime(2018, 1, 15, 20, tzinfo=timezone.get_default_timezone())
START = datetime.date(2017, 1, 1)
MONTH = Month(2017, 12)
COUNTIES, TOWNS, VILLAGES, ORGANISATIONS = 12, 190, 5_879, 27_000
DONE = {"by": "system", "at": EVENING}
TIMES = 5


def _parents(units: int, depth: int = 7) -> np.ndarray:
    """Return a random tree in depth-first order."""
    chance = np.random.default_rng(2017)
    parents, way = [-1], [0]
    for row in range(1, units):
        way = way[: chance.integers(1, depth)]
        parents.append(way[-1])
        way.append(row)
    return np.array(parents, dtype=np.int32)


@figure
def rolling_up() -> Iterator[Figure]:
    """20 measures × 12 months, own values given, beside a bare running total of the same array."""
    ends = subtree_ends(_parents(33_000))
    own = np.random.default_rng(1).integers(0, 1_000, (240, 33_000), dtype=np.int64)
    size = "20 measures × 12 months × 33,000 units"
    ours, bare = [], []
    for _time in range(TIMES):
        with Watch() as watch:
            roll_up(own, ends)
        ours.append(watch.seconds)
        with Watch() as watch:
            np.cumsum(own, axis=1)
        bare.append(watch.seconds)
    yield Figure("measures.rollup", min(ours), "s", size)
    yield Figure("measures.rollup.first", ours[0], "s", size)
    yield Figure("measures.rollup.bare_numpy_pass", min(bare), "s", size)


@figure
def counting_a_month() -> Iterator[Figure]:
    """Every measure of every source, one month, both trees; then reading what pages show."""
    city, county = _found_city()
    size = f"{len(MEASURES.entries)} measures × {TOWNS + VILLAGES + ORGANISATIONS:,} units"
    for name in ("first", "again"):
        with Watch() as watch:
            refresh_for(list(SOURCES.entries), [MONTH], EVENING)
        yield Figure(f"measures.month.{name}", watch.seconds, "s", size)
        yield Figure(f"measures.month.{name}.memory", watch.peak_mb, "MB", size)
    for code in SOURCES.entries:
        with Watch() as watch:
            refresh_for([code], [MONTH], EVENING)
        yield Figure(f"measures.month.{code}", watch.seconds, "s", size)
    codes = [measure.code for measure in MEASURES if Tree.DIVISION in measure.trees]
    with Watch() as watch:
        figures(codes, county, MONTH)
    yield Figure("measures.figures_of_a_unit", watch.seconds * 1000, "ms", f"{len(codes)} measures")
    with Watch() as watch:
        figures_of_children(codes, city, MONTH)
    told = f"{len(codes)} measures × {COUNTIES} children"
    yield Figure("measures.figures_of_children", watch.seconds * 1000, "ms", told)


def _found_city() -> tuple[Unit, Unit]:
    """Found a city of the right size, with village facts and branches at their villages."""
    city = Founding("市", Kind.CITY, Level.CITY)
    counties = [
        Founding(f"县{n}", Kind.COUNTY, Level.COUNTY, parent_row=0) for n in range(COUNTIES)
    ]
    towns = [
        Founding(f"镇{n}", Kind.TOWNSHIP, Level.TOWN, parent_row=1 + n % COUNTIES)
        for n in range(TOWNS)
    ]
    villages = [
        Founding(f"村{n}", Kind.VILLAGE, Level.VILLAGE, parent_row=1 + COUNTIES + n % TOWNS)
        for n in range(VILLAGES)
    ]
    rows = [city, *counties, *towns, *villages]
    divisions = found_units(rows, tree=Tree.DIVISION, day=START, searchable=False, **DONE)
    _found_organisations(divisions[-VILLAGES:])
    facts = [
        FactRow(village, kind, 100 + number % 900, START, "")
        for number, village in enumerate(divisions[-VILLAGES:])
        for kind in VillageFact.Kind
    ]
    record_facts(facts, **DONE)
    numbers = divisions[:2]
    return Unit.objects.get(pk=numbers[0]), Unit.objects.get(pk=numbers[1])


def _found_organisations(villages: list[int]) -> None:
    committees = [Founding("市委", Kind.PARTY_COMMITTEE, 1)]
    committees += [
        Founding(f"党委{n}", Kind.PARTY_COMMITTEE, 2, parent_row=0) for n in range(TOWNS)
    ]
    branches = [
        Founding(
            f"支部{n}",
            Kind.BRANCH,
            3,
            parent_row=1 + n % TOWNS,
            domain=list(Domain)[n % len(Domain)],
            seat=villages[n % VILLAGES],
        )
        for n in range(ORGANISATIONS - len(committees))
    ]
    rows = [*committees, *branches]
    found_units(rows, tree=Tree.ORGANISATION, day=START, searchable=False, **DONE)

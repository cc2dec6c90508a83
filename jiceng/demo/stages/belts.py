"""The programme of 2017: city and county belts of plausible shape, statuses, and what holds."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from jiceng import programmes
from jiceng.accounts.models import User
from jiceng.demo import belts as shapes
from jiceng.demo.belts import BeltPlan as Shape
from jiceng.demo.chance import draw
from jiceng.demo.chunks import chunks
from jiceng.demo.city import City
from jiceng.demo.organisations import Division
from jiceng.programmes.models import Programme
from jiceng.programmes.operations import (
    AreaPlan,
    BeltPlan,
    MemberPlan,
    Proposal,
    confirm_built,
    confirm_statuses,
    judge_programme,
    load_programme,
    propose_statuses,
    record_areas,
    record_belts,
    set_members,
)
from jiceng.programmes.refusals import NotBuiltYet
from jiceng.registry.models.units import Kind

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_FILE = Path(programmes.__file__).parent / "data" / "wenzhou-belts-2017.yaml"
PLANNED = datetime.date(2017, 5, 8)
NAMED = datetime.date(2017, 9, 20)
FINISHED = datetime.date(2017, 12, 20)
_CITY_BELTS_WITH_TOO_FEW = {2, 9}  # of the twelve: only three city demonstration villages
_CITY_BELTS_WITH_GAPS = {5}  # two villages not yet up to standard
_CITY_BELTS_WITH_LOW_STARS = {3, 7, 11}


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), _SHANGHAI)


def run(city: City, by: User) -> list[Shape]:
    """Load the programme of 2017, lay its belts, name its villages, confirm what holds, judge.

    Return the shapes of its belts, the city belts first.
    """
    programme = load_programme(_FILE.read_text(encoding="utf-8"), by=by, at=_noon(PLANNED))
    planned = _shapes(city)
    numbers = record_belts(
        programme,
        [_plan(city, place, shape) for place, shape in enumerate(planned, start=1)],
        day=PLANNED,
        by=by,
        at=_noon(PLANNED),
    )
    _set_members(city, programme, dict(zip(numbers, planned, strict=True)), by)
    _mark_cluster(city, programme, by)
    _name_villages(city, programme, planned, by)
    _confirm(programme, numbers, by)
    judge_programme(programme, programme.judged_on, at=city.at)
    return planned


def _shapes(city: City) -> list[Shape]:
    """Return the belts of all counties, the city belts first."""
    below: dict[int | None, list[Division]] = defaultdict(list)
    for division in city.divisions:
        below[division.parent].append(division)
    found: list[Shape] = []
    for county in (division for division in city.divisions if division.level == 3):
        towns = [
            shapes.Town(
                number=town.number,
                name=town.name,
                centre=city.positions[town.number],
                villages=tuple(v.number for v in below[town.number] if v.kind == Kind.VILLAGE),
            )
            for town in below[county.number]
        ]
        chance = draw(city.seed, f"belts:{county.code}")
        found += shapes.plan(county.number, towns, city.positions, chance)
    return sorted(found, key=lambda shape: shape.level != "city")


def _plan(city: City, place: int, shape: Shape) -> BeltPlan:
    return BeltPlan(
        number=f"{place:03d}",
        name=shape.name,
        level=shape.level,
        unit=shape.county,
        anchor="national_road" if "国道" in shape.road else "provincial_road",
        anchor_road=shape.road,
        main_roads=(shape.road,),
        line={"type": "LineString", "coordinates": [list(point) for point in shape.line]},
        length_m=shape.length_m,
    )


def _set_members(city: City, programme: Programme, belts: dict[int, Shape], by: User) -> None:
    members = {
        number: list(_members(city, place, shape))
        for place, (number, shape) in enumerate(belts.items(), start=1)
    }
    for number, plans in members.items():
        set_members({number: plans}, programme=programme, day=PLANNED, by=by, at=_noon(PLANNED))


def _members(city: City, place: int, shape: Shape) -> Iterator[MemberPlan]:
    """Yield a belt's villages in order, and on a city belt, behind each village, its enterprises
    and their organisations; those on the main road are marked.
    """
    chance = draw(city.seed, f"members:{place}")
    low = place in _CITY_BELTS_WITH_LOW_STARS
    for village in shape.villages:
        yield MemberPlan(unit=village)
        if shape.level != "city":
            continue
        for organisation in city.branches_in(village):
            stars = city.stars.get(organisation, 0)
            yield MemberPlan(
                unit=organisation,
                on_main_road=(stars >= 4 or low) and chance.random() < 0.4,
            )
        for enterprise in city.without_branch_in(village):
            yield MemberPlan(two_new_org=enterprise, on_main_road=chance.random() < 0.3)


def _mark_cluster(city: City, programme: Programme, by: User) -> None:
    """Take the economic zone, and a new area of another county, for a provincial cluster."""
    codes = {"330371000000", "330326401000"}
    units = tuple(division.number for division in city.divisions if division.code in codes)
    if units:
        plan = AreaPlan(
            "cluster-1", "省级产业集聚区（演示范围）", "provincial_cluster", units, "演示用虚构名单"
        )
        record_areas(programme, [plan], day=PLANNED, by=by, at=_noon(PLANNED))


def _name_villages(city: City, programme: Programme, planned: Sequence[Shape], by: User) -> None:
    statuses: dict[int, str] = {}
    for place, shape in enumerate(planned, start=1):
        chance = draw(city.seed, f"statuses:{place}")
        named = (
            _city_belt(place, shape, chance)
            if shape.level == "city"
            else _county_belt(shape, chance)
        )
        for village, status in named:
            statuses.setdefault(village, status)
    proposals = [Proposal(village, status) for village, status in statuses.items() if status]
    at = _noon(NAMED)
    for rows in chunks(proposals):
        numbers = propose_statuses(programme, rows, day=NAMED, by=by, at=at)
        confirm_statuses(programme, numbers, day=NAMED, by=by, at=at)


def _city_belt(place: int, shape: Shape, chance: Random) -> Iterator[tuple[int, str]]:
    city_demos = 3 if place in _CITY_BELTS_WITH_TOO_FEW else chance.randint(4, 6)
    gaps = 2 if place in _CITY_BELTS_WITH_GAPS else 0
    order = chance.sample(shape.villages, len(shape.villages))
    for at, village in enumerate(order):
        if at < city_demos:
            yield village, "city_demo"
        elif at < city_demos + 4:
            yield village, "county_demo"
        elif at < len(order) - gaps:
            yield village, "up_to_standard"


def _county_belt(shape: Shape, chance: Random) -> Iterator[tuple[int, str]]:
    city_demos = chance.choices((0, 1, 2), weights=(12, 70, 18))[0]
    county_demos = chance.choices((1, 2, 3, 4), weights=(10, 40, 30, 20))[0]
    for at, village in enumerate(chance.sample(shape.villages, len(shape.villages))):
        if at < city_demos:
            yield village, "city_demo"
        elif at < city_demos + county_demos:
            yield village, "county_demo"
        elif chance.random() < 0.8:
            yield village, "up_to_standard"


def _confirm(programme: Programme, numbers: Sequence[int], by: User) -> None:
    """Confirm as built each belt whose conditions hold; the others stay open, as they would."""
    for number in numbers:
        try:
            confirm_built(programme, [number], day=FINISHED, by=by, at=_noon(FINISHED))
        except NotBuiltYet:
            continue

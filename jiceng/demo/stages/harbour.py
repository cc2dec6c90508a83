"""A second programme, fictional and running now: points of several domains, some belts, costs,
and proposals that wait for confirmation.
"""

import datetime
from pathlib import Path

from jiceng import programmes
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.demo.belts import BeltPlan as Shape
from jiceng.demo.chance import draw
from jiceng.demo.chunks import chunks
from jiceng.demo.city import City
from jiceng.programmes.models import Programme
from jiceng.programmes.operations import (
    BeltPlan,
    Expense,
    MemberPlan,
    Proposal,
    confirm_built,
    confirm_statuses,
    judge_programme,
    load_programme,
    propose_statuses,
    record_belts,
    record_costs,
    set_members,
)
from jiceng.programmes.refusals import NotBuiltYet
from jiceng.registry.models.units import Domain, Kind

_FILE = Path(programmes.__file__).parent / "data" / "harbour-demonstration.yaml"
_BEGUN = datetime.date(2026, 3, 2)
_BELTS = 8
_POINTS = 180
_WAITING = 12


def run(city: City, shapes: list[Shape], by: User) -> None:
    """Load the programme, name its points and belts, leave some proposals waiting, judge today."""
    programme = load_programme(_FILE.read_text(encoding="utf-8"), by=by, at=city.at)
    _name_points(city, programme, by)
    _lay_belts(city, programme, [s for s in shapes if s.level == "county"][:_BELTS], by)
    _spend(city, programme, by)
    judge_programme(programme, clock.day_of(city.at), at=city.at)


def _name_points(city: City, programme: Programme, by: User) -> None:
    """Propose villages, communities and organisations; confirm all but the last few."""
    chance = draw(city.seed, "harbour")
    places = [d.number for d in city.divisions if d.kind in {Kind.VILLAGE, Kind.COMMUNITY}]
    branches = [
        city.organisations[row]
        for row, _firm, domain in city.plan.two_new
        if domain in {Domain.PRIVATE_ENTERPRISE, Domain.SOCIAL_ORGANISATION}
    ]
    wanted = min(_POINTS, len(places) // 3)
    units = [*chance.sample(places, wanted), *chance.sample(branches, wanted // 3)]
    statuses = ("demonstration", "demonstration", "demonstration", "boutique", "candidate")
    proposals = [Proposal(unit, chance.choice(statuses)) for unit in units]
    for rows in chunks(proposals):
        numbers = propose_statuses(programme, rows, day=_BEGUN, by=by, at=city.at)
        confirm_statuses(
            programme,
            numbers[:-_WAITING],
            day=clock.day_of(city.at),
            by=by,
            at=city.at,
        )


def _lay_belts(city: City, programme: Programme, shapes: list[Shape], by: User) -> None:
    plans = [
        BeltPlan(
            number=f"{place:03d}",
            name=f"先锋{place}号带（虚构）",
            level="county",
            unit=shape.county,
            anchor="coast_road",
            anchor_road=shape.road,
            line={"type": "LineString", "coordinates": [list(point) for point in shape.line]},
            length_m=shape.length_m,
        )
        for place, shape in enumerate(shapes, start=1)
    ]
    numbers = record_belts(programme, plans, day=_BEGUN, by=by, at=city.at)
    for number, shape in zip(numbers, shapes, strict=True):
        members = [MemberPlan(unit=village) for village in shape.villages]
        set_members({number: members}, programme=programme, day=_BEGUN, by=by, at=city.at)
    for number in numbers:
        try:
            confirm_built(programme, [number], day=clock.day_of(city.at), by=by, at=city.at)
        except NotBuiltYet:
            continue


def _spend(city: City, programme: Programme, by: User) -> None:
    chance = draw(city.seed, "harbour:costs")
    counties = [division for division in city.divisions if division.level == 3]
    record_costs(
        programme,
        [
            Expense(
                unit=county.number,
                amount_fen=chance.randint(20, 160) * 100_000,
                spent_on=_BEGUN + datetime.timedelta(days=chance.randint(10, 200)),
                purpose="示范点标识和便民设施（虚构）",
            )
            for county in counties
        ],
        by=by,
        at=city.at,
    )

"""Grids of a few villages of the sample town, its roster, and made-up lists of duties: what is
official in them says that it is made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jiceng.demo import divisions, names
from jiceng.demo.chance import draw
from jiceng.demo.city import START, City
from jiceng.demo.organisations import Division, base_name
from jiceng.exchange.editions.rows import Row
from jiceng.orders.operations.duty import DutyRow, ShiftRow, declare_shifts, record_duty_items
from jiceng.orders.operations.grids import (
    AccessRow,
    CardRow,
    LineRow,
    PointRow,
    admit_to_grids,
    describe_grids,
    open_observation_points,
    share_grids,
)
from jiceng.registry.models import VillageFact
from jiceng.registry.models.units import Domain, Kind, Level, Tree
from jiceng.registry.operations import (
    FactRow,
    Founding,
    PersonRow,
    PostRow,
    appoint,
    found_units,
    record_facts,
    seat_organisations,
)
from jiceng.registry.queries import facts_of

_DOCUMENT = "演示用虚构文件1号"
_VILLAGES = 4
_HOUSEHOLDS = 400  # of a grid, about
_AREAS = ("东片", "南片", "西片", "北片")
_LINES = ("party_building", "law_and_order", "civil_affairs", "city_management")
_ACCESS = (
    ("发现垃圾没有清运", "rubbish.uncollected"),
    ("发现路灯不亮", "lamp.out"),
    ("上门看望独居老人", "care.elderly"),
    ("邻里小纠纷先行劝解", "neighbours.dispute"),
)
# Which duties the offices of each county hold in the demonstration.
_OFFICES = {
    "综合执法局": ("lamps", "covers", "streets", "illegal_building"),
    "交通局": ("roads", "public_transport"),
    "水利局": ("rivers", "water_supply"),
    "住建局": ("drainage", "unsafe_housing", "property_management"),
    "人力社保局": ("wages", "employment"),
    "农业农村局": ("farm_supplies", "collective_assets", "land_contracts", "animal_health"),
    "民政局": ("elderly_care",),
    "应急管理局": ("hazards", "production_safety", "disaster_response"),
    "公安局": ("dogs", "parking", "traffic_signals"),
    "教育局": ("schools",),
}
_OF_TOWN = ("relief", "disclosure", "streets", "disaster_response")
_OF_VILLAGE = ("village_works", "mediation", "village_cleaning", "convenience")


@dataclass(slots=True)
class _Draft:
    """A grid on its way into the register."""

    village: Division
    number: int  # within its village
    households: int
    branch: int | None
    grid: int = 0
    areas: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    hubs: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{base_name(self.village.name)}第{self.number}网格"

    @property
    def code(self) -> str:
        return f"{self.village.code}{self.number:03d}"


def run(city: City, county: str) -> None:
    """Draw grids, staff and describe them; set up lists of duties, of access, and a roster."""
    drafts = list(_drafts(city, county))
    _found(city, drafts)
    _staff(city, drafts)
    _describe(city, drafts)
    _set_up_lists(city)


def _drafts(city: City, county: str) -> Iterator[_Draft]:
    """Draw grids for the sample village and a few with branches of their own, of villages that
    the next edition leaves as they are.
    """
    town, sample = city.sample_town().number, city.sample_village()
    edition = [Row(*row) for row in divisions.rows_of(divisions.EDITION_2023, county)]
    later = {(row.code, row.name) for row in edition}
    stay = [d for d in city.divisions if d.parent == town and (d.code, d.name) in later]
    with_branches = [d for d in stay if _branches(city, d) and d.number != sample.number]
    yield from _of_village(city, sample)
    for village in with_branches[:_VILLAGES]:
        yield from _of_village(city, village)


def _branches(city: City, village: Division) -> list[int]:
    """Return the branches below a village's own organisation."""
    row = city.plan.of_division[village.number]
    planned = city.plan.foundings
    return [city.organisations[at] for at, one in enumerate(planned) if one.parent_row == row]


def _of_village(city: City, village: Division) -> Iterator[_Draft]:
    kind = VillageFact.Kind.HOUSEHOLDS
    households = next(f.value for f in facts_of(village.number, START) if f.kind == kind)
    branches = _branches(city, village)
    count = max(1, min(len(branches) or 2, round(households / _HOUSEHOLDS)))
    for number in range(1, count + 1):
        # Shares of the whole, so that the grids add up to the village.
        share = households * number // count - households * (number - 1) // count
        branch = branches[number - 1] if number <= len(branches) else None
        yield _Draft(village, number, share, branch)


def _found(city: City, drafts: list[_Draft]) -> None:
    done: dict[str, Any] = {"by": "system", "at": city.at}
    foundings = [
        Founding(draft.name, Kind.GRID, Level.GRID, draft.code, parent=draft.village.number)
        for draft in drafts
    ]
    for draft, number in zip(
        drafts, found_units(foundings, tree=Tree.DIVISION, day=START, **done), strict=True
    ):
        draft.grid = number
    parts = [(draft, place) for draft in drafts for place in range(len(_AREAS))]
    areas = [
        Founding(
            f"第{draft.number}网格{_AREAS[place]}",
            Kind.MICRO_GRID,
            Level.MICRO_GRID,
            f"{draft.code}{place + 1:02d}",
            parent=draft.grid,
        )
        for draft, place in parts
    ]
    for (draft, _place), number in zip(
        parts, found_units(areas, tree=Tree.DIVISION, day=START, **done), strict=True
    ):
        draft.areas.append(number)
    seats = {draft.branch: draft.grid for draft in drafts if draft.branch}
    if seats:  # the villages of a small county may have no branches of their own
        seat_organisations(seats, day=START, **done)
        _found_groups(city, [draft for draft in drafts if draft.branch])


def _found_groups(city: City, drafts: list[_Draft]) -> None:
    """Found a building group in every micro-grid, and a hub below each."""
    done: dict[str, Any] = {"by": "system", "at": city.at}
    domain = {
        Kind.COMMUNITY: Domain.COMMUNITY,
    }
    places = [(draft, place) for draft in drafts for place in range(len(_AREAS))]
    rows: list[Founding] = []
    for draft, place in places:
        of_village = domain.get(Kind(draft.village.kind), Domain.VILLAGE)
        group = f"第{draft.number}网格{_AREAS[place]}党小组"
        seat = draft.areas[place]
        rows.append(
            Founding(group, Kind.PARTY_GROUP, 5, parent=draft.branch, domain=of_village, seat=seat)
        )
        hub = f"第{draft.number}网格{_AREAS[place]}中心户"
        rows.append(
            Founding(
                hub,
                Kind.MEMBER_HOUSEHOLD_HUB,
                6,
                parent_row=len(rows) - 1,
                domain=of_village,
                seat=seat,
            )
        )
    found = found_units(rows, tree=Tree.ORGANISATION, day=START, **done)
    for at, (draft, _place) in enumerate(places):
        draft.groups.append(found[2 * at])
        draft.hubs.append(found[2 * at + 1])


def _staff(city: City, drafts: list[_Draft]) -> None:
    """Give every grid a head and a worker but the last one, every group and hub somebody."""
    chance = draw(city.seed, "grids")
    offices: list[tuple[int, str]] = []
    for draft in drafts[:-1]:
        offices += [(draft.grid, "grid_head"), (draft.grid, "grid_worker")]
    offices.append((drafts[-1].grid, "grid_worker"))
    for draft in drafts:
        offices += [(group, "party_group_leader") for group in draft.groups]
        offices += [(hub, "hub_keeper") for hub in draft.hubs]
    posts = [
        PostRow(
            PersonRow(names.person(chance), office_phone=_phone(place, role)), unit, role, START
        )
        for place, (unit, role) in enumerate(offices)
    ]
    appoint(posts, by="system", at=city.at)
    kind = VillageFact.Kind.HOUSEHOLDS
    facts = [FactRow(draft.grid, kind, draft.households, START) for draft in drafts]
    record_facts(facts, by="system", at=city.at)


def _phone(place: int, role: str) -> str:
    """Return a number of a range that is given to nobody; only those of grids are posted."""
    return f"0577-5550{place:04d}" if role.startswith("grid") else ""


def _describe(city: City, drafts: list[_Draft]) -> None:
    done: dict[str, Any] = {"by": "system", "at": city.at}
    cards = [
        CardRow(draft.grid, f"{base_name(draft.village.name)}{'、'.join(_AREAS)}", "0577-55500000")
        for draft in drafts
    ]
    describe_grids(cards, **done)
    share_grids(
        [LineRow(d.grid, line, _DOCUMENT, START) for d in drafts for line in _LINES], **done
    )
    open_observation_points(
        [
            PointRow(draft.grid, f"{draft.name}小店哨点", "村口小店", START, "白天")
            for draft in drafts
            if draft.branch
        ],
        **done,
    )


def _set_up_lists(city: City) -> None:
    done: dict[str, Any] = {"by": "system", "at": city.at}
    town = city.sample_town()
    county = next(d for d in city.divisions if d.number == town.parent)
    held = [
        (unit, item)
        for name, items in _OFFICES.items()
        for unit in _office(city, name)
        for item in items
    ]
    held += [(town.number, item) for item in _OF_TOWN]
    villages = [d.number for d in city.divisions if d.parent == town.number]
    held += [(village, item) for village in villages for item in _OF_VILLAGE]
    record_duty_items([DutyRow(unit, item, _DOCUMENT, START) for unit, item in held], **done)
    admit_to_grids(
        [AccessRow(county.number, title, _DOCUMENT, START, service) for title, service in _ACCESS],
        **done,
    )
    _set_up_roster(city, town)


def _office(city: City, name: str) -> list[int]:
    """Return the branches of an office in every county."""
    planned = city.plan.foundings
    return [
        city.organisations[at]
        for at, one in enumerate(planned)
        if one.domain == Domain.ORGAN and one.name.endswith(f"{name}党支部")
    ]


def _set_up_roster(city: City, town: Division) -> None:
    """Let two officers of the sample town share the day and the night."""
    chance = draw(city.seed, "roster")
    people = [PersonRow(names.person(chance), office_phone=f"0577-5551000{n}") for n in (1, 2)]
    rows = [PostRow(person, town.number, "town_officer", START) for person in people]
    day, night = appoint(rows, by="system", at=city.at)
    shifts = [
        ShiftRow(town.number, day, "0577-55510001", 8 * 60, 18 * 60, START),
        ShiftRow(town.number, night, "0577-55510002", 18 * 60, 8 * 60, START),
    ]
    declare_shifts(shifts, by="system", at=city.at)

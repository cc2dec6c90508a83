"""People who do not exist: a secretary for almost every organisation, directors and clerks for
the villages, members of one town's branches.
"""

import datetime
from collections.abc import Iterator

from jiceng.demo import names
from jiceng.demo.chance import draw
from jiceng.demo.chunks import in_chunks
from jiceng.demo.city import START, City
from jiceng.demo.organisations import Division
from jiceng.registry.models import Membership
from jiceng.registry.models.units import Kind
from jiceng.registry.operations import (
    MembershipRow,
    PersonRow,
    PostRow,
    appoint,
    enrol_members,
    record_people,
)

_VACANT = 0.02  # share of organisations without a secretary
_COMBINED = 0.3  # share of villages whose secretary is the director too (一肩挑)


def appoint_people(city: City) -> None:
    """Fill the posts, but for those that the demonstration accounts hold."""
    chance = draw(city.seed, "people")
    secretaries = [number for number in city.organisations if chance.random() >= _VACANT]
    villages = [division for division in city.divisions if division.level == 5]
    combined = {village.number for village in villages if chance.random() < _COMBINED}
    offices: list[tuple[int, str]] = [(number, "party_secretary") for number in secretaries]
    offices += [(v.number, "village_director") for v in villages if v.number not in combined]
    offices += [(village.number, "village_clerk") for village in villages]
    sample = city.sample_village().number
    kept_free = {(city.organisation_of(sample), "party_secretary"), (sample, "village_clerk")}
    offices = [office for office in offices if office not in kept_free]
    people = _new_people(city, len(offices), "holders")
    posts = [
        PostRow(person=person, unit=unit, role=role, valid_from=START)
        for person, (unit, role) in zip(people, offices, strict=True)
    ]
    secretary_of = {post.unit: post.person for post in posts if post.role == "party_secretary"}
    for village in sorted(combined):
        person = secretary_of.get(city.organisation_of(village))
        if person is not None:
            posts.append(PostRow(person, village, "village_director", START))
    in_chunks(appoint, posts, by="system", at=city.at)


def enrol(city: City, town: Division) -> None:
    """Enrol every member of the village branches of one town."""
    rows: list[tuple[int, str]] = []
    for village in city.divisions:
        if village.parent == town.number:
            rows += _members_of(city, city.plan.of_division[village.number])
    people = _new_people(city, len(rows), f"members:{town.code}")
    memberships = [
        MembershipRow(person, organisation, standing, START)
        for person, (organisation, standing) in zip(people, rows, strict=True)
    ]
    in_chunks(enrol_members, memberships, by="system", at=city.at)


def _members_of(city: City, row: int) -> Iterator[tuple[int, str]]:
    """Yield (branch, standing) for each member of a village's branch, or of those below it."""
    below = [at for at, f in enumerate(city.plan.foundings) if f.parent_row == row]
    branches = [at for at in below if city.plan.foundings[at].kind == Kind.BRANCH] or [row]
    for branch in branches:
        for _ in range(city.plan.members[branch]):
            yield city.organisations[branch], Membership.Standing.FULL
        yield city.organisations[branch], Membership.Standing.PROBATIONARY


def _new_people(city: City, count: int, topic: str) -> list[int]:
    chance = draw(city.seed, f"people:{topic}")
    rows = [
        PersonRow(
            name=names.person(chance),
            birth_month=datetime.date(chance.randint(1948, 1992), chance.randint(1, 12), 1),
        )
        for _ in range(count)
    ]
    return in_chunks(record_people, rows, by="system", at=city.at)

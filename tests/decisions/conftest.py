"""A village with its bodies, its numbers and the people who answer for it."""

import datetime
from types import SimpleNamespace

import pytest

from jiceng.registry.operations import (
    BodyRow,
    BodySeatRow,
    FactRow,
    Founding,
    PersonRow,
    form_bodies,
    found_units,
    record_facts,
    record_people,
    seat_people,
)
from tests.access.cast import DONE, hold, opened
from tests.conftest import NOON, START

TODAY = datetime.date(2026, 3, 2)
AT = NOON.replace(year=2026, month=3, day=2)


def _people(count, prefix):
    return record_people([PersonRow(name=f"{prefix}{number}") for number in range(count)], **DONE)


def _body(unit, kind, people, role="委员"):
    (body,) = form_bodies([BodyRow(unit, kind, "第十届", START)], **DONE)
    seat_people([BodySeatRow(body, person, role, START) for person in people], **DONE)
    return body


def furnished(unit, town):
    """Give a village a branch, a committee of five, forty representatives, and its numbers."""
    (party,) = found_units(
        [Founding("上村党支部", "branch", 1, domain="village", seat=unit)],
        tree="organisation",
        day=START,
        **DONE,
    )
    committee = _people(5, "村委")
    _body(unit, "villagers_committee", committee)
    _body(unit, "village_representatives", [*committee[:1], *_people(40, "代表")], "代表")
    _body(unit, "supervision_committee", _people(3, "监督"))
    facts = {"population": 1800, "adults": 1400, "households": 520, "voting_members": 48}
    facts |= {"collective_adults": 1390}
    record_facts([FactRow(unit, kind, n, START) for kind, n in facts.items()], **DONE)
    return SimpleNamespace(number=unit, party=party, town=town)


def staffed(village):
    """Open accounts for the secretary, the clerk, the township's officer and the supervisor."""
    posts = [
        hold("书记", "party_secretary", village.party),
        hold("文书", "village_clerk", village.number),
        hold("镇干部", "town_officer", village.town),
        hold("监督", "supervision_director", village.number),
    ]
    names = ("secretary", "clerk", "officer", "supervisor")
    return SimpleNamespace(**dict(zip(names, opened(*posts), strict=True)))


@pytest.fixture
def village(county):
    found = furnished(county.upper, county.town)
    found.county = county
    return found


@pytest.fixture
def people(village):
    return staffed(village)

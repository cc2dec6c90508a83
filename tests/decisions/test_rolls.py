"""Who is counted: recorded facts first, else persons; what is not known is asked for."""

import datetime

import pytest

from jiceng.decisions import rolls
from jiceng.registry.operations import (
    FactRow,
    Founding,
    MembershipRow,
    PersonRow,
    PostRow,
    appoint,
    enrol_members,
    found_units,
    record_facts,
    record_people,
)
from tests.access.cast import DONE
from tests.conftest import START
from tests.decisions.conftest import TODAY


@pytest.mark.parametrize(
    ("roll", "count"),
    [
        ("adults", 1400),
        ("households", 520),
        ("voting_members", 48),
        ("village_representatives", 45),  # forty, and the five of the committee, one of both
        ("supervision_committee", 3),
        ("collective_adults", 1390),
        ("collective_representatives", None),
        ("collective_council", None),
        ("group_adults", None),
    ],
)
def test_counts_from_the_register(village, roll, count):
    found = getattr(rolls, roll)(village.number, TODAY)

    assert found.count == count
    assert found.source


def test_takes_the_number_that_held_on_the_day(village):
    later = datetime.date(2026, 6, 1)
    record_facts([FactRow(village.number, "adults", 1412, later)], **DONE)

    assert rolls.adults(village.number, TODAY).count == 1400
    assert rolls.adults(village.number, later).count == 1412
    assert "2026-06-01" in rolls.adults(village.number, later).source


def test_counts_the_full_members_where_nobody_recorded_the_voters(county):
    (branch,) = found_units(
        [Founding("下村党支部", "branch", 1, domain="village", seat=county.lower)],
        tree="organisation",
        day=START,
        **DONE,
    )
    assert rolls.voting_members(county.lower, TODAY).count is None
    people = record_people([PersonRow(name=f"党员{n}") for n in range(4)], **DONE)
    standings = ["full_member", "full_member", "full_member", "probationary_member"]
    rows = zip(people, standings, strict=True)
    enrol_members([MembershipRow(person, branch, held, START) for person, held in rows], **DONE)

    assert rolls.voting_members(county.lower, TODAY).count == 3


def _post(person, role, unit):
    appoint([PostRow(person, unit, role, START)], **DONE)


def test_who_sits_in_both_committees_is_counted_once(village):
    secretary, member = record_people([PersonRow(name="书记"), PersonRow(name="委员")], **DONE)
    _post(secretary, "party_secretary", village.party)
    _post(member, "committee_member", village.party)

    assert rolls.branch_committee(village.number, TODAY).count == 2
    assert rolls.two_committees(village.number, TODAY).count == 7


def test_knows_a_combined_post(village):
    assert rolls.combined_post(village.number, TODAY).count is None
    secretary, director = record_people([PersonRow(name="书记"), PersonRow(name="主任")], **DONE)
    _post(secretary, "party_secretary", village.party)
    _post(director, "village_director", village.number)

    assert rolls.combined_post(village.number, TODAY).count == 0


def test_knows_that_one_person_holds_both(village):
    (secretary,) = record_people([PersonRow(name="书记")], **DONE)
    _post(secretary, "party_secretary", village.party)
    _post(secretary, "village_director", village.number)

    assert rolls.combined_post(village.number, TODAY).count == 1

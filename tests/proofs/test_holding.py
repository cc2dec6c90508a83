"""What only one may have at a time is asked for by all at once: one gets it, the rest are told."""

import datetime
from collections import Counter

import pytest

from jiceng.registry.models import Membership, Person, Post, TwoNewOrg, VillageFact
from jiceng.registry.models.units import Kind, Tree
from jiceng.registry.operations import (
    FactRow,
    Founding,
    MembershipRow,
    PersonRow,
    PostRow,
    TwoNewRow,
    appoint,
    enrol_members,
    found_units,
    record_facts,
    record_people,
    record_two_new_orgs,
)
from tests.conftest import NOON
from tests.proofs.soundness import assert_sound
from tests.proofs.workers import WORKERS, at_once, told
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
TIMES = size(small=8, full=500)
DONE = {"by": "system", "at": NOON}


@pytest.fixture
def people(county):
    return record_people([PersonRow(f"某{n}") for n in range(WORKERS)], **DONE)


def refusals_of(answers):
    """Return, for each time, how it went with every worker."""
    return [Counter(refusal for _done, refusal in one) for one in zip(*answers, strict=True)]


def test_a_post_for_one_has_one_holder_a_day(county, people):
    """Each is appointed for ten days that begin one day after the other's."""

    def be_appointed(worker):
        days = [county.start + datetime.timedelta(days=20 * n + worker) for n in range(TIMES)]
        ends = datetime.timedelta(days=10)
        rows = [PostRow(people[worker], county.upper, "party_secretary", d, d + ends) for d in days]
        return [told(appoint, [row], **DONE) for row in rows]

    refusals = refusals_of(at_once(be_appointed))

    assert refusals == [{"": 1, "PostTaken": WORKERS - 1}] * TIMES
    assert Post.objects.count() == TIMES
    note("a post for one has one holder", WORKERS * TIMES, "attempts", at_size=f"{WORKERS} workers")


def test_nobody_is_a_member_of_two_organisations_on_one_day(county):
    branches = found_units(
        [Founding(f"第{n}支部", Kind.BRANCH, 1, seat=county.upper) for n in range(WORKERS)],
        tree=Tree.ORGANISATION,
        day=county.start,
        **DONE,
    )
    members = record_people([PersonRow(f"党员{n}") for n in range(TIMES)], **DONE)

    def enrol(worker):
        day = county.start + datetime.timedelta(days=worker)
        rows = [MembershipRow(one, branches[worker], "full", day) for one in members]
        return [told(enrol_members, [row], **DONE) for row in rows]

    assert refusals_of(at_once(enrol)) == [{"": 1, "DatesOverlap": WORKERS - 1}] * TIMES
    assert Membership.objects.count() == TIMES
    assert_sound()


def test_a_number_belongs_to_one_person(county):
    def record(worker):
        rows = [PersonRow(f"某{worker}", number=f"N-{n}") for n in range(TIMES)]
        return [told(record_people, [row], **DONE) for row in rows]

    assert refusals_of(at_once(record)) == [{"": 1, "NumberTaken": WORKERS - 1}] * TIMES
    assert Person.objects.count() == TIMES


def test_a_number_belongs_to_one_enterprise(county):
    def record(worker):
        kind, day = TwoNewOrg.Kind.values[0], county.start
        rows = [TwoNewRow(f"N-{n}", f"企业{worker}", kind, county.upper, day) for n in range(TIMES)]
        return [told(record_two_new_orgs, [row], **DONE) for row in rows]

    assert refusals_of(at_once(record)) == [{"": 1, "AlreadyRecorded": WORKERS - 1}] * TIMES


def test_one_value_stands_for_a_unit_and_day(county):
    def record(worker):
        days = [county.start + datetime.timedelta(days=n) for n in range(TIMES)]
        rows = [FactRow(county.upper, "adults", 1_000 + worker, day) for day in days]
        return [told(record_facts, [row], **DONE) for row in rows]

    refusals = refusals_of(at_once(record))

    assert [one[""] for one in refusals] == [1] * TIMES
    assert VillageFact.objects.filter(superseded_at=None).count() == TIMES

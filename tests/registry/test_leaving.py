"""Memberships, terms and seats that end early; and people who come with their first post."""

import datetime

import pytest

from jiceng.audit.models import Entry
from jiceng.registry.models import Body, BodySeat, Membership, Person
from jiceng.registry.operations import (
    BodyRow,
    BodySeatRow,
    Founding,
    MembershipRow,
    NotHeld,
    PersonRow,
    PostRow,
    appoint,
    end_bodies,
    end_memberships,
    end_seats,
    enrol_members,
    form_bodies,
    found_units,
    seat_people,
    transfer_members,
)
from jiceng.registry.refusals import DatesOverlap
from tests.conftest import NOON, START

DONE = {"by": "system", "at": NOON}
MAY = datetime.date(2017, 5, 1)
JUNE = datetime.date(2017, 6, 1)


@pytest.fixture
def branches(county):
    return found_units(
        [
            Founding("上村党支部", "branch", 1, domain="village", seat=county.upper),
            Founding("下村党支部", "branch", 1, domain="village", seat=county.lower),
        ],
        tree="organisation",
        day=START,
        **DONE,
    )


@pytest.fixture
def membership(branches):
    (number,) = enrol_members(
        [MembershipRow(PersonRow("张三"), branches[0], "full_member", START)], **DONE
    )
    return Membership.objects.get(pk=number)


def test_somebody_new_comes_with_his_first_post_under_one_entry(county):
    entries = Entry.objects.count()
    appoint([PostRow(PersonRow("李四"), county.upper, "village_clerk", START)], **DONE)

    assert Person.objects.get().posts.get().unit_id == county.upper
    assert Entry.objects.count() == entries + 1


def test_a_member_leaves_on_a_day(membership):
    end_memberships([membership.pk], day=MAY, **DONE)

    membership.refresh_from_db()
    assert membership.valid_to == MAY
    for day in (START, JUNE):
        with pytest.raises(NotHeld):
            end_memberships([membership.pk], day=day, **DONE)


def test_a_member_goes_over_without_a_day_between(membership, branches):
    (number,) = transfer_members({membership.pk: branches[1]}, day=MAY, **DONE)

    fresh = Membership.objects.get(pk=number)
    assert (fresh.organisation_id, fresh.valid_from, fresh.standing) == (
        branches[1],
        MAY,
        "full_member",
    )
    with pytest.raises(NotHeld):  # he has left
        transfer_members({membership.pk: branches[1]}, day=MAY, **DONE)


@pytest.fixture
def body(county):
    (number,) = form_bodies([BodyRow(county.upper, "villagers_committee", "第十届", START)], **DONE)
    seat_people([BodySeatRow(number, PersonRow("张三"), "主任", START)], **DONE)
    return Body.objects.get(pk=number)


def test_the_next_term_follows_one_that_ended_early(county, body):
    following = [BodyRow(county.upper, "villagers_committee", "第十一届", MAY)]
    with pytest.raises(DatesOverlap):
        form_bodies(following, **DONE)

    end_bodies([body.pk], day=MAY, **DONE)
    form_bodies(following, **DONE)

    assert BodySeat.objects.get(body=body).valid_to == MAY


def test_a_seat_is_left_before_the_term_ends(body):
    seat = BodySeat.objects.get(body=body)
    end_seats([seat.pk], day=MAY, **DONE)

    seat.refresh_from_db()
    assert seat.valid_to == MAY
    body.refresh_from_db()
    assert body.valid_to > MAY

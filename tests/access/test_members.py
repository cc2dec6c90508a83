"""What a member may do comes from membership, and ends with it."""

import datetime

import pytest

from jiceng.access.operations import open_member_accounts
from jiceng.access.operations.members import NoMember
from jiceng.access.queries import permissions_of, scope_of
from jiceng.registry.operations import (
    Founding,
    MembershipRow,
    PersonRow,
    enrol_members,
    found_units,
    record_people,
)
from jiceng.registry.paths import key_of
from tests.conftest import NOON

TODAY = NOON.date()
LEFT = datetime.date(2018, 1, 1)
BY = {"by": "system", "at": NOON}


@pytest.fixture
def membership(county):
    (branch,) = found_units(
        [Founding("上村党支部", "branch", 1, domain="village", seat=county.upper)],
        tree="organisation",
        day=county.start,
        **BY,
    )
    (person,) = record_people([PersonRow("陈示例", number="P-1")], **BY)
    row = MembershipRow(person, branch, "full_member", county.start, LEFT)
    return enrol_members([row], **BY)[0], branch


def test_a_member_sees_his_branch_without_a_grant_and_not_the_village(county, membership):
    number, branch = membership
    (slip,) = open_member_accounts([number], **BY)

    scope = scope_of(slip.user, "registry.view", TODAY)
    assert [path[-6:] for path in scope.ranges] == [key_of(branch)]
    assert permissions_of(slip.user, TODAY) == {"registry.view", "orders.volunteer"}
    assert not scope_of(slip.user, "registry.people", TODAY)


def test_the_right_ends_with_the_membership(county, membership):
    (slip,) = open_member_accounts([membership[0]], **BY)
    assert not scope_of(slip.user, "registry.view", LEFT)
    assert permissions_of(slip.user, LEFT) == set()


def test_nobody_is_given_an_account_for_a_membership_that_is_over(county, membership):
    later = NOON.replace(year=2018)
    with pytest.raises(NoMember):
        open_member_accounts([membership[0]], by="system", at=later)


def test_who_has_an_account_keeps_it(county, membership):
    open_member_accounts([membership[0]], **BY)
    assert open_member_accounts([membership[0]], **BY) == []

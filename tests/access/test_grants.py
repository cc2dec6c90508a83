"""Accounts open from posts; grants hang on posts and end with them."""

import datetime

import pytest

from jiceng.access.models import Grant
from jiceng.access.operations import (
    grant_from_posts,
    open_accounts,
    redeem_code,
)
from jiceng.access.operations.opening import POSTS_AT_ONCE, TooManyPosts, WrongPost
from jiceng.access.posts import table
from jiceng.access.queries import (
    holders_of,
    keep_rights,
    permissions_of,
    require_confirmer,
    scope_of,
    unit_for,
)
from jiceng.access.queries.accounts import (
    accounts_for,
    chosen_accounts,
    grants_of,
    posts_without_account,
)
from jiceng.access.queries.gate import NotPermitted, NotVisible
from jiceng.accounts.models import User
from jiceng.audit.models import Entry
from jiceng.registry.models import Person, Post
from jiceng.registry.operations import (
    PersonRow,
    PostRow,
    appoint,
    end_posts,
    record_people,
)
from jiceng.registry.posts import post_roles
from jiceng.registry.queries import path_of
from tests.access.cast import DONE, LATER, TODAY, hold, opened
from tests.conftest import NOON, START


def test_every_listed_post_is_known_and_every_role_declared():
    assert set(table().roles) <= set(post_roles())


def test_accounts_open_from_posts_with_slips_that_work(county):
    posts = [hold("王一", "town_officer", county.town), hold("李二", "village_clerk", county.upper)]
    slips = open_accounts(posts, **DONE)

    assert [(slip.user.display_name, slip.title, slip.unit) for slip in slips] == [
        ("王一", "乡镇（街道）组织干部", county.town),
        ("李二", "村（社区）文书", county.upper),
    ]
    user = slips[0].user
    assert not User.objects.get(pk=user.pk).has_usable_password()
    redeem_code(username=user.username, code=slips[0].code, password="long enough", at=NOON)
    assert unit_for(user, "registry.edit", number=county.upper, today=TODAY).name == "上村委会"
    assert Entry.objects.filter(action="access.account.opened").get().count == 2


def test_opening_again_makes_no_second_account_grant_or_code(county):
    posts = [hold("王一", "town_officer", county.town)]
    open_accounts(posts, **DONE)

    assert open_accounts(posts, **DONE) == []
    assert grant_from_posts(posts, **DONE) == 0
    assert (User.objects.count(), Grant.objects.count()) == (1, 1)


def test_a_second_post_of_a_known_person_adds_a_grant(county):
    first = hold("王一", "village_clerk", county.upper)
    (user,) = opened(first)
    person = Post.objects.get(pk=first).person_id
    (second,) = appoint([PostRow(person, county.lower, "village_clerk", START)], **DONE)

    assert open_accounts([second], **DONE) == []
    assert {held.unit.name for held in grants_of(user, TODAY)} == {"上村委会", "下村委会"}


def test_many_accounts_cost_a_fixed_number_of_statements(county, django_assert_max_num_queries):
    people = record_people([PersonRow(name=f"人{n}") for n in range(200)], **DONE)
    posts = appoint([PostRow(p, county.upper, "village_clerk", START) for p in people], **DONE)

    with django_assert_max_num_queries(25):
        assert len({slip.code for slip in open_accounts(posts, **DONE)}) == 200
    with pytest.raises(TooManyPosts):
        open_accounts(range(POSTS_AT_ONCE + 1), **DONE)


@pytest.mark.parametrize("which", ["ended", "later", "powerless"])
def test_a_post_that_does_not_hold_or_brings_nothing_opens_no_account(county, which):
    post = {
        "ended": lambda: hold("甲", "village_clerk", county.upper, valid_to=TODAY),
        "later": lambda: hold("乙", "village_clerk", county.upper, valid_from=LATER.date()),
        "powerless": lambda: hold("丙", "village_director", county.upper),
    }[which]()

    with pytest.raises(WrongPost):
        open_accounts([post], **DONE)
    assert not User.objects.exists()


def test_who_leads_a_village_has_the_village_and_its_organisations(
    county, organisations, secretary
):
    assert {(held.grant.role, held.unit.pk) for held in grants_of(secretary, TODAY)} == {
        ("village.secretary", organisations.village),
        ("village.secretary", county.upper),
    }
    assert unit_for(secretary, "registry.people", number=organisations.branch, today=TODAY)


@pytest.mark.parametrize("which", ["branch", "firm"])
def test_who_leads_only_an_organisation_has_no_right_to_the_place_it_stands_in(
    county, organisations, which
):
    (user,) = opened(hold("支书", "party_secretary", getattr(organisations, which)))

    assert [held.grant.role for held in grants_of(user, TODAY)] == ["branch.secretary"]
    for place in (county.upper, county.town):
        with pytest.raises(NotVisible):
            unit_for(user, "registry.view", number=place, today=TODAY)


def test_the_power_ends_with_the_post_though_nothing_is_written_on_grants(county, officer):
    post = Post.objects.get(person__number=officer.person_number)
    end_posts([post.pk], day=LATER.date(), **DONE)

    assert permissions_of(officer, LATER.date() - datetime.timedelta(days=1))
    assert permissions_of(officer, LATER.date()) == set()
    assert holders_of("town.officer", county.town, LATER.date()) == []


def test_a_deputy_s_power_has_the_deputy_s_days(county, officer):
    post = Post.objects.get(person__number=officer.person_number)
    (person,) = record_people([PersonRow(name="代理")], **DONE)
    days = {"valid_from": TODAY, "valid_to": LATER.date(), "deputises": post.pk}
    (deputy,) = appoint([PostRow(person, county.town, "town_officer", **days)], **DONE)
    (user,) = opened(deputy)

    assert Grant.objects.get(user=user).deputy
    assert scope_of(user, "registry.edit", TODAY)
    assert not scope_of(user, "registry.edit", LATER.date())
    assert [g.user for g in holders_of("town.officer", county.town, TODAY)] == [officer, user]


def test_whose_accounts_an_officer_may_reset(county, organisations, officer, secretary):
    peer, above, clerk, elsewhere = opened(
        hold("同事", "town_officer", county.town),
        hold("县干部", "county_officer", county.county),
        hold("文书", "village_clerk", county.lower),
        hold("西文书", "village_clerk", county.community),
    )

    assert set(accounts_for(officer, TODAY)) == {peer, clerk, secretary}
    assert set(accounts_for(above, TODAY)) == {officer, peer, clerk, secretary, elsewhere}
    assert not accounts_for(secretary, TODAY).exists()
    assert chosen_accounts(officer, [clerk.pk], TODAY) == [clerk]
    for chosen in ([], [clerk.pk, elsewhere.pk], [above.pk], [officer.pk]):
        with pytest.raises(NotVisible):
            chosen_accounts(officer, chosen, TODAY)


def test_who_has_power_elsewhere_too_is_not_reset_from_here(county, officer):
    clerk = hold("文书", "village_clerk", county.lower)
    (user,) = opened(clerk)
    assert user in accounts_for(officer, TODAY)

    person = Post.objects.get(pk=clerk).person_id
    opened(*appoint([PostRow(person, county.community, "village_clerk", START)], **DONE))
    assert user not in accounts_for(officer, TODAY)


def test_posts_without_account_are_those_of_the_place_that_bring_something(
    county, organisations, officer
):
    wanted = [
        hold("书记", "party_secretary", organisations.village),
        hold("文书", "village_clerk", county.upper),
    ]
    hold("主任", "village_director", county.upper)
    hold("西文书", "village_clerk", county.community)
    town = unit_for(officer, "access.accounts", number=county.town, today=TODAY)

    posts = posts_without_account(officer, town, TODAY)
    assert {post.pk for post in posts} == set(wanted)


def test_a_clerk_prepares_and_the_responsible_person_confirms(county, officer):
    (clerk,) = opened(hold("文书", "village_clerk", county.upper))
    village = unit_for(officer, "registry.view", number=county.upper, today=TODAY)

    require_confirmer(officer, "registry.people", unit=village, today=TODAY)
    with pytest.raises(NotPermitted, match="须由负责人确认"):
        require_confirmer(clerk, "registry.people", unit=village, today=TODAY)


def test_no_grant_reaches_above_its_post(county, officer):
    assert scope_of(officer, "access.accounts", TODAY).ranges == (path_of(county.town, TODAY),)
    assert Person.objects.count() == 1


def test_a_request_reads_rights_once(county, officer, django_assert_num_queries):
    keep_rights(officer)
    with django_assert_num_queries(2):
        assert scope_of(officer, "registry.view", TODAY)
        assert "registry.edit" in permissions_of(officer, TODAY)
        assert not scope_of(officer, "audit.read", TODAY)


def test_what_is_kept_for_one_day_says_nothing_of_another(county, officer):
    keep_rights(officer)
    post = Post.objects.get(person__number=officer.person_number)
    end_posts([post.pk], day=LATER.date(), **DONE)

    assert permissions_of(officer, TODAY)
    assert not permissions_of(officer, LATER.date())

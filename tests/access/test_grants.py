"""Grants hang on posts, end with them, and three administrators are three people."""

import datetime
from functools import partial
from types import SimpleNamespace
from uuid import uuid4

import pytest

from jiceng.access.models import Grant
from jiceng.access.operations import (
    appoint_administrator,
    confirm_hand_over,
    grant_from_posts,
    list_hand_over,
    open_accounts,
    redeem_code,
    withdraw_grant,
)
from jiceng.access.operations.administrators import (
    HoldsAnother,
    NotAnAdministrator,
    OwnGrant,
    WrongEnd,
)
from jiceng.access.operations.hand_over import AlreadyConfirmed, NotTheSuccessor
from jiceng.access.operations.opening import POSTS_AT_ONCE, TooManyPosts, WrongPost
from jiceng.access.posts import table
from jiceng.access.queries import (
    holders_of,
    permissions_of,
    require_confirmer,
    scope_of,
    unit_for,
)
from jiceng.access.queries.accounts import (
    accounts_for,
    chosen_accounts,
    grants_of,
    hand_overs_waiting_for,
    post_for,
    posts_without_account,
)
from jiceng.access.queries.gate import NotPermitted, NotVisible
from jiceng.accounts.models import User
from jiceng.agenda.operations import Asked, ask
from jiceng.audit.models import Entry
from jiceng.registry.models import Person, Post
from jiceng.registry.operations import (
    Founding,
    PersonRow,
    PostRow,
    appoint,
    end_posts,
    found_units,
    record_people,
)
from jiceng.registry.posts import post_roles
from jiceng.registry.queries import path_of
from tests.conftest import NOON, START

TODAY = NOON.date()
LATER = NOON + datetime.timedelta(days=200)
DONE = {"by": "system", "at": NOON}


def hold(name, role, unit, **dates):
    """Give a new person a post; return its number."""
    (person,) = record_people([PersonRow(name=name)], **DONE)
    (post,) = appoint([PostRow(person, unit, role, **({"valid_from": START} | dates))], **DONE)
    return post


def user_of(post):
    return User.objects.get(person_number=Post.objects.get(pk=post).person.number)


def opened(*posts):
    open_accounts(posts, **DONE)
    return [user_of(post) for post in posts]


@pytest.fixture
def organisations(county):
    """The party's organisations of a town, one of its villages, and a firm in that village."""
    founded = [
        Founding("乙县委", "party_committee", 1, domain="organ", seat=county.county),
        Founding("东镇党委", "party_committee", 2, parent_row=0, domain="organ", seat=county.town),
        Founding(
            "上村党总支", "general_branch", 3, parent_row=1, domain="village", seat=county.upper
        ),
        Founding("上村第一支部", "branch", 4, parent_row=2, domain="village", seat=county.upper),
        Founding(
            "某公司党委",
            "party_committee",
            3,
            parent_row=0,
            domain="private_enterprise",
            seat=county.town,
        ),
    ]
    names = ("county", "town", "village", "branch", "firm")
    numbers = found_units(founded, tree="organisation", day=START, **DONE)
    return SimpleNamespace(**dict(zip(names, numbers, strict=True)))


@pytest.fixture
def officer(county):
    return opened(hold("镇干部", "town_officer", county.town))[0]


@pytest.fixture
def secretary(organisations):
    return opened(hold("村书记", "party_secretary", organisations.village))[0]


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

    rows, units = posts_without_account(officer, town, TODAY)
    assert {row.post.pk for row in rows} == set(wanted)
    assert units[county.upper].name == "上村委会"


@pytest.fixture
def administrators(county):
    kinds = ("system", "security", "audit")
    return SimpleNamespace(
        **{
            kind: appoint_administrator(
                username=kind,
                display_name=f"{kind}管理员",
                role=f"{kind}.administrator",
                unit=county.city,
                until=LATER.date(),
                **DONE,
            )[0]
            for kind in kinds
        }
    )


@pytest.fixture
def appoint_one(county, administrators):
    return partial(
        appoint_administrator,
        username="new",
        display_name="新管理员",
        role="audit.administrator",
        unit=county.city,
        until=LATER.date(),
        by=administrators.security,
        at=NOON,
    )


def test_an_administrator_is_appointed_with_an_end_and_a_code(appoint_one):
    user, code = appoint_one(key=uuid4())

    assert redeem_code(username="new", code=code, password="long enough", at=NOON) == user
    assert permissions_of(user, LATER.date()) == {"audit.read", "audit.verify"}
    assert permissions_of(user, LATER.date() + datetime.timedelta(days=1)) == set()
    assert appoint_one()[1] == ""


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"username": "system"}, HoldsAnother),
        ({"username": "security"}, OwnGrant),
        ({"role": "county.officer"}, NotAnAdministrator),
        ({"until": TODAY - datetime.timedelta(days=1)}, WrongEnd),
        ({"until": TODAY.replace(year=2027)}, WrongEnd),
    ],
)
def test_an_administrator_is_refused(appoint_one, given, refusal):
    before = Grant.objects.count()
    with pytest.raises(refusal):
        appoint_one(**given)
    assert Grant.objects.count() == before


def test_two_accounts_of_one_person_count_as_one_person(appoint_one, administrators):
    User.objects.filter(username="system").update(person_number="P7")
    User.objects.create_user("second", person_number="P7", display_name="同一人", created_at=NOON)

    with pytest.raises(HoldsAnother, match="须由三人分任"):
        appoint_one(username="second")


@pytest.mark.parametrize("at", [NOON, LATER - datetime.timedelta(days=9)])
def test_a_grant_is_taken_back_at_once(administrators, at):
    grant = Grant.objects.get(user=administrators.audit)
    withdraw_grant(grant, by=administrators.security, at=at)

    assert permissions_of(administrators.audit, at.date()) == set()
    assert Entry.objects.filter(action="access.administrator.withdrawn").count() == 1


def test_nobody_takes_back_his_own_grant_or_one_of_a_post(administrators, officer):
    with pytest.raises(OwnGrant):
        withdraw_grant(
            Grant.objects.get(user=administrators.security), by=administrators.security, at=NOON
        )
    with pytest.raises(NotAnAdministrator, match="结束任职"):
        withdraw_grant(Grant.objects.get(user=officer), by=administrators.security, at=NOON)


def test_administrators_accounts_are_the_security_administrator_s(county, administrators, officer):
    (chief,) = opened(hold("市干部", "city_officer", county.city))

    assert set(accounts_for(chief, TODAY)) == {officer}
    assert officer in accounts_for(administrators.system, TODAY)
    assert administrators.security not in accounts_for(administrators.system, TODAY)


def test_a_clerk_prepares_and_the_responsible_person_confirms(county, officer):
    (clerk,) = opened(hold("文书", "village_clerk", county.upper))
    village = unit_for(officer, "registry.view", number=county.upper, today=TODAY)

    require_confirmer(officer, "registry.people", unit=village, today=TODAY)
    with pytest.raises(NotPermitted, match="须由负责人确认"):
        require_confirmer(clerk, "registry.people", unit=village, today=TODAY)


@pytest.fixture
def handing_over(county, officer):
    """A clerk whose post ends with something waiting, and his successor."""
    old = hold("旧文书", "village_clerk", county.upper)
    opened(old)
    ask([Asked("village.clerk", county.upper, "orders.visit", "orders.order:1", "走访")], at=NOON)
    end_posts([old], day=TODAY, **DONE)
    hand_over = list_hand_over(post_for(officer, old, TODAY), by=officer, at=NOON)
    (successor,) = opened(hold("新文书", "village_clerk", county.upper, valid_from=TODAY))
    return SimpleNamespace(old=user_of(old), new=successor, hand_over=hand_over, post=old)


def test_the_successor_confirms_the_list_once(county, officer, handing_over):
    assert [item["title"] for item in handing_over.hand_over.items] == ["走访"]
    assert list(hand_overs_waiting_for(handing_over.new, TODAY)) == [handing_over.hand_over]
    for other in (officer, handing_over.old):
        with pytest.raises(NotTheSuccessor):
            confirm_hand_over(handing_over.hand_over.pk, by=other, at=NOON)

    confirm_hand_over(handing_over.hand_over.pk, by=handing_over.new, at=NOON)

    assert not hand_overs_waiting_for(handing_over.new, TODAY).exists()
    with pytest.raises(AlreadyConfirmed):
        confirm_hand_over(handing_over.hand_over.pk, by=handing_over.new, at=NOON)
    with pytest.raises(AlreadyConfirmed):
        list_hand_over(Post.objects.get(pk=handing_over.post), by=officer, at=NOON)


def test_a_hand_over_is_drawn_up_only_within_one_s_subtree(county, officer):
    elsewhere = hold("西文书", "village_clerk", county.community)
    with pytest.raises(NotVisible):
        post_for(officer, elsewhere, TODAY)


def test_no_grant_reaches_above_its_post(county, officer):
    assert scope_of(officer, "access.accounts", TODAY).ranges == (path_of(county.town, TODAY),)
    assert Person.objects.count() == 1

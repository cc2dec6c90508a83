"""Voluntary service: offered, taken on or left, served, confirmed. Nobody is compelled or counted."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from jiceng.access.queries.gate import NotPermitted
from jiceng.agenda.queries import today as waiting
from jiceng.audit.models import Entry
from jiceng.orders.matching import Volunteer, fits, proposals
from jiceng.orders.models import Claim, Offer, Service
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary import Served
from jiceng.orders.queries import volunteers as own
from jiceng.orders.queries.voluntary import (
    claim_for,
    claims_waiting_for,
    post_for,
    posts_for,
    proposals_for,
    require_at,
)
from jiceng.orders.voluntary_refusals import (
    AlreadyAsked,
    Incomplete,
    NoLicence,
    NoRoom,
    NoSuchClaim,
    NoSuchOffer,
    NoSuchPost,
    NoSuchWish,
    NotAVolunteer,
    NotInsured,
    NotNow,
    OfMinor,
    Untrue,
)
from tests.conftest import NOON
from tests.orders.volunteers import (
    DAY,
    TODAY,
    again,
    checked,
    collected,
    member,
    released,
    river,
)

State = Claim.State


def volunteer(user):
    return own.volunteer_of(user, TODAY)


@pytest.fixture
def lawyer(organisations):
    return member(organisations.branch, "李律师")


@pytest.fixture
def post(organisations, people):
    return river(organisations.village)


@pytest.fixture
def wish(county, people):
    return checked(collected(county)[0], people.secretary)


def offered(thing, user, people):
    (made,) = voluntary.offer(thing, people=[volunteer(user).pk], by=people.secretary, at=NOON)
    return made


def test_those_who_can_do_it_come_first_and_all_by_name():
    can = Volunteer(1, "张", "zhang", frozenset({"legal"}))
    other = Volunteer(2, "安", "an", frozenset())
    too = Volunteer(3, "李", "li", frozenset({"legal", "mediation"}))

    found = proposals(("mediation", "legal"), [can, other, too])

    assert [one.volunteer.name for one in found] == ["李", "张", "安"]
    assert found[0].fits == ("mediation", "legal")
    assert fits((), ())
    assert not fits(("legal",), ("repair",))


def test_a_lawyer_is_proposed_for_legal_help(organisations, people, lawyer, electrician):
    voluntary.declare_skills(["legal"], by=lawyer, at=NOON)
    voluntary.declare_skills(["repair", "driving"], by=electrician, at=NOON)
    voluntary.declare_skills(["repair"], by=electrician, at=NOON)
    assert own.skills_of(volunteer(electrician)) == {"repair"}
    with pytest.raises(Incomplete):
        voluntary.declare_skills(["magic"], by=lawyer, at=NOON)

    legal = river(organisations.village, kind="legal_rights", licence="律师执业证")
    found = proposals_for(legal, TODAY)

    assert [(one.volunteer.name, one.fits) for one in found] == [
        ("李律师", ("legal",)),
        ("陈电工", ()),
    ]


def test_an_offer_that_is_accepted_is_confirmed_at_once(wish, people, electrician, lawyer):
    first, other = offered(wish, electrician, people), offered(wish, lawyer, people)
    assert list(own.offers_to(volunteer(electrician))) == [first]

    claim = voluntary.accept_offer(first, by=electrician, at=NOON)

    assert (claim.state, claim.confirmed_by) == (State.CONFIRMED, people.secretary)
    assert again(wish).state == "taken"
    assert not Offer.objects.filter(pk=other.pk).exists()
    with pytest.raises(NoSuchOffer):
        voluntary.accept_offer(other, by=lawyer, at=NOON)


def test_who_declines_gives_no_reason_and_leaves_no_trace(wish, people, electrician, lawyer):
    voluntary.decline_offer(offered(wish, electrician, people), by=electrician, at=NOON)
    voluntary.accept_offer(offered(wish, lawyer, people), by=lawyer, at=NOON)

    declined = Offer.objects.get(state="declined")
    assert declined.person is None
    assert {field.name for field in Offer._meta.concrete_fields}.isdisjoint({"reason", "due_at"})
    answers = Entry.objects.filter(action="orders.offer.answered")
    assert {entry.change for entry in answers} == {'{"from":{},"to":{}}'}


def test_the_database_keeps_nobody_who_declined(wish, people, electrician):
    made = offered(wish, electrician, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=made.pk).update(state="declined")


def test_nobody_is_asked_for_the_same_thing_twice(wish, post, people, electrician):
    voluntary.decline_offer(offered(wish, electrician, people), by=electrician, at=NOON)

    with pytest.raises(AlreadyAsked):
        offered(wish, electrician, people)
    assert proposals_for(wish, TODAY) == []
    assert offered(post, electrician, people)


def test_only_its_own_members_are_asked_and_none_under_age(wish, people, organisations):
    stranger = member(organisations.lower, "下村人")
    young = member(organisations.branch, "小同学", born=datetime.date(1999, 6, 1))
    just_grown = member(organisations.branch, "刚成年", born=datetime.date(1999, 5, 1))

    for user in (stranger, young):
        with pytest.raises(NotAVolunteer):
            offered(wish, user, people)
    with pytest.raises(OfMinor):
        voluntary.claim_wish(wish, by=young, at=NOON)
    assert offered(wish, just_grown, people)


def test_who_is_no_member_takes_nothing_on(wish, people):
    with pytest.raises(NotAVolunteer):
        own.volunteer_of(people.officer, TODAY)
    with pytest.raises(NotAVolunteer):
        voluntary.claim_wish(wish, by=people.officer, at=NOON)


def test_a_wish_is_taken_on_by_one(wish, electrician, lawyer, people):
    claim = voluntary.claim_wish(wish, by=electrician, at=NOON)

    with pytest.raises(NotNow):
        voluntary.claim_wish(wish, by=lawyer, at=NOON)
    assert list(claims_waiting_for(people.secretary, TODAY)) == [claim]
    found = waiting(people.secretary, NOON).waiting_for_me
    assert "确认一项志愿认领" in [item.title for item in found]


def test_what_was_not_confirmed_is_given_back_without_a_trace(wish, electrician, people):
    claim = voluntary.claim_wish(wish, by=electrician, at=NOON)

    voluntary.give_back(claim, by=electrician, at=NOON)

    assert not Claim.objects.exists()
    assert again(wish).state == "checked"
    assert again(wish).wait_until == wish.wait_until  # its time goes on
    voluntary.claim_wish(again(wish), by=electrician, at=NOON)


def test_what_was_confirmed_may_still_be_given_back(wish, electrician, lawyer, people):
    claim = voluntary.accept_offer(offered(wish, electrician, people), by=electrician, at=NOON)
    with pytest.raises(NoSuchClaim):
        voluntary.give_back(claim, by=lawyer, at=NOON)

    voluntary.give_back(claim, by=electrician, at=NOON)

    assert again(claim).state == State.ENDED
    assert again(wish).state == "checked"


def test_a_claim_that_is_not_confirmed_is_told_why(wish, electrician, people):
    claim = voluntary.claim_wish(wish, by=electrician, at=NOON)
    voluntary.turn_down_claim(claim, words="已请物业处理", by=people.secretary, at=NOON)

    assert (again(claim).state, again(claim).words) == (State.ENDED, "已请物业处理")
    assert again(wish).state == "checked"


def test_a_post_has_room_for_several(post, people, electrician, lawyer, organisations):
    third = member(organisations.village, "赵三")
    for user in (electrician, lawyer):
        voluntary.claim_post(post, by=user, at=NOON)

    with pytest.raises(NoRoom):
        voluntary.claim_post(post, by=third, at=NOON)
    with pytest.raises(NoRoom):
        voluntary.claim_post(post, by=lawyer, at=NOON)
    with pytest.raises(NoRoom):
        voluntary.change_capacity(post, capacity=1, by=people.secretary, at=NOON)
    voluntary.change_capacity(post, capacity=3, by=people.secretary, at=NOON)
    voluntary.claim_post(post, by=third, at=NOON)
    assert posts_for(people.secretary, TODAY).get().held == 3
    assert list(own.open_posts_to(volunteer(third), TODAY)) == []


def test_98_posts_take_375_members(people, organisations):
    """S4-56: 375 members on 98 posts, almost four on each."""
    posts = [river(organisations.village, capacity=4, title=f"岗位{n}") for n in range(98)]

    assert sum(one.capacity for one in posts) >= 375


def test_a_licensed_post_is_confirmed_when_the_licence_was_seen(people, organisations, lawyer):
    legal = river(organisations.village, kind="legal_rights", licence="律师执业证")
    claim = voluntary.accept_offer(offered(legal, lawyer, people), by=lawyer, at=NOON)
    assert claim.state == State.PENDING  # offered, but the licence is to be looked at

    with pytest.raises(NoLicence):
        voluntary.confirm_claim(claim, by=people.secretary, at=NOON)
    voluntary.confirm_claim(
        claim, licence_seen="律师执业证，已看原件", by=people.secretary, at=NOON
    )
    assert again(claim).state == State.CONFIRMED


def test_a_dangerous_post_is_insured_before_anybody_serves(people, organisations, electrician):
    with pytest.raises(NotInsured):
        river(organisations.village, kind="river", dangerous=True)
    crossing = river(
        organisations.village, kind="river", dangerous=True, insurance="镇里投人身意外险"
    )
    claim = voluntary.claim_post(crossing, by=electrician, at=NOON)

    with pytest.raises(NotInsured):
        voluntary.confirm_claim(claim, by=people.secretary, at=NOON)
    with pytest.raises(NotNow):
        voluntary.record_service(claim, Served(TODAY, 60, "巡河"), by=electrician, at=NOON)
    voluntary.confirm_claim(claim, insured="2017年意外险，已生效", by=people.secretary, at=NOON)
    voluntary.record_service(claim, Served(TODAY, 60, "巡河"), by=electrician, at=NOON)


@pytest.fixture
def claim(post, electrician, people):
    return voluntary.accept_offer(offered(post, electrician, people), by=electrician, at=NOON)


def test_services_count_once_the_branch_has_confirmed_them(claim, electrician, people):
    later = NOON + 7 * DAY
    for day, minutes in ((TODAY, 90), (TODAY + 7 * DAY, 60)):
        voluntary.record_service(claim, Served(day, minutes, "捡垃圾"), by=electrician, at=later)
    assert again(claim).state == State.SERVED
    person = volunteer(electrician)
    assert own.claims_of(person).get().minutes is None

    first = Service.objects.order_by("day").first()
    voluntary.confirm_services(claim, services=[first.pk], by=people.secretary, at=later)

    assert own.claims_of(person).get().minutes == 90
    assert own.served_by(person, TODAY, TODAY + 30 * DAY) == [first]
    with pytest.raises(NotNow):
        voluntary.confirm_services(claim, services=[first.pk], by=people.secretary, at=later)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [(TODAY + DAY, 60), (TODAY - DAY, 60), (TODAY, 0), (TODAY, 1441)],
)
def test_a_service_that_cannot_be_so_is_refused(claim, electrician, day, minutes):
    with pytest.raises(Untrue):
        voluntary.record_service(claim, Served(day, minutes, "捡垃圾"), by=electrician, at=NOON)


def test_a_day_has_twenty_four_hours_over_all_claims(claim, organisations, people, electrician):
    other = voluntary.accept_offer(
        offered(river(organisations.village), electrician, people), by=electrician, at=NOON
    )
    voluntary.record_service(claim, Served(TODAY, 1000, "捡垃圾"), by=electrician, at=NOON)
    with pytest.raises(Untrue):
        voluntary.record_service(other, Served(TODAY, 441, "捡垃圾"), by=electrician, at=NOON)


def test_a_correction_supersedes_and_says_why(claim, electrician, people):
    old = voluntary.record_service(claim, Served(TODAY, 900, "捡垃圾"), by=electrician, at=NOON)

    new = voluntary.correct_service(
        old, Served(TODAY, 90, "捡垃圾"), reason="多写了一个零", by=people.secretary, at=NOON
    )

    assert list(own.services_of(claim)) == [new]
    assert again(old).superseded_at == NOON
    with pytest.raises(NotNow):
        voluntary.correct_service(old, None, reason="再改", by=people.secretary, at=NOON)
    assert voluntary.correct_service(new, None, reason="没去", by=people.secretary, at=NOON) is None
    assert not own.services_of(claim).exists()


def test_closing_a_post_frees_who_holds_it_and_keeps_his_hours(post, claim, electrician, people):
    voluntary.record_service(claim, Served(TODAY, 90, "捡垃圾"), by=electrician, at=NOON)
    later = NOON + DAY
    voluntary.close_post(post, by=people.secretary, at=later)

    assert again(claim).state == State.ENDED
    assert claim.services.count() == 1
    with pytest.raises(NotNow):
        voluntary.close_post(post, by=people.secretary, at=later)


def test_who_registers_with_the_community_sees_its_posts(organisations, post, people):
    doctor = member(organisations.hospital, "孙医生")
    person = volunteer(doctor)
    with pytest.raises(NotAVolunteer):
        voluntary.claim_post(post, by=doctor, at=NOON)
    with pytest.raises(NoSuchPost):
        own.post_to_take(person, post.pk, TODAY)

    row = voluntary.register_at_community(organisations.village, by=doctor, at=NOON)

    assert list(own.open_posts_to(person, TODAY)) == [post]
    assert "孙医生" in [one.name for one in own.volunteers_of(organisations.village, TODAY)]
    with pytest.raises(NotNow):
        voluntary.register_at_community(organisations.village, by=doctor, at=NOON)
    voluntary.leave_community(row, by=doctor, at=NOON + DAY)
    assert list(own.open_posts_to(person, TODAY + DAY)) == []


def test_a_card_that_everybody_reads_any_member_may_take_on(wish, organisations, people):
    doctor = member(organisations.hospital, "孙医生")
    with pytest.raises(NoSuchWish):
        own.wish_to_take(volunteer(doctor), wish.number, TODAY)

    released(wish, people.officer)

    found = own.wish_to_take(volunteer(doctor), wish.number, TODAY)
    assert voluntary.claim_wish(found, by=doctor, at=NOON).state == State.PENDING


def test_what_waits_is_listed_to_members_of_the_organisation_only(
    wish, organisations, electrician, people
):
    far = member(organisations.lower, "下村人")

    assert list(own.open_wishes_to(volunteer(electrician), TODAY)) == [wish]
    assert list(own.open_wishes_to(volunteer(far), TODAY)) == []


def test_a_claim_is_seen_by_the_branch_and_by_whose_it_is(claim, people, electrician, lawyer):
    assert claim_for(people.secretary, claim.pk, TODAY) == claim
    assert own.own_claim(volunteer(electrician), claim.pk) == claim
    with pytest.raises(NoSuchClaim):
        claim_for(people.far, claim.pk, TODAY)
    with pytest.raises(NoSuchClaim):
        own.own_claim(volunteer(lawyer), claim.pk)


def test_a_post_is_kept_by_its_branch_and_those_above(post, people):
    assert post_for(people.officer, post.pk, TODAY) == post
    with pytest.raises(NoSuchPost):
        post_for(people.far, post.pk, TODAY)
    with pytest.raises(NotPermitted):
        require_at(people.far, "orders.offer", post.branch_id, TODAY)


def test_no_measure_counts_offers_claims_or_persons():
    from tests.house.sources import declared

    counted = {source.model.lower() for source in declared("measures", "SOURCES")}
    assert counted.isdisjoint({"orders.offer", "orders.claim", "orders.volunteerskill"})

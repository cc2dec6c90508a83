"""A micro-wish from collecting to being struck off; what is read of it, and by whom."""

import datetime

import pytest

from jiceng.access.queries.gate import NotPermitted
from jiceng.accounts.codes import digest_of
from jiceng.agenda.queries import today as waiting
from jiceng.audit.models import Entry
from jiceng.notices.refusals import Faulty, HoldsNumbers
from jiceng.orders import volunteering
from jiceng.orders.models import (
    Claim,
    MicroWish,
    Order,
    OrderStatus,
    WishCard,
    WishDetails,
    WishStatus,
)
from jiceng.orders.operations import Placing, place_order, voluntary
from jiceng.orders.operations.voluntary import Served
from jiceng.orders.operations.voluntary.asking import WAIT
from jiceng.orders.operations.voluntary.erasing import erase_wishers
from jiceng.orders.operations.voluntary.wishes import duty_services
from jiceng.orders.queries.voluntary import wish_for, wishes_for
from jiceng.orders.refusals import IsVoluntary
from jiceng.orders.voluntary_refusals import (
    Changed,
    Incomplete,
    NoBranch,
    NoConsent,
    NoSuchWish,
    NotDuty,
    NotNow,
    NotSecondPerson,
    OfMinor,
    TooManyAtOnce,
)
from tests.access.cast import hold, opened
from tests.conftest import NOON
from tests.orders.volunteers import (
    ADDRESS,
    DAY,
    NAME,
    PHONE,
    TODAY,
    again,
    checked,
    collected,
    released,
)

State = MicroWish.State


@pytest.fixture
def wish(county, people):
    return collected(county)[0]


def titles(user, at=NOON):
    found = waiting(user, at)
    return [item.title for item in (*found.due, *found.waiting_for_me)]


def test_the_files_name_only_what_there_is():
    assert volunteering.faults() == []


def test_it_goes_to_the_organisation_that_leads_the_village(wish, organisations, people):
    assert wish.branch_id == organisations.village
    assert titles(people.secretary) == [f"核实心愿 {wish.number}"]
    assert titles(people.far) == []


def test_it_goes_to_the_town_where_a_village_has_no_organisation(county, people, organisations):
    assert collected(county, place=county.middle)[0].branch_id == organisations.town


def test_it_is_refused_where_no_organisation_stands_at_all(county):
    with pytest.raises(NoBranch):
        collected(county)


def test_nothing_personal_stands_in_the_row_the_projections_or_the_audit(wish, people):
    checked(wish, people.secretary)
    released(again(wish), people.officer)

    for row in (again(wish), WishStatus.objects.get(), WishCard.objects.get()):
        said = " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)
        assert not any(one in said for one in (NAME, PHONE, ADDRESS, "王小花"))
    for entry in Entry.objects.filter(action__startswith="orders."):
        said = entry.change + entry.subject_text
        assert not any(one in said for one in (NAME, PHONE, ADDRESS))


def test_its_code_is_kept_nowhere(county, people):
    wish, code = collected(county)

    assert code not in wish.code_digest
    assert WishStatus.objects.get().code_digest == wish.code_digest


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"kind": "money"}, Incomplete),
        ({"phone": "", "address": ""}, Incomplete),
        ({"text": " "}, Faulty),
        ({"text": "愿" * 1001}, Faulty),
        ({"text": "我的身份证是 11010519491231002X"}, HoldsNumbers),
        ({"name": ""}, Faulty),
    ],
)
def test_it_is_refused_when_something_is_missing_or_not_to_be_kept(
    county, people, changed, refusal
):
    with pytest.raises(refusal):
        collected(county, **changed)
    assert not MicroWish.objects.exists()


def test_a_flood_is_held_up(county, people):
    for _ in range(volunteering.submissions_per_minute()):
        collected(county)
    with pytest.raises(TooManyAtOnce):
        collected(county)


def test_once_checked_it_waits_for_a_time_that_a_rule_sets(wish, people):
    checked(wish, people.secretary)

    wish = again(wish)
    assert wish.state == State.CHECKED
    assert wish.wait_until == datetime.date(2017, 6, 22)  # 15 working days after 2017-06-01
    assert "15" in wish.wait_rule
    assert f"为心愿 {wish.number} 找人认领，或者答复、转办" in titles(people.secretary)
    assert WishStatus.objects.get().wait_until == wish.wait_until


def test_what_waits_is_due_on_its_day_without_a_job_having_run(wish, people):
    checked(wish, people.secretary)

    late = NOON + datetime.timedelta(days=40)
    due = [item for item in waiting(people.secretary, late).due if item.kind == WAIT]
    assert len(due) == 1
    assert due[0].due_at < late


def test_who_saw_an_older_version_is_told_so(wish, people):
    checked(wish, people.secretary)
    with pytest.raises(Changed):
        voluntary.write_card(wish, summary="想修灯", seen=1, by=people.secretary, at=NOON)


@pytest.mark.parametrize(
    "summary",
    [
        "王小花家的灯坏了",
        "王 小 花家的灯坏了",
        "电话13800000000",
        "住在3组21号",
        "患癌症的老人想修灯",
    ],
)
def test_a_card_by_which_somebody_could_be_known_is_refused(wish, people, summary):
    with pytest.raises((Incomplete, HoldsNumbers)):
        checked(wish, people.secretary, summary=summary)


def test_a_card_is_shown_once_another_person_releases_it(wish, people):
    checked(wish, people.secretary)
    assert not WishCard.objects.exists()
    with pytest.raises(NotSecondPerson):
        released(again(wish), people.secretary)
    assert titles(people.officer) == [f"审核公开心愿卡 {wish.number}"]

    released(again(wish), people.officer)

    card = WishCard.objects.get()
    assert (card.number, card.state, card.released_on) == (wish.number, "checked", TODAY)
    assert titles(people.officer) == []


def test_nothing_is_shown_without_consent_and_the_wish_goes_on_all_the_same(county, people):
    wish = checked(collected(county, consent="")[0], people.secretary)
    with pytest.raises(NoConsent):
        released(wish, people.officer)

    voluntary.record_consent(
        again(wish), how="spoken", given_on=TODAY, by=people.secretary, at=NOON
    )
    released(again(wish), people.officer)
    assert WishCard.objects.exists()


def test_the_card_is_gone_when_the_consent_is_taken_back_and_the_wish_goes_on(wish, people):
    checked(wish, people.secretary)
    released(again(wish), people.officer)

    voluntary.withdraw_consent(wish, by="public", at=NOON)

    assert not WishCard.objects.exists()
    assert again(wish).state == State.CHECKED
    with pytest.raises(NoConsent):
        voluntary.withdraw_consent(wish, by="public", at=NOON)
    with pytest.raises(NoConsent):
        released(again(wish), people.officer)


def test_new_words_take_the_card_down_until_they_are_released(wish, people):
    checked(wish, people.secretary)
    released(again(wish), people.officer)

    wish = again(wish)
    voluntary.write_card(wish, summary="想修灯", seen=wish.version, by=people.secretary, at=NOON)

    assert not WishCard.objects.exists()
    released(again(wish), people.officer)
    assert WishCard.objects.get().text == "想修灯"


def test_a_minors_wish_is_never_shown(county, people):
    wish = checked(collected(county, of_minor=True)[0], people.secretary)

    with pytest.raises(OfMinor):
        released(wish, people.officer)
    with pytest.raises(OfMinor):
        voluntary.record_consent(wish, how="written", given_on=TODAY, by=people.secretary, at=NOON)


def fulfilled(wish, electrician, people, at=NOON):
    """Bring a checked wish as far as delivered."""
    claim = voluntary.claim_wish(again(wish), by=electrician, at=at)
    voluntary.confirm_claim(claim, by=people.secretary, at=at)
    voluntary.record_delivery(claim, Served(TODAY, 45, "换了灯和开关"), by=electrician, at=at)
    return claim


def test_it_is_taken_on_delivered_confirmed_and_struck_off(wish, people, electrician):
    checked(wish, people.secretary)
    released(again(wish), people.officer)
    claim = fulfilled(wish, electrician, people)
    assert WishCard.objects.get().state == State.DELIVERED
    assert f"问心愿 {wish.number} 的本人是否已经实现" in titles(people.secretary)

    voluntary.confirm_delivery(again(wish), fulfilled=True, by="public", at=NOON)

    wish = again(wish)
    assert (wish.state, again(claim).state) == (State.CLOSED, Claim.State.ENDED)
    assert WishCard.objects.get().fulfilled_on == TODAY
    assert claim.services.get().confirmed_at == NOON  # the resident's word confirms the hours
    assert titles(people.secretary) == []


def test_it_stays_with_who_took_it_on_when_the_resident_says_no(wish, people, electrician):
    checked(wish, people.secretary)
    claim = fulfilled(wish, electrician, people)

    voluntary.confirm_delivery(again(wish), fulfilled=False, by="public", at=NOON)

    assert (again(wish).state, again(claim).state) == (State.TAKEN, Claim.State.SERVED)
    voluntary.record_delivery(claim, Served(TODAY, 10, "又修了一次"), by=electrician, at=NOON)
    assert again(wish).state == State.DELIVERED


def test_nobody_taking_it_on_it_is_answered(wish, people):
    wish = checked(wish, people.secretary)
    voluntary.answer_wish(
        wish,
        answer="暂时没有人会修，已请物业上门。",
        seen=wish.version,
        by=people.secretary,
        at=NOON,
    )

    status = WishStatus.objects.get()
    assert (status.state, status.answer) == ("answered", "暂时没有人会修，已请物业上门。")
    assert titles(people.secretary) == []


def test_nobody_taking_it_on_it_becomes_an_order_of_duty(wish, people):
    wish = checked(wish, people.secretary)
    with pytest.raises(NotDuty):
        voluntary.pass_on_wish(
            wish, service="voluntary.wish", seen=wish.version, by=people.secretary, at=NOON
        )

    service = duty_services()[0].code
    order = voluntary.pass_on_wish(
        wish, service=service, seen=wish.version, by=people.secretary, at=NOON
    )

    placed = Order.objects.get()
    assert (placed.number, placed.kind, placed.place_id) == (order.number, service, wish.place_id)
    assert placed.contact.phone == PHONE
    assert (again(wish).state, again(wish).passed_to) == (State.PASSED_ON, order.number)
    assert OrderStatus.objects.get().code_digest == digest_of("orders.code", order.code)
    assert WishStatus.objects.get().passed_to == order.number


def test_a_voluntary_kind_is_no_order_but_a_wish(county, people):
    with pytest.raises(IsVoluntary):
        place_order(
            Placing(kind="voluntary.wish", text="想要一个书包", place=county.upper),
            by="public",
            at=NOON,
        )


def test_the_resident_takes_it_back_at_any_time(wish, people, electrician):
    checked(wish, people.secretary)
    released(again(wish), people.officer)
    claim = voluntary.claim_wish(again(wish), by=electrician, at=NOON)

    voluntary.withdraw_wish(wish, by="public", at=NOON)

    assert again(claim).state == Claim.State.ENDED
    assert not WishCard.objects.exists()
    with pytest.raises(NotNow):
        voluntary.withdraw_wish(wish, by="public", at=NOON)


def test_who_sees_it(wish, people, county):
    clerk = opened(hold("文书", "village_clerk", county.upper))[0]

    assert list(wishes_for(people.secretary, TODAY)) == [wish]
    assert list(wishes_for(people.officer, TODAY)) == [wish]
    assert list(wishes_for(people.far, TODAY)) == []
    assert wish_for(people.secretary, wish.number, TODAY) == wish
    with pytest.raises(NoSuchWish):
        wish_for(people.far, wish.number, TODAY)
    with pytest.raises(NotPermitted):
        wishes_for(clerk, TODAY)


def test_looking_at_the_telephone_leaves_an_entry(wish, people):
    assert voluntary.reveal_wisher(wish, by=people.secretary, at=NOON).phone == PHONE
    entry = Entry.objects.get(action="orders.wish.revealed")
    assert PHONE not in entry.change


def test_who_wished_is_erased_when_the_time_of_a_rule_is_over(wish, people):
    voluntary.answer_wish(wish, answer="不办", seen=1, by=people.secretary, at=NOON)

    assert erase_wishers(NOON + 180 * DAY) == 0
    assert erase_wishers(NOON + 190 * DAY) == 1
    assert erase_wishers(NOON + 190 * DAY) == 0
    details = WishDetails.objects.get()
    assert (details.text, details.name, details.phone, details.address) == ("", "", "", "")

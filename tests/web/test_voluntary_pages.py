"""The pages of wishes and voluntary service: the branch's on a desk, a member's on a phone."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiceng.orders.models import Claim, MicroWish, Offer, Service, WishCard
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary.wishes import duty_services
from jiceng.orders.queries.volunteers import volunteer_of
from tests.access.cast import hold, opened
from tests.conftest import NOON
from tests.orders import volunteers as cast
from tests.orders.volunteers import NAME, PHONE, TODAY, again, checked, collected, member, river


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("jiceng.core.clock.now", lambda: NOON)


@pytest.fixture
def organisations(county):
    return cast.branches(county)


@pytest.fixture
def people(county, organisations):
    found = cast.staff(county, organisations)
    found.electrician = member(organisations.branch, "陈电工")
    found.stranger = member(organisations.lower, "下村人")
    return found


@pytest.fixture
def wish(county, people):
    return collected(county)[0]


@pytest.fixture
def page(people):
    def get(who, name, *args, query=""):
        client = Client()
        client.force_login(getattr(people, who))
        return client.get(reverse(f"web:{name}", args=args) + query)

    return get


@pytest.fixture
def send(people):
    def post(who, name, /, *args, **fields):
        client = Client()
        client.force_login(getattr(people, who))
        return client.post(reverse(f"web:{name}", args=args), {"key": uuid.uuid4(), **fields})

    return post


def text(response):
    return response.content.decode()


def test_a_secretary_brings_a_wish_to_the_wall_and_another_person_releases_it(wish, page, send):
    shown = text(page("secretary", "wish", wish.number))
    assert "灯不亮" in shown
    assert PHONE not in shown
    assert reverse("web:wish_act", args=[wish.number, "check"]) in shown

    card = {"kind": "repair", "urgency": "soon", "summary": f"{NAME}家的灯坏了"}
    refused = send("secretary", "wish_act", wish.number, "check", **card)
    assert refused.status_code == 422
    assert "不写本人姓名" in text(refused)
    card["summary"] = "一位老人想修灯"
    assert send("secretary", "wish_act", wish.number, "check", **card).status_code == 302
    own = text(page("secretary", "wish", wish.number))
    assert reverse("web:wish_act", args=[wish.number, "release"]) not in own

    seen = text(page("officer", "wish", wish.number))
    assert reverse("web:wish_act", args=[wish.number, "release"]) in seen
    assert send("officer", "wish_act", wish.number, "release").status_code == 302
    assert WishCard.objects.get().text == "一位老人想修灯"


def test_who_wished_is_shown_once_and_leaves_an_entry(wish, send, page):
    answered = send("secretary", "wish_reveal", wish.number)

    assert answered.status_code == 200
    assert PHONE in text(answered)
    assert "no-store" in answered["Cache-Control"]
    assert PHONE not in text(page("secretary", "wish", wish.number))


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("officer", 200), ("far", 404), ("electrician", 404)],
)
def test_who_sees_a_wish_of_the_branch(wish, page, who, status):
    assert page(who, "wish", wish.number).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 200), ("far", 200), ("electrician", 403)]
)
def test_who_sees_the_list(wish, page, who, status):
    answered = page(who, "wishes")

    assert answered.status_code == status
    assert (wish.number in text(answered)) is (who == "secretary")


def test_only_what_can_be_done_is_offered(wish, page, people):
    checked(wish, people.secretary)
    shown = text(page("secretary", "wish", wish.number))
    for code, offered in (("check", 0), ("card", 1), ("answer", 1), ("confirm", 0), ("consent", 0)):
        assert (reverse("web:wish_act", args=[wish.number, code]) in shown) is bool(offered), code
    assert page("secretary", "wish_act", wish.number, "nonsense").status_code == 404
    assert page("secretary", "wish_act", wish.number, "check").status_code == 200
    assert MicroWish.objects.get().state == "checked"


def test_a_wish_is_written_down_and_the_code_is_shown_once(people, page, send, county):
    people.clerk = opened(hold("文书", "village_clerk", county.upper))[0]
    assert "上村委会" in text(page("clerk", "wish_new"))
    given = {
        "place": county.upper, "how": "visit", "kind": "haircut", "text": "想请人上门理发",
        "name": "李大爷", "phone": "", "address": "上村", "consent": "spoken",
    }  # fmt: skip

    answered = send("clerk", "wish_new", **given)

    assert answered.status_code == 200
    assert re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", text(answered))
    assert MicroWish.objects.get().consents.get().how == "spoken"
    assert send("clerk", "wish_new", **given | {"place": county.lower}).status_code == 422
    assert send("clerk", "wish_new", **given | {"address": ""}).status_code == 422
    assert page("electrician", "wish_new").status_code == 403


def test_a_member_is_told_takes_it_on_and_meets_the_resident(wish, people, page, send):
    checked(wish, people.secretary)
    person = volunteer_of(people.electrician, TODAY).pk
    listed = text(page("secretary", "wish_offer", wish.number))
    assert "陈电工" in listed
    assert "下村人" not in listed
    assert send("secretary", "wish_offer", wish.number, people=[person]).status_code == 302
    assert "陈电工" in text(page("secretary", "wish", wish.number))
    offered = Offer.objects.get()
    assert "独居老人" in text(page("electrician", "today"))
    assert "独居老人" in text(page("electrician", "volunteering"))
    assert "独居老人" not in text(page("stranger", "volunteering"))
    assert send("stranger", "offer_answer", offered.pk, answer="yes").status_code == 404

    taken = send("electrician", "offer_answer", offered.pk, answer="yes")
    claim = Claim.objects.get()
    assert taken.url == reverse("web:my_claim", args=[claim.pk])
    assert PHONE not in text(page("electrician", "my_claim", claim.pk))
    assert PHONE in text(send("electrician", "my_claim_reveal", claim.pk))
    assert send("stranger", "my_claim_reveal", claim.pk).status_code == 404

    done = {"day": TODAY, "hours": "1", "more": "30", "words": "换了灯"}
    assert send("electrician", "my_claim_act", claim.pk, "deliver", **done).status_code == 302
    assert Service.objects.get().minutes == 90
    assert send("electrician", "my_claim_reveal", claim.pk).status_code == 409
    assert "问心愿" in text(page("secretary", "today"))
    confirmed = send("secretary", "wish_act", wish.number, "confirm", fulfilled="yes")
    assert confirmed.status_code == 302
    assert again(wish).state == "closed"


def test_who_declines_is_asked_nothing_and_not_named_again(wish, people, page, send):
    checked(wish, people.secretary)
    person = volunteer_of(people.electrician, TODAY).pk
    send("secretary", "wish_offer", wish.number, people=[person])

    form = text(page("electrician", "volunteering"))
    assert "<textarea" not in form
    declined = send("electrician", "offer_answer", Offer.objects.get().pk, answer="no")

    assert declined.url == reverse("web:volunteering")
    assert "陈电工" not in text(page("secretary", "wish", wish.number))
    assert "陈电工" not in text(page("secretary", "wish_offer", wish.number))


def test_nobody_is_told_when_nobody_is_ticked(wish, people, send):
    checked(wish, people.secretary)
    refused = send("secretary", "wish_offer", wish.number)
    assert refused.status_code == 422
    assert "请选择党员" in text(refused)


def test_a_post_is_opened_taken_on_served_and_certified(people, page, send, organisations):
    assert "先投保" in text(page("secretary", "welfare_post_new"))
    filled = text(page("secretary", "welfare_post_new", query="?kind=river"))
    assert re.search(r'name="dangerous"[^>]*checked', filled)
    given = {
        "branch": organisations.village, "kind": "river", "title": "上塘河巡护", "duties": "每周巡河",
        "capacity": "2", "dangerous": "on", "insurance": "",
    }  # fmt: skip
    assert send("secretary", "welfare_post_new", **given).status_code == 422
    given["insurance"] = "镇里投意外险"
    opened_at = send("secretary", "welfare_post_new", **given)
    number = int(opened_at.url.rstrip("/").rsplit("/", 1)[1])
    assert "上塘河巡护" in text(page("electrician", "volunteering"))
    assert page("stranger", "take_post", number).status_code == 404

    assert send("electrician", "take_post", number).status_code == 302
    claim = Claim.objects.get()
    assert "陈电工" in text(page("secretary", "wishes"))  # waits to be confirmed
    assert send("secretary", "claim_act", claim.pk, "confirm").status_code == 422
    insured = {"insured": "已投2017年意外险"}
    assert send("secretary", "claim_act", claim.pk, "confirm", **insured).status_code == 302

    served = {"day": TODAY, "hours": "2", "more": "", "words": "捡了三袋垃圾"}
    assert send("electrician", "my_claim_act", claim.pk, "service", **served).status_code == 302
    service = Service.objects.get()
    assert send("secretary", "claim", claim.pk, service=[service.pk]).status_code == 302
    assert "2 小时" in text(page("electrician", "volunteering"))
    corrected = served | {"hours": "1", "reason": "多写了一小时"}
    assert send("secretary", "service_correct", service.pk, **corrected).status_code == 302
    assert send("far", "service_correct", service.pk, **corrected).status_code == 404
    kept = Service.objects.get(superseded_at=None)
    send("secretary", "claim", claim.pk, service=[kept.pk])

    assert page("electrician", "certificate").status_code == 200
    paper = page("electrician", "certificate", query="?since=2017-01-01&until=2017-12-31")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert page("officer", "certificate").status_code == 403


def test_a_post_has_more_room_and_closes(people, page, send, organisations):
    post = river(organisations.village)
    assert (
        send("secretary", "welfare_post_act", post.pk, "capacity", capacity="5").status_code == 302
    )
    assert "0 / 5" in text(page("secretary", "welfare_posts"))
    assert send("secretary", "welfare_post_act", post.pk, "close").status_code == 302
    assert page("far", "welfare_post", post.pk).status_code == 404


def test_a_member_is_told_of_a_post_and_finds_it_on_his_page(people, page, send, organisations):
    post = river(organisations.branch)
    person = volunteer_of(people.electrician, TODAY).pk

    assert send("secretary", "welfare_post_offer", post.pk, people=[person]).status_code == 302

    assert post.title in text(page("electrician", "volunteering"))


def test_a_member_says_what_he_can_do_and_registers_where_he_lives(
    people, page, send, county, organisations
):
    assert send("stranger", "my_skills", codes=["repair", "driving"]).status_code == 302
    assert "驾驶" in text(page("stranger", "volunteering"))
    assert send("stranger", "my_skills").status_code == 302  # nothing is a full answer
    chosen = page("stranger", "my_communities", query=f"?place={county.upper}")
    assert "上村党总支" in text(chosen)
    assert send("stranger", "register_here", county.upper).status_code == 302
    listed = text(page("stranger", "my_communities"))
    leave = re.search(r"communities/(\d+)/leave", listed).group(1)
    assert send("electrician", "leave_here", leave).status_code == 404
    assert send("stranger", "leave_here", leave).status_code == 302


def test_what_is_taken_on_is_given_back_without_a_word(wish, people, page, send):
    checked(wish, people.secretary)
    assert send("electrician", "take_wish", wish.number).status_code == 302
    claim = Claim.objects.get()
    form = text(page("electrician", "my_claim_act", claim.pk, "give-back"))
    assert "<textarea" not in form

    back = send("electrician", "my_claim_act", claim.pk, "give-back")

    assert back.url == reverse("web:volunteering")
    assert not Claim.objects.exists()


def test_a_secretary_turns_a_claim_down_in_words(wish, people, send, page):
    checked(wish, people.secretary)
    send("electrician", "take_wish", wish.number)
    claim = Claim.objects.get()
    told = send("secretary", "claim_act", claim.pk, "turn-down", words="物业已经修好")
    assert told.status_code == 302
    assert "物业已经修好" in text(page("electrician", "my_claim", claim.pk))


def test_a_wish_in_vain_becomes_an_order_and_its_code_is_shown_once(wish, people, page, send):
    checked(wish, people.secretary)
    service = duty_services()[0].code
    assert page("far", "wish_pass_on", wish.number).status_code == 404

    answered = send("secretary", "wish_pass_on", wish.number, service=service)

    assert answered.status_code == 200
    assert again(wish).passed_to in text(answered)
    assert re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", text(answered))


@pytest.mark.parametrize("name", ["wishes", "welfare_posts"])
def test_a_list_costs_the_same_however_long_it_is(people, page, county, organisations, name):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert page("secretary", name).status_code == 200
        return len(captured)

    checked(collected(county)[0], people.secretary)
    river(organisations.village)
    first = cost()
    for number in range(5):
        checked(collected(county)[0], people.secretary)
        river(organisations.village, title=f"岗位{number}")
    assert cost() == first


def test_a_members_page_costs_the_same_however_much_there_is(people, page, county, organisations):
    def fill():
        wish = checked(collected(county)[0], people.secretary)
        person = volunteer_of(people.electrician, TODAY).pk
        for thing in (wish, river(organisations.village)):
            voluntary.offer(thing, people=[person], by=people.secretary, at=NOON)
        voluntary.claim_post(river(organisations.village), by=people.electrician, at=NOON)
        checked(collected(county)[0], people.secretary)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert page("electrician", "volunteering").status_code == 200
        return len(captured)

    fill()
    first = cost()
    for _ in range(3):
        fill()
    assert cost() == first

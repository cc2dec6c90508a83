"""The wall of wishes, placing one, and following it by its code: no account, nobody to be known."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from jiceng.notices.public import find_places
from jiceng.orders.models import Claim, MicroWish, WishCard
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary import Served
from jiceng.orders.volunteering import wrong_codes
from tests.conftest import NOON
from tests.orders import volunteers as cast
from tests.orders.volunteers import (
    ADDRESS,
    NAME,
    PHONE,
    TODAY,
    again,
    checked,
    collected,
    member,
    released,
)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("jiceng.core.clock.now", lambda: NOON)


@pytest.fixture
def organisations(county):
    return cast.branches(county)


@pytest.fixture
def people(county, organisations):
    return cast.staff(county, organisations)


@pytest.fixture
def place(client, county, people):
    def post(**fields):
        given = {
            "place": county.upper, "kind": "repair", "text": "屋里的灯不亮了", "name": NAME,
            "phone": PHONE, "address": "", "consent": "on", "key": uuid4(),
        }  # fmt: skip
        return client.post(reverse("portal:wish_new"), given | fields)

    return post


@pytest.fixture
def say(client):
    def post(code, what):
        given = {"code": code, "what": what, "key": uuid4()}
        return client.post(reverse("portal:wish_say"), given)

    return post


def code_in(response):
    return re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", response.content.decode()).group()


def text(response):
    return response.content.decode()


def status(client, code):
    return text(client.post(reverse("portal:wish_look_up"), {"code": code}))


def test_anyone_says_a_wish_and_follows_it_by_its_code(client, place):
    answered = place()

    assert answered.status_code == 200
    assert "no-store" in answered["Cache-Control"]
    assert MicroWish.objects.get().consents.get().how == "online"
    shown = status(client, code_in(answered).lower())
    assert "待核实" in shown
    assert not any(one in shown for one in (NAME, PHONE, "灯不亮"))


def test_nothing_is_agreed_to_that_was_not_ticked(place):
    place(consent="")
    assert not MicroWish.objects.get().consents.exists()


def test_the_form_ticks_nothing_beforehand(client, db):
    form = text(client.get(reverse("portal:wish_new")))
    assert "checked" not in form
    assert "同意把心愿做成卡片公开" in form


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"phone": ""}, "电话或者住址"),
        ({"text": ""}, "必填"),
        ({"text": "<script>x</script>" + "愿" * 1000}, "1000"),
        ({"text": "卡号 6222021234567890128"}, "删去"),
        ({"kind": "money"}, "种类"),
        ({"name": ""}, "必填"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(place, fields, said):
    answered = place(**fields)

    assert answered.status_code == 422
    assert not MicroWish.objects.exists()
    assert said in text(answered) or "这个字段" in text(answered)
    if fields.get("text") is None:
        assert "屋里的灯不亮了" in text(answered)


def test_a_place_that_is_no_village_is_refused(place, county):
    assert place(place=county.town).status_code == 422
    assert place(place=999_999).status_code == 404


def test_what_somebody_writes_is_never_run(client, people, county):
    wish = collected(county)[0]
    checked(wish, people.secretary, summary="想要<script>alert(1)</script>一盏灯")
    released(again(wish), people.officer)

    wall = text(client.get(reverse("portal:wishes")))
    assert "<script>alert" not in wall
    assert "&lt;script&gt;" in wall


def test_the_wall_shows_cards_and_nobody(client, people, county):
    wish = checked(collected(county)[0], people.secretary)
    assert "想请人修好" not in text(client.get(reverse("portal:wishes")))

    released(wish, people.officer)

    answered = client.get(reverse("portal:wishes"))
    assert "noindex" in answered["X-Robots-Tag"]
    shown = text(answered)
    assert "想请人修好" in shown
    assert "上村委会" in shown
    assert not any(one in shown for one in (NAME, PHONE, ADDRESS, "21号"))
    of_upper = client.get(reverse("portal:wishes"), {"place": county.upper})
    assert "想请人修好" in text(of_upper)
    assert "想请人修好" not in text(client.get(reverse("portal:wishes"), {"place": county.lower}))


def test_the_picker_finds_the_village(county, people):
    assert [one.number for one in find_places("上村", TODAY)] == [county.upper]


def test_the_card_is_gone_when_the_resident_says_so(client, people, county, say):
    wish, code = collected(county)
    released(checked(wish, people.secretary), people.officer)
    assert "收回公开" in status(client, code)

    answered = say(code, "hide")

    assert "没有公开" in text(answered)
    assert not WishCard.objects.exists()
    assert say(code, "hide").status_code == 409
    assert again(wish).state == "checked"


def test_the_resident_confirms_what_was_delivered(client, people, county, organisations, say):
    wish, code = collected(county)
    checked(wish, people.secretary)
    helper = member(organisations.branch, "陈电工")
    claim = voluntary.claim_wish(again(wish), by=helper, at=NOON)
    voluntary.confirm_claim(claim, by=people.secretary, at=NOON)
    assert say(code, "fulfilled").status_code == 409  # not yet
    voluntary.record_delivery(claim, Served(TODAY, 30, "修好了"), by=helper, at=NOON)
    shown = status(client, code)
    assert "心愿实现了吗" in shown
    assert "陈电工" not in shown

    say(code, "unfulfilled")
    assert again(wish).state == "taken"
    voluntary.record_delivery(claim, Served(TODAY, 30, "又修了"), by=helper, at=NOON)
    assert "已实现" in text(say(code, "fulfilled"))
    assert again(claim).state == Claim.State.ENDED


def test_the_resident_withdraws(client, people, county, say):
    wish, code = collected(county)
    assert "已撤回" in text(say(code, "withdraw"))
    assert say(code, "withdraw").status_code == 409
    assert say(code, "nonsense").status_code == 404
    assert again(wish).state == "withdrawn"


def test_a_wrong_code_says_nothing_and_guessing_is_held_up(client, db):
    address = reverse("portal:wish_look_up")
    assert client.post(address, {"code": "AAAA-CCCC-DDDD"}).status_code == 404
    for _ in range(wrong_codes()):
        answered = client.post(address, {"code": "AAAA-CCCC-DDDD"})
    assert answered.status_code == 403
    assert "输错次数过多" in text(answered)


def test_the_same_form_twice_is_taken_once(place):
    key = uuid4()
    place(key=key)
    place(key=key)
    assert MicroWish.objects.count() == 1

"""The public pages for complaints: no account, no trace, readable by anyone."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.feedback.models import Complaint
from jiceng.registry.operations import Founding, found_units
from tests.conftest import NOON, START

ADDRESS = "/public/complain/"
TEXT = "这张表每月要填两遍"


@pytest.fixture
def send(client, db):
    def post(**fields):
        given = {"text": TEXT, "kind": "burden", "contact": "", "page": "/units/1/"}
        return client.post(reverse("portal:complain"), {**given, "key": uuid4(), **fields})

    return post


def code_in(response):
    return re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", response.content.decode()).group()


def test_anyone_opens_it_and_it_knows_the_page_he_came_from(client, db):
    response = client.get(ADDRESS, headers={"referer": "http://testserver/units/7/?day=2017-01-01"})

    assert response.status_code == 200
    assert 'value="/units/7/"' in response.content.decode()
    foreign = client.get(ADDRESS, headers={"referer": "https://elsewhere.example/x"})
    assert "elsewhere" not in foreign.content.decode()


def test_it_is_taken_and_the_code_opens_it(client, send):
    response = send()

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    answer = client.post(reverse("portal:look_up"), {"code": code_in(response).lower()})
    assert "办理中" in answer.content.decode()
    assert TEXT not in answer.content.decode()


def test_the_same_form_twice_is_taken_once(send):
    key = uuid4()
    assert send(key=key).status_code == 200
    assert send(key=key).status_code == 409
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    "fields", [{"text": ""}, {"text": "330304199001011234"}, {"kind": "praise"}]
)
def test_what_is_not_taken_comes_back_filled(send, fields):
    response = send(contact="电话", **fields)

    assert response.status_code == 422
    assert 'value="电话"' in response.content.decode()
    assert not Complaint.objects.exists()


def test_a_wrong_code_is_answered_with_a_sentence(client, db):
    response = client.post(reverse("portal:look_up"), {"code": "AAAA-AAAA-AAAA"})

    assert response.status_code == 404
    assert "没有这个查询码" in response.content.decode()


def test_statistics_are_public(client, send):
    assert "还没有收到意见" in client.get(reverse("portal:statistics")).content.decode()
    send()
    assert "0 / 1" in client.get(reverse("portal:statistics")).content.decode()


def test_every_page_leads_to_it(client, clerk):
    assert ADDRESS in client.get(reverse("web:log_in")).content.decode()
    client.force_login(clerk)
    assert ADDRESS in client.get(reverse("web:today")).content.decode()


@pytest.fixture(autouse=True)
def second_county(county):
    """With two counties below it the city is the whole."""
    found_units(
        [Founding("丙县", "county", 3, "990103000000", parent=county.city)],
        tree="division",
        day=START,
        by="system",
        at=NOON,
    )


@pytest.fixture
def officer(county):
    return _officer(county.city, "city.officer")


@pytest.fixture
def onlooker(county):
    return _officer(county.county, "county.officer")


@pytest.fixture
def stranger(clerk):
    return clerk


def _officer(unit, role):
    user = User.objects.create_user(role, display_name="办公室", created_at=NOON)
    until = clock.today().replace(year=clock.today().year + 1)
    Grant.objects.create(
        user=user, role=role, unit_id=unit, valid_from=START, valid_to=until, recorded_at=NOON
    )
    return user


@pytest.mark.parametrize(
    ("who", "seen", "answered"),
    [("officer", 200, 302), ("onlooker", 403, 403), ("stranger", 403, 403)],
)
def test_who_may_read_and_answer(request, client, send, who, seen, answered):
    send(contact="王先生")
    complaint = Complaint.objects.get()
    user = request.getfixturevalue(who)
    client.force_login(user)
    address = reverse("web:complaint", args=[complaint.number])

    for page in (reverse("web:complaints"), address):
        response = client.get(page)
        assert response.status_code == seen
        assert ("填两遍" in response.content.decode()) is (seen == 200)
    response = client.post(address, {"text": "已改。", "key": uuid4()})
    assert response.status_code == answered
    complaint.refresh_from_db()
    assert (complaint.answer == "已改。") is (answered == 302)

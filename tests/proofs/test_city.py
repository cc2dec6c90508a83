"""The demonstration city shows what it is built to show: the programme of 2017 half reached, another
one running, an edition that waits, and an account for each kind of user.
"""

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from bench.figures import Watch
from jiceng.core import clock
from jiceng.demo.build import build
from jiceng.demo.stages.accounts import password_of
from jiceng.exchange.models import Edition
from jiceng.programmes.models import Belt, PointStatus, Programme, Verdict
from jiceng.registry.models import Remark, Unit
from jiceng.registry.models.units import Tree
from tests.proving import FULL, note

pytestmark = [pytest.mark.prove, pytest.mark.django_db]
SEED = 2017
DONGTOU = "330305"  # the county with the fewest villages
KINDS_OF_USER = {
    "city",
    "county",
    "town",
    "secretary",
    "clerk",
    "oversight",
    "grid",
    "department",
    "supervisor",
    "member",
    "system",
    "security",
    "audit",
}


def test_the_city_shows_what_it_is_built_to_show():
    with Watch() as building:
        county = "" if FULL else DONGTOU
        city = build(seed=SEED, county=county, at=clock.now(), say=lambda line: None)

    _the_register_says_what_it_assumes()
    _the_programme_of_2017_holds_in_part()
    _another_programme_runs_and_waits_for_confirmations()
    _the_edition_of_2023_waits()
    _every_kind_of_user_finds_his_first_page(city)
    size = f"{Unit.objects.filter(tree=Tree.ORGANISATION).count():,} organisations"
    note("the demonstration city built", building.seconds, "s", at_size=size)


def _the_register_says_what_it_assumes():
    text = Remark.objects.get().text
    assert all(number in text for number in ("5401", "5404", "5405", "2017年1月1日"))
    if FULL:
        assert Unit.objects.filter(tree=Tree.ORGANISATION).count() > 27_000


def _the_programme_of_2017_holds_in_part():
    programme = Programme.objects.get(code="wenzhou-belts-2017")
    belts = Belt.objects.filter(programme=programme)
    verdicts = Verdict.objects.filter(judging__programme=programme, judging__day="2017-12-31")
    states = {
        target: set(verdicts.filter(target=target).values_list("state", flat=True))
        for target in verdicts.values_list("target", flat=True).distinct()
    }

    assert belts.filter(level="city").count() == (12 if FULL else 1)
    assert belts.filter(level="county").exists()
    assert {"met", "short"} <= set().union(*states.values())
    if not FULL:
        return
    towns = verdicts.filter(target="town-coverage")
    assert towns.filter(state="not_applicable").count() == 8
    assert towns.aggregate(villages=Sum("denominator"))["villages"] == 5_401
    assert {"met", "short"} <= states["city-belt-demo-villages"]
    assert {"met", "short"} <= states["county-coverage"]


def _another_programme_runs_and_waits_for_confirmations():
    programme = Programme.objects.get(fictional=True)
    assert programme.starts_on <= clock.today() < programme.sunset_on
    assert PointStatus.objects.waiting().filter(programme=programme).exists()


def _the_edition_of_2023_waits():
    waiting = Edition.objects.get()
    assert str(waiting.day) == "2023-06-30"
    assert waiting.steps.exists()
    assert not waiting.steps.exclude(effective_at=None).exists()


def _every_kind_of_user_finds_his_first_page(city):
    assert {username for username, _who in city.accounts} == KINDS_OF_USER
    for username in KINDS_OF_USER:
        client = Client()
        given = {"username": username, "password": password_of(SEED)}
        assert client.post(reverse("web:log_in"), given).status_code == 302, username
        page = client.get("/")
        assert page.status_code == 200, username
        assert page.context["user"].username == username

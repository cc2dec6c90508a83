"""Which sections a user is led to, and which of them is the current one."""

import datetime
from contextlib import suppress

import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve, reverse

from jiceng.access.models import Grant
from jiceng.core import clock
from jiceng.ui import navigation
from jiceng.ui.navigation import Section, navigation_of

SECTIONS = [
    Section(10, "今日", "web:today"),
    Section(20, "密码", "web:change_password", paths=("/secrets/",)),
    Section(30, "名录", "web:log_in", "registry.view"),
    Section(40, "意见", "web:complaints", "feedback.answer", whole=True),
]


@pytest.fixture(autouse=True)
def _sections(monkeypatch):
    monkeypatch.setattr(navigation, "SECTIONS", SECTIONS)


def sections(user, path="/") -> list[str]:
    request = RequestFactory().get(path)
    request.user = user
    with suppress(Resolver404):
        request.resolver_match = resolve(path)
    return [f"*{s.title}" if s.current else s.title for s in navigation_of(request)]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", ["*今日", "密码"]),
        ("/password/", ["今日", "*密码"]),
        ("/password/old/", ["今日", "*密码"]),
        ("/secrets/7/", ["今日", "*密码"]),
        ("/elsewhere/", ["今日", "密码"]),
    ],
)
def test_marks_the_section_that_the_page_belongs_to(clerk, path, shown):
    assert sections(clerk, path) == shown


def test_marks_the_section_that_names_the_page_though_another_lies_above_it(clerk, monkeypatch):
    wide = Section(15, "全部", "web:today", paths=("/units/",))
    figures = Section(40, "数据", "web:today", pages=("web:figures",))
    monkeypatch.setattr(navigation, "SECTIONS", [wide, figures])
    assert sections(clerk, "/units/7/figures/") == ["全部", "*数据"]
    assert sections(clerk, "/units/7/") == ["*全部", "数据"]


@pytest.mark.parametrize(("ended", "shown"), [(False, True), (True, False)])
def test_leads_only_where_a_grant_in_force_permits(clerk, county, ended, shown):
    today = clock.today()
    Grant.objects.create(
        user=clerk,
        role="member",
        unit_id=county.upper,
        valid_from=county.start,
        valid_to=today if ended else today + datetime.timedelta(days=1),
        recorded_at=clock.now(),
    )
    assert ("名录" in sections(clerk)) is shown


@pytest.mark.parametrize(("unit", "shown"), [("city", True), ("town", False)])
def test_leads_to_a_page_of_the_whole_only_who_answers_for_the_whole(
    client, clerk, county, unit, shown
):
    Grant.objects.create(
        user=clerk,
        role="county.officer",
        unit_id=getattr(county, unit),
        valid_from=county.start,
        valid_to=clock.today() + datetime.timedelta(days=1),
        recorded_at=clock.now(),
    )
    client.force_login(clerk)

    assert ("意见" in sections(clerk)) is shown
    opened = client.get(reverse("web:complaints")).status_code
    assert opened == (200 if shown else 403)


def test_asks_the_database_once(clerk, django_assert_num_queries):
    with django_assert_num_queries(1):
        sections(clerk)

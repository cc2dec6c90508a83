"""Vacant posts of secretaries on the first page of who fills them."""

import pytest
from django.urls import reverse

from jiceng.core import clock
from jiceng.core.periods import Month
from jiceng.measures.operations import refresh_for
from jiceng.registry.operations import (
    Founding,
    PersonRow,
    PostRow,
    appoint,
    found_units,
    record_people,
)
from tests.conftest import NOON, START
from tests.web.test_registry_pages import holder

BY = {"by": "system", "at": NOON}


@pytest.fixture
def branches(county):
    """Two branches of a village, one of them with a secretary."""
    rows = [
        Founding(f"上村第{n}党支部", "branch", 1, domain="village", seat=county.upper)
        for n in (1, 2)
    ]
    led, vacant = found_units(rows, tree="organisation", day=START, **BY)
    (person,) = record_people([PersonRow("陈示例")], **BY)
    appoint([PostRow(person, led, "party_secretary", START)], **BY)
    refresh_for(["registry.Unit"], [Month.of(clock.today()).previous()], clock.now())
    return led, vacant


def test_who_fills_posts_is_told_how_many_are_vacant(client, county, branches):
    client.force_login(holder("officer", "town.officer", county.town))
    page = client.get(reverse("web:today")).content.decode()
    assert "东镇：1 个党组织没有书记" in page

    behind = client.get(
        reverse("web:figure_rows", args=[county.town, "registry.organisations.without_secretary"])
    )
    assert "上村第2党支部" in behind.content.decode()
    assert "上村第1党支部" not in behind.content.decode()


def test_who_only_looks_is_not(client, county, branches):
    client.force_login(holder("secretary", "village.secretary", county.upper))
    assert "没有书记" not in client.get(reverse("web:today")).content.decode()

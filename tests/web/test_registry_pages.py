"""The register's pages: who sees what, as of which day, and at what cost."""

import datetime

import pytest
from django.urls import reverse

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.registry.operations import (
    Founding,
    Inheritance,
    PersonRow,
    PostRow,
    appoint,
    end_units,
    found_units,
    record_people,
    remark_on_units,
    succeed,
)
from tests.conftest import NOON, START

LATER = datetime.date(2019, 9, 25)


def holder(name, role, unit):
    user = User.objects.create_user(name, None, display_name=name, created_at=NOON)
    Grant.objects.create(
        user=user,
        role=role,
        unit_id=unit,
        valid_from=START,
        valid_to=datetime.date(2099, 1, 1),
        recorded_at=NOON,
    )
    return user


@pytest.fixture
def readers(county):
    return {
        "owner": holder("owner", "town.officer", county.town),
        "above": holder("above", "county.officer", county.county),
        "stranger": holder("stranger", "town.officer", county.subdistrict),
    }


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("above", 200), ("stranger", 404)])
def test_a_unit_is_seen_from_above_and_not_from_beside(client, county, readers, who, status):
    client.force_login(readers[who])
    assert client.get(reverse("web:unit", args=[county.upper])).status_code == status


def test_the_way_up_leads_only_where_the_reader_may_go(client, county, readers):
    client.force_login(readers["owner"])
    page = client.get(reverse("web:unit", args=[county.upper])).content.decode()
    assert f'href="{reverse("web:unit", args=[county.town])}"' in page
    assert "乙县" in page
    assert f'href="{reverse("web:unit", args=[county.county])}"' not in page


def test_a_page_shows_the_name_of_the_day_asked_for(client, county, readers):
    client.force_login(readers["owner"])
    page = client.get(reverse("web:unit", args=[county.upper]), {"day": "2016-05-01"})
    assert "还没有设立" in page.content.decode()
    page = client.get(reverse("web:unit", args=[county.upper]), {"day": "2018-05-01"})
    assert "上村委会" in page.content.decode()


def test_a_day_that_is_none_is_refused_in_words(client, county, readers):
    client.force_login(readers["owner"])
    page = client.get(reverse("web:unit", args=[county.upper]), {"day": "2018-02-30"})
    assert page.status_code == 422
    assert "不是日期" in page.content.decode()


def test_a_retired_village_is_seen_through_its_heir(client, county, readers):
    (heir,) = found_units(
        [Founding("大村委会", "village", 5, parent=county.town)],
        tree="division",
        day=LATER,
        by="system",
        at=NOON,
    )
    end_units([county.upper], ending="merger", day=LATER, by="system", at=NOON)
    succeed([Inheritance(county.upper, heir)], day=LATER, by="system", at=NOON)

    client.force_login(readers["owner"])
    page = client.get(reverse("web:unit", args=[county.upper]))
    assert "并入或分设为" in page.content.decode()
    client.force_login(readers["stranger"])
    assert client.get(reverse("web:unit", args=[county.upper])).status_code == 404


@pytest.fixture
def secretary(county):
    """The secretary of the upper village's own organisation, not of the village."""
    (branch,) = found_units(
        [Founding("上村党支部", "branch", 1, domain="village", seat=county.upper)],
        tree="organisation",
        day=START,
        by="system",
        at=NOON,
    )
    (person,) = record_people([PersonRow("郑有声")], by="system", at=NOON)
    appoint([PostRow(person, branch, "party_secretary", START)], by="system", at=NOON)
    return "郑有声"


def test_a_village_shows_the_secretary_of_its_own_organisation(client, county, readers, secretary):
    client.force_login(readers["owner"])
    assert secretary in client.get(reverse("web:unit", args=[county.upper])).content.decode()
    assert secretary not in client.get(reverse("web:unit", args=[county.lower])).content.decode()


def test_a_page_shows_the_remark_of_the_day(client, county, readers):
    for day, text in ((START, "一个假设。"), (LATER, "已核对。")):
        remark_on_units({county.upper: text}, day=day, by="system", at=NOON)
    client.force_login(readers["owner"])
    address = reverse("web:unit", args=[county.upper])
    assert "一个假设。" in client.get(address, {"day": "2018-01-01"}).content.decode()
    page = client.get(address).content.decode()
    assert "已核对。" in page
    assert "一个假设。" not in page


@pytest.mark.parametrize("text", ["上村", "scwh", "shangcun", "990102001001"])
def test_a_search_finds_within_the_scope_only(client, county, readers, text):
    for who, found in (("owner", True), ("stranger", False)):
        client.force_login(readers[who])
        for name in ("web:search", "web:pick"):
            page = client.get(reverse(name), {"q": text}).content.decode()
            assert (f"/units/{county.upper}/" in page) is found


def test_the_tree_opens_one_step_at_a_time(client, county, readers):
    client.force_login(readers["above"])
    assert "乙县" in client.get(reverse("web:tree")).content.decode()
    below = client.get(reverse("web:below", args=[county.county])).content.decode()
    assert "东镇" in below
    assert "上村委会" not in below


@pytest.mark.parametrize("name", ["web:unit", "web:below", "web:organisations", "web:two_new"])
def test_a_page_costs_the_same_however_much_hangs_on_it(
    client, county, readers, name, django_assert_max_num_queries
):
    def found_branches(count):
        found_units(
            [
                Founding(f"第{n}支部", "branch", 1, domain="village", seat=county.town)
                for n in range(count)
            ],
            tree="organisation",
            day=START,
            by="system",
            at=NOON,
        )

    client.force_login(readers["above"])
    address = reverse(name, args=[county.county])
    found_branches(2)
    with django_assert_max_num_queries(46) as few:
        client.get(address)
    found_branches(120)
    with django_assert_max_num_queries(46) as many:
        client.get(address)
    assert len(many) == len(few)

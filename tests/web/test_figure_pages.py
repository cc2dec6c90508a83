"""Figures on the screen: for whom, down to which rows, under which tree, and closed."""

import datetime
import uuid

import pytest
from django.urls import reverse

from jiceng.core.periods import Month
from jiceng.measures.operations import refresh_for
from jiceng.measures.registry import SOURCES
from jiceng.registry.operations import (
    FactRow,
    Founding,
    Inheritance,
    end_units,
    found_units,
    record_facts,
    succeed,
)
from tests.conftest import NOON, START
from tests.web.test_registry_pages import holder

BY = {"by": "system", "at": NOON}
MERGED = datetime.date(2019, 9, 25)
DECEMBER = {"month": "2017-12"}
POPULATION = "registry.population"


@pytest.fixture
def counted(county):
    """Two villages of 300 and 500 people, counted for December 2017, then merged in 2019."""
    rows = [
        FactRow(county.upper, "population", 300, START),
        FactRow(county.lower, "population", 500, START),
    ]
    record_facts(rows, **BY)
    refresh_for(
        ["registry.VillageFact", "registry.Unit"], [Month(2017, 12)], NOON.replace(year=2018)
    )
    (heir,) = found_units(
        [Founding("大村委会", "village", 5, parent=county.town)],
        tree="division",
        day=MERGED,
        **BY,
    )
    end_units([county.upper, county.lower], ending="merger", day=MERGED, **BY)
    succeed([Inheritance(county.upper, heir), Inheritance(county.lower, heir)], day=MERGED, **BY)
    return heir


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def test_a_town_sees_its_figures_and_what_makes_them(client, county, counted):
    client.force_login(holder("officer", "town.officer", county.town))

    assert ">800</a>" in _tight(page(client, "web:figures", county.town, **DECEMBER))
    assert "500" in _tight(page(client, "web:figure", county.town, POPULATION, **DECEMBER))
    rows = _tight(page(client, "web:figure_rows", county.town, POPULATION, **DECEMBER))
    assert "户籍人口300" in rows
    assert "户籍人口500" in rows


def test_the_way_back_leads_through_the_figures_of_the_same_month(client, county, counted):
    client.force_login(holder("officer", "town.officer", county.town))
    figures = reverse("web:figures", args=[county.town])
    figure = reverse("web:figure", args=[county.town, POPULATION])
    shown = page(client, "web:figure", county.town, POPULATION, **DECEMBER).content.decode()
    assert f'<a href="{figures}?month={DECEMBER["month"]}">数据</a>' in shown
    for name in ("web:figure_rows", "web:figure_restated"):
        shown = page(client, name, county.town, POPULATION, **DECEMBER).content.decode()
        assert f'<a href="{figure}?month={DECEMBER["month"]}">' in shown


@pytest.mark.parametrize("name", ["web:figures", "web:figure", "web:figure_rows"])
def test_a_stranger_does_not_know_of_the_unit(client, county, counted, name):
    client.force_login(holder("stranger", "town.officer", county.subdistrict))
    args = [county.town] if name == "web:figures" else [county.town, POPULATION]
    assert client.get(reverse(name, args=args), DECEMBER).status_code == 404


def test_an_old_figure_is_restated_under_the_tree_of_today(client, county, counted):
    client.force_login(holder("officer", "town.officer", county.town))
    restated = _tight(page(client, "web:figure_restated", county.town, POPULATION, **DECEMBER))

    assert '大村委会</a></th><tdclass="number">800' in restated
    assert "上村委会" not in restated


def test_what_is_not_counted_yet_says_so(client, county, counted):
    client.force_login(holder("officer", "town.officer", county.town))
    assert "尚未计算" in _tight(page(client, "web:figures", county.town, month="2016-01"))
    assert page(client, "web:figures", county.town, month="2016-13").status_code == 422
    assert page(client, "web:figure", county.town, "nothing.of.that").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("county.officer", 422), ("town.officer", 403)])
def test_a_month_that_has_not_ended_is_closed_by_nobody(client, county, counted, role, status):
    client.force_login(holder("closer", role, county.county))
    sent = {"month": "2031-01", "key": str(uuid.uuid4())}

    answer = client.post(reverse("web:close_period"), sent)
    assert answer.status_code == status
    assert ("尚未结束" in answer.content.decode()) is (status == 422)


def test_a_month_is_closed_by_who_answers_for_the_whole(client, county, counted):
    refresh_for(list(SOURCES.entries), [Month(2017, 12)], NOON.replace(year=2018))
    client.force_login(holder("closer", "county.officer", county.county))
    address = reverse("web:close_period")
    assert "关账时间" not in _tight(client.get(address))

    sent = {"month": "2017-12", "key": str(uuid.uuid4())}
    assert client.post(address, sent).status_code == 302
    assert "关账时间" in _tight(client.get(address))


def _tight(answer):
    return "".join(answer.content.decode().split())

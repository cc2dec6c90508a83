"""What was corrected after a month was closed: beside the figure, with reason, old and new value."""

import datetime

import pytest
from django.urls import reverse

from jiceng.core.periods import Month
from jiceng.measures.operations import close_period, refresh_for
from jiceng.measures.queries import figure
from jiceng.registry.operations import (
    FactRow,
    Founding,
    MembershipRow,
    PersonRow,
    enrol_members,
    found_units,
    record_facts,
)
from jiceng.registry.queries import unit_on
from tests.conftest import NOON, START
from tests.web.test_registry_pages import holder

BY = {"by": "system", "at": NOON}
CLOSED = NOON.replace(year=2018)
LATER = {"by": "system", "at": CLOSED + datetime.timedelta(days=40)}
MONTH = Month(2017, 12)
DECEMBER = {"month": "2017-12"}
POPULATION, MEMBERS = "registry.population", "registry.members.full_member"


def page(client, name, *args):
    return client.get(reverse(name, args=args), DECEMBER)


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def branch(county):
    (number,) = found_units(
        [Founding("上村党支部", "branch", 1, domain="village", seat=county.upper)],
        tree="organisation",
        day=START,
        **BY,
    )
    return number


@pytest.fixture
def closed(county, branch):
    """December 2017 closed with 300 people in 上村 and 500 in 西社区; then corrected."""
    rows = [
        FactRow(county.upper, "population", 300, START),
        FactRow(county.community, "population", 500, START),
    ]
    record_facts(rows, **BY)
    sources = ["registry.VillageFact", "registry.Unit", "registry.Membership"]
    refresh_for(sources, [MONTH], CLOSED)
    close_period(MONTH, [POPULATION, MEMBERS], by="system", at=CLOSED)


@pytest.fixture
def corrected(county, branch, closed):
    rows = [
        FactRow(county.upper, "population", 312, START, "漏计十二人"),
        FactRow(county.lower, "population", 90, START),
        FactRow(county.community, "population", 505, START, "核对户籍"),
        FactRow(county.upper, "population", 400, datetime.date(2018, 2, 1)),  # not of December
    ]
    record_facts(rows, **LATER)
    enrol_members([MembershipRow(PersonRow("张三"), branch, "full_member", START)], **LATER)


@pytest.fixture
def officer(client, county):
    client.force_login(holder("officer", "county.officer", county.county))
    return client


def test_a_closed_figure_stays_and_leads_to_its_corrections(officer, county, corrected):
    county_of = unit_on(county.county, MONTH.last)
    assert figure(POPULATION, county_of, MONTH).value == 800
    for name, args in (("web:figures", []), ("web:figure", [POPULATION])):
        assert "corrections/" in text_of(page(officer, name, county.county, *args))

    overview = text_of(page(officer, "web:corrections", county.county))
    assert '<td class="number">3</td>' in overview
    assert reverse("web:figure_corrections", args=[county.county, MEMBERS]) in overview


def test_a_correction_shows_reason_old_and_new_value(officer, county, corrected):
    shown = text_of(page(officer, "web:figure_corrections", county.county, POPULATION))
    for words in ("漏计十二人", "户籍人口 300", "户籍人口 312", "补登", "户籍人口 90", "共 3 条"):
        assert words in shown
    assert "400" not in shown


def test_a_town_sees_the_corrections_of_its_own_villages(client, county, corrected):
    client.force_login(holder("town", "town.officer", county.town))
    shown = text_of(page(client, "web:figure_corrections", county.town, POPULATION))
    assert "共 2 条，您可以看到其中 2 条" in shown
    assert "核对户籍" not in shown


def test_rows_about_persons_are_told_of_and_shown_by_permission_only(client, county, corrected):
    client.force_login(holder("supervisor", "supervisor", county.county))
    shown = text_of(page(client, "web:figure_corrections", county.county, MEMBERS))
    assert "共 1 条，您可以看到其中 0 条" in shown
    assert "没有您可以查看的更正" in shown
    assert "有权的干部查看" in shown
    client.force_login(holder("county", "county.officer", county.county))
    shown = text_of(page(client, "web:figure_corrections", county.county, MEMBERS))
    assert "您可以看到其中 1 条" in shown
    assert "上村党支部" in shown


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        ("county.officer", "county", 200),
        ("village.clerk", "upper", 404),
        ("town.officer", "subdistrict", 404),
        ("grid.worker", "town", 403),
    ],
)
def test_who_may_read_them(client, county, corrected, role, where, status):
    client.force_login(holder("reader", role, getattr(county, where)))
    assert page(client, "web:corrections", county.town).status_code == status
    assert page(client, "web:figure_corrections", county.town, POPULATION).status_code == status


def test_what_is_not_closed_or_not_corrected_says_so(officer, county, closed):
    assert "没有补登" in text_of(page(officer, "web:corrections", county.county))
    open_month = officer.get(reverse("web:corrections", args=[county.county]), {"month": "2018-01"})
    assert "还没有关账" in text_of(open_month)
    refused = officer.get(
        reverse("web:figure_corrections", args=[county.county, POPULATION]), {"month": "2018-01"}
    )
    assert refused.status_code == 409
    assert "尚未关账" in text_of(refused)


def test_the_page_of_closing_lists_what_is_closed(officer, county, closed):
    shown = text_of(officer.get(reverse("web:close_period")))
    assert "2017-12" in shown
    assert f"{reverse('web:corrections', args=[county.county])}?month=2017-12" in shown


def test_it_costs_the_same_however_many_corrections_there_are(
    officer, county, closed, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(60) as captured:
            page(officer, "web:corrections", county.town)
            page(officer, "web:figure_corrections", county.town, POPULATION)
        return len(captured)

    record_facts([FactRow(county.upper, "population", 312, START, "漏计")], **LATER)
    cost()  # a process meets the tree for the first time
    few = cost()
    days = [START + datetime.timedelta(days=n) for n in range(1, 60)]
    record_facts(
        [FactRow(county.lower, "population", n, day) for n, day in enumerate(days)], **LATER
    )
    assert cost() == few

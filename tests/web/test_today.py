"""The first page: what is due, what waits for me, what I wait for."""

import datetime

import pytest

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.agenda.operations import Asked, ask, close
from jiceng.core import clock
from jiceng.registry.operations import (
    Founding,
    MembershipRow,
    PersonRow,
    enrol_members,
    found_units,
    record_people,
)
from tests.conftest import NOON, START
from tests.web.test_registry_pages import holder

BY = {"by": "system", "at": NOON}
HOURS = datetime.timedelta(hours=1)
NOW = clock.now()


@pytest.fixture
def officer(county):
    """Answers for the county."""
    user = User.objects.create_user("officer", display_name="县干部", created_at=NOW)
    Grant.objects.create(
        user=user,
        role="county.officer",
        unit_id=county.county,
        valid_from=county.start,
        valid_to=datetime.date(2100, 1, 1),
        recorded_at=NOW,
    )
    return user


@pytest.fixture
def items(county, officer, clerk):
    def item(subject: str, title: str, **more) -> Asked:
        return Asked("county.officer", county.county, "exchange.review", subject, title, **more)

    ask(
        [
            item("edition:1", "复核新版区划", due_at=NOW - HOURS, address="/review/1/"),
            item("edition:2", "复核开发区", due_at=NOW + 24 * HOURS),
            item("edition:3", "核对村名", asked_by=clerk),
        ],
        at=NOW,
    )


def page(client, user) -> str:
    client.force_login(user)
    return client.get("/").content.decode()


def test_shows_what_waits_to_who_answers_for_it(client, officer, items):
    shown = page(client, officer)
    assert '<a href="/review/1/">复核新版区划</a>' in shown
    assert shown.count("已超期") == 1
    due, for_me = shown.index('id="due"'), shown.index('id="for-me"')
    assert due < shown.index("复核开发区") < for_me < shown.index("核对村名")
    assert "乙县" in shown


def test_shows_who_asked_what_he_waits_for(client, clerk, items):
    shown = page(client, clerk)
    assert shown.index('id="for-others"') < shown.index("核对村名")
    assert "复核新版区划" not in shown


def test_shows_nothing_once_it_is_done(client, officer, items):
    close("exchange.review", ["edition:1", "edition:2", "edition:3"], at=NOW)
    shown = page(client, officer)
    assert 'id="due"' not in shown
    assert 'id="for-me"' not in shown
    assert "没有等您办理的事项。" in shown


def test_leaves_out_the_term_where_nothing_has_one(client, clerk, officer, items):
    assert "期限" not in page(client, clerk)
    assert "期限" in page(client, officer)


def test_tells_the_reader_where_he_is_and_what_is_open_to_him_there(client, county, officer):
    shown = page(client, officer)
    assert f'<a href="/units/{county.county}/">乙县</a>' in shown
    assert "县级组织部门干部" in shown
    assert f"/units/{county.county}/figures/" in shown


def test_tells_who_has_nothing_to_do_what_he_may_do(client, county, officer, items):
    worker = holder("grid", "grid.worker", county.upper)
    shown = page(client, worker)
    assert "有哪些组织" in shown  # of the register
    assert "目标达到多少" not in shown  # of programmes, which he may not see
    assert f"/public/notices/?place={county.upper}" in shown
    assert "可以做什么" not in page(client, officer)


def test_leads_a_member_to_his_branch_and_the_notices_of_its_village(client, county):
    (branch,) = found_units(
        [Founding("上村党支部", "branch", 1, domain="village", seat=county.upper)],
        tree="organisation",
        day=START,
        **BY,
    )
    (person,) = record_people([PersonRow("陈示例", number="9")], **BY)
    enrol_members([MembershipRow(person, branch, "full_member", START)], **BY)
    member = User.objects.create_user("member", person_number="9", created_at=NOW)
    shown = page(client, member)
    assert f'<a href="/units/{branch}/">上村党支部</a>' in shown
    assert f"/public/notices/?place={county.upper}" in shown


def test_asks_the_database_no_more_for_more_items(
    client, county, officer, items, django_assert_max_num_queries
):
    more = [
        Asked("county.officer", unit, "exchange.review", f"row:{n}", f"第 {n} 件")
        for n in range(40)
        for unit in (county.town, county.upper)
    ]
    ask(more, at=NOW)
    client.force_login(officer)
    with django_assert_max_num_queries(26):
        client.get("/")

"""A county's officer renames a village, merges two and fills a post: right today and on old days."""

import datetime

import pytest

from jiceng.registry.models import Post
from jiceng.registry.operations import (
    Founding,
    MembershipRow,
    PersonRow,
    PostRow,
    appoint,
    enrol_members,
    found_units,
)
from tests.conftest import NOON, START
from tests.journeys.conftest import NARROW
from tests.journeys.test_stories import click, enter  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)
DONE = {"by": "system", "at": NOON}
CHANGED = datetime.date(2019, 9, 25)


@pytest.fixture
def branch(county):
    """下村's branch with a member, and 下村's director."""
    (number,) = found_units(
        [Founding("下村党支部", "branch", 1, domain="village", seat=county.lower)],
        tree="organisation",
        day=START,
        **DONE,
    )
    enrol_members([MembershipRow(PersonRow("张三"), number, "full_member", START)], **DONE)
    appoint([PostRow(PersonRow("陈示例"), county.lower, "village_director", START)], **DONE)
    return number


def _fill_day(page, label, day=CHANGED):
    page.get_by_label(label).fill(str(day))


def _pick(page, label, text, option):
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("option", name=option).click()


def test_an_officer_renames_a_village_and_merges_two(enter, county, branch):  # noqa: F811
    visitor = enter("county.officer", county.county)
    page = visitor.page

    visitor.open(f"/units/{county.upper}/")
    page.get_by_role("link", name="登记变更").click()
    assert visitor.barriers() == []
    page.get_by_role("link", name="更名、改类别").click()
    page.get_by_label("名称").fill("上社区")
    page.get_by_label("类别").select_option(label="社区（居委会）")
    _fill_day(page, "生效日")
    page.get_by_label("依据文件").fill("乙政发〔2019〕3号")
    click(visitor, "下一步：看会改什么")
    assert page.get_by_role("row", name="名称 上村委会 上社区").is_visible()
    assert visitor.barriers() == []
    page.get_by_role("link", name="返回修改").click()
    assert page.get_by_label("名称").input_value() == "上社区"
    click(visitor, "下一步：看会改什么")
    click(visitor, "确认登记")
    page.get_by_role("heading", level=1, name="上社区").wait_for()
    assert page.get_by_text("乙政发〔2019〕3号").is_visible()

    visitor.open(f"/units/{county.lower}/changes/end/")
    _pick(page, "承继单位 1", "中村", "中村委会")
    _fill_day(page, "终止日")
    click(visitor, "下一步：看会改什么")
    assert page.get_by_role("row", name="承继单位 — 中村委会").is_visible()
    for words in ("下村党支部：下村委会 → 中村委会", "下村委会 村（居）民委员会主任：陈示例"):
        assert page.get_by_text(words).is_visible()
    click(visitor, "确认登记")
    page.get_by_role("button", name="组织所在地：按建议处理").click()
    page.get_by_role("button", name="任职：按建议处理").click()
    page.get_by_role("button", name="任职：按建议处理").wait_for(state="detached")
    assert visitor.barriers() == []
    assert Post.objects.get().valid_to == CHANGED
    _is_right_on_every_day(visitor, county)


def _is_right_on_every_day(visitor, county):
    """Today two villages stand in 东镇, the day before three, under their old names."""
    page = visitor.page
    visitor.open(f"/units/{county.town}/")
    today = page.get_by_role("region", name="下级单位").get_by_role("link").all_inner_texts()
    assert today == ["上社区", "中村委会"]
    page.get_by_label("按哪一天的情况看").fill("2019-09-24")
    click(visitor, "查看")
    page.get_by_text("本页按").wait_for()
    before = page.get_by_role("region", name="下级单位").get_by_role("link").all_inner_texts()
    assert before == ["上村委会", "下村委会", "中村委会"]

    visitor.open(f"/units/{county.middle}/")
    assert page.get_by_text("下村党支部").is_visible()
    assert page.get_by_text("承继自").is_visible()
    visitor.open(f"/units/{county.middle}/?day=2019-09-24")
    assert not page.get_by_text("下村党支部").is_visible()
    visitor.open(f"/units/{county.lower}/")
    assert page.get_by_text("这一天它已经终止").is_visible()


def test_an_officer_finds_somebody_by_name_and_gives_him_a_post(enter, visit, county, branch):  # noqa: F811
    visitor = enter("county.officer", county.county)
    page = visitor.page
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})

    visitor.open(f"/units/{county.upper}/posts/new/")
    page.get_by_label("职务", exact=False).first.select_option(label="村（社区）文书")
    page.get_by_label("名录里的人").fill("张")
    page.get_by_text("没有找到").wait_for()
    _pick(page, "名录里的人", "张三", "张三 下村党支部")
    _fill_day(page, "任职日")
    assert visitor.fits()
    assert visitor.barriers() == []
    click(visitor, "登记任职")
    page.get_by_role("link", name="张三（村（社区）文书）：免职").click()
    _fill_day(page, "自哪一天起不再担任", datetime.date(2020, 1, 1))
    click(visitor, "登记免职")
    page.get_by_text("职务空缺").wait_for()
    assert visitor.fits()

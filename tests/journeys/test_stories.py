"""Whole stories on the small county of the cast, each told by who lives it."""

import datetime
import io
import re

import openpyxl
import pytest

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.audit.seals import seal
from jiceng.core import clock
from jiceng.exchange.editions.receiving import receive_edition
from jiceng.exchange.editions.rows import rows_of
from jiceng.registry.operations import (
    Founding,
    PersonRow,
    PostRow,
    appoint,
    found_units,
    record_people,
)
from jiceng.registry.queries import unit_by_code, units_on
from tests.conftest import NOON, START
from tests.exchange.conftest import as_xlsx, branch, with_titles
from tests.exchange.small import MERGED, table
from tests.journeys.conftest import NARROW, PASSWORD
from tests.programmes.conftest import acts, officer, programme  # noqa: F401 - fixtures
from tests.web.test_programme_pages import CODE, judged  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)
DONE = {"by": "system", "at": NOON}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def enter(visit):
    """Let somebody with a role at a unit log in at a desk."""

    def entering(role: str, unit: int):
        now = clock.now()
        user = User.objects.create_user(role, PASSWORD, display_name=role, created_at=now)
        until = clock.day_of(now) + datetime.timedelta(days=9)
        Grant.objects.create(
            user=user, role=role, unit_id=unit, valid_from=START, valid_to=until, recorded_at=now
        )
        visitor = visit()
        visitor.log_in(role)
        return visitor

    return entering


def click(visitor, name):
    visitor.page.get_by_role("button", name=name, exact=True).click()


def test_an_officer_mends_a_faulty_file_applies_it_and_takes_it_back(
    enter, county, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    found_units(
        [Founding("东镇党委", "party_committee", 1, "W1", domain="organ", seat=county.town)],
        tree="organisation",
        day=START,
        **DONE,
    )
    visitor = enter("county.officer", county.county)

    _upload(
        visitor, as_xlsx(with_titles("organisations", [branch("B1"), branch("B2", seat="9901")]))
    )
    assert visitor.page.get_by_text("区划代码应为 12 位").first.is_visible()
    assert visitor.barriers() == []
    mended = _mended(visitor)
    click(visitor, "放弃，不导入")

    _upload(visitor, mended)
    click(visitor, "导入 1 行")
    visitor.page.get_by_role("heading", name="撤销这次导入").wait_for()
    assert units_on(clock.today()).filter(code="B2").exists()

    visitor.page.get_by_label("撤销原因").fill("发错了文件")
    click(visitor, "撤销")
    visitor.page.get_by_text("已撤销").first.wait_for()
    assert not units_on(clock.today()).filter(code="B2").exists()


def _upload(visitor, content: bytes):
    visitor.open("/imports/new/?kind=organisations")
    visitor.page.get_by_label("数据日期").fill("2017-06-01")
    file = {"name": "组织.xlsx", "mimeType": SHEET, "buffer": content}
    visitor.page.get_by_label("文件").set_input_files(file)
    click(visitor, "上传并检查")
    visitor.page.get_by_role("heading", name="确认导入").wait_for()


def _mended(visitor) -> bytes:
    """Download the faulty rows and mend the division's code in them, as an officer would."""
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="下载有误的行").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    for row in book.active.iter_rows(min_row=2):
        for cell in row:
            if cell.value == "9901":
                cell.value = "990102001001"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_officer_reviews_a_county_to_its_effect(enter, county):
    day = datetime.date(2017, 5, 1)
    receive_edition(rows_of(table(MERGED)), day, title="新版", **DONE)
    visitor = enter("county.officer", county.county)
    page = visitor.page

    visitor.go_to("区划版本")
    page.get_by_role("link", name="新版").click()
    page.get_by_role("link", name="乙县").click()
    click(visitor, "一并确认 1 条有把握的")
    for village in ("上村委会", "下村委会"):
        page.get_by_role("link", name="东镇").click()
        page.get_by_role("link", name=f"判断“{village}”的去向").click()
        _hand_to_the_new_village(visitor)
        visitor.page.get_by_role("navigation", name="所在位置").get_by_role(
            "link", name="乙县"
        ).click()
    assert visitor.barriers() == []
    click(visitor, "使本县变更生效")
    page.get_by_role("link", name="撤回").wait_for()

    assert unit_by_code("990102001004", datetime.date(2017, 4, 1)).name == "大村委会"


def _hand_to_the_new_village(visitor):
    page = visitor.page
    page.get_by_label("去向").first.select_option(label="并入或分设为")
    page.get_by_label("生效日").fill("2017-04-01")
    page.get_by_label("去向单位 1").fill("大村")
    page.get_by_role("option", name="大村委会").click()
    click(visitor, "确认去向")
    page.wait_for_load_state()


def test_an_officer_finds_the_village_that_a_target_misses(enter, county, judged):  # noqa: F811
    visitor = enter("city.officer", county.city)
    page = visitor.page

    visitor.go_to("示范项目")
    page.get_by_role("main").get_by_role("link", name="温州市基层党建示范带建设").click()
    page.get_by_role("link", name="县（市、区）行政村在带比例").first.click()
    page.get_by_role("main").get_by_role("row").get_by_role("link", name="乙县").click()
    missing = page.get_by_role("row", name="未计入")
    assert visitor.barriers() == []
    missing.get_by_role("link", name="中村委会").click()
    assert page.get_by_role("heading", level=1).inner_text() == "中村委会"

    visitor.open(f"/programmes/{CODE}/")
    page.get_by_role("link", name="地图").click()
    page.locator("[data-ready]").wait_for()
    assert page.get_by_role("heading", name="各地差距").is_visible()
    assert visitor.barriers() == []


def test_a_township_prints_slips_and_the_clerk_sets_his_password_on_a_phone(visit, enter, county):
    (person,) = record_people([PersonRow("金小满", number="xiaoman")], **DONE)
    appoint([PostRow(person, county.upper, "village_clerk", START)], **DONE)
    visitor = enter("town.officer", county.town)

    visitor.go_to("账号")
    visitor.page.get_by_role("main").get_by_role("link", name="东镇").click()
    click(visitor, "开户并打印登录码")
    slip = visitor.page.locator(".slip", has_text="金小满")
    code = slip.locator(".code").inner_text()
    username = re.search(r"账号：(\S+)", slip.inner_text()).group(1)
    assert visitor.barriers() == []
    visitor.page.emulate_media(media="print")
    assert slip.is_visible()
    assert not visitor.page.get_by_role("button", name="打印").is_visible()

    phone = visit(NARROW)
    phone.open("/log-in/")
    phone.page.get_by_role("link", name="首次登录").click()
    phone.page.get_by_label("账号").fill(username)
    phone.page.get_by_label("一次性登录码").fill(code.lower())
    phone.page.get_by_label("新密码").first.fill("springtime rain")
    phone.page.get_by_label("再输一遍新密码").fill("springtime rain")
    assert phone.fits()
    assert phone.barriers() == []
    click(phone, "设置密码并登录")
    phone.page.get_by_role("heading", name="今日").wait_for()


def test_a_resident_complains_without_an_account_and_reads_the_answer(visit, enter, county):
    resident = visit(NARROW)
    resident.open("/public/complain/")
    resident.page.get_by_label("您的意见").fill("这张表每月要填两遍")
    resident.page.get_by_label("增加负担").check()
    click(resident, "提交意见")
    code = resident.page.locator(".code").inner_text()
    assert resident.barriers() == []

    desk = enter("city.officer", county.city)
    desk.go_to("意见")
    desk.page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").click()
    desk.page.get_by_label("答复").fill("下月起只填一遍。")
    desk.page.get_by_role("main").get_by_role("button").last.click()
    desk.page.wait_for_load_state()

    resident.page.get_by_role("link", name="查看答复").click()
    resident.page.get_by_label("查询码").fill(code)
    click(resident, "查看")
    resident.page.get_by_text("下月起只填一遍。").wait_for()
    assert resident.fits()


def test_the_auditor_verifies_what_was_done(enter, county):
    seal(clock.now())
    visitor = enter("audit.administrator", county.city)
    visitor.go_to("审计")
    visitor.open("/audit/verification/")
    click(visitor, "立即校验")
    visitor.page.get_by_text("全部相符").wait_for()
    assert visitor.barriers() == []

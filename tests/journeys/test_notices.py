"""A notice from the clerk's desk to the board and the neighbour's phone."""

import re

import pytest

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.notices import operations
from jiceng.notices.models import Notice
from tests.conftest import START
from tests.journeys.conftest import NARROW, PASSWORD
from tests.notices.conftest import AT, DAY, RESOLUTION, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
WHO = {"clerk": "village.clerk", "secretary": "village.secretary", "watch": "village.supervisor"}


@pytest.fixture
def village(county, monkeypatch):
    """The upper village on a Monday of March 2026, with its three people."""
    monkeypatch.setattr("jiceng.core.clock.now", lambda: AT)
    users = {}
    for name, role in WHO.items():
        users[name] = User.objects.create_user(name, PASSWORD, display_name=name, created_at=AT)
        Grant.objects.create(
            user=users[name],
            role=role,
            unit_id=county.upper,
            valid_from=START,
            valid_to=TODAY + 300 * DAY,
            recorded_at=AT,
        )
    return users


@pytest.fixture
def posted(county, village):
    """A resolution that hangs on the board since the morning."""
    notice = operations.draft_notice(
        kind="resolution",
        unit=county.upper,
        title="关于修缮村道的决议",
        body=RESOLUTION,
        by=village["clerk"],
        at=AT,
    )
    notice = operations.release_notice(notice, decisions=[], seen=1, by=village["watch"], at=AT)
    operations.record_posting(
        notice,
        board="村务公开栏",
        posted_on=TODAY,
        posted_by="王文书",
        by=village["clerk"],
        at=AT,
    )
    return notice


def test_a_clerk_writes_a_supervisor_hides_what_is_personal_and_releases(visit, village):
    clerk = visit()
    page = clerk.log_in("clerk")
    clerk.go_to("公示")
    clerk.picture("notices-empty")
    page.get_by_role("link", name="拟一份公示").click()
    assert clerk.barriers() == []
    clerk.picture("notice-new")
    page.get_by_label("救助公示").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("标题").fill("张小明等三户临时救助公示")
    page.get_by_label("救助项目").fill("临时救助，联系人手机13800000000，村委会值班13900000000")
    page.get_by_label("拟救助名单").fill(
        "张小明 三组 500\n李明 一组 1200.50\n王小（未成年） 一组 800"
    )
    page.get_by_label("合计金额").fill("2500.5")
    page.get_by_label("核查情况").fill("入户两次，收入核对无误。")
    clerk.picture("notice-draft")
    assert clerk.barriers() == []
    page.get_by_role("button", name="提交审核").click()
    assert page.get_by_text("已提交审核").is_visible()
    clerk.picture("notice-waiting")

    watch = visit()
    page = watch.log_in("watch")
    page.get_by_role("link", name=re.compile("审核发布")).click()
    page.get_by_role("link", name="审核", exact=True).click()
    public = page.locator("#public-view")
    assert "13900000000" not in public.inner_text()
    assert "张*明" in public.inner_text()
    finds = page.locator(".finding")
    finds.nth(0).get_by_label("隐去").check()
    finds.nth(1).get_by_label("不是个人信息，保留").check()
    public.get_by_text("13900000000").wait_for()
    assert "13800000000" not in public.inner_text()
    finds.nth(1).get_by_label("保留的理由").fill("村委会值班手机")
    watch.picture("notice-release")
    assert watch.barriers() == []
    page.get_by_role("button", name="发布").click()
    assert page.get_by_text("已发布。").is_visible()
    watch.picture("notice-released")
    assert Notice.objects.get().body["programme"].count("（已隐去）") == 1


def test_a_neighbour_objects_on_his_phone_and_reads_the_answer(visit, village, posted):
    neighbour = visit(NARROW)
    page = neighbour.open("/public/notices/")
    neighbour.picture("public-notices-phone")
    page.get_by_label("哪个村（社区）").fill("上村")
    page.get_by_role("option", name=re.compile("上村委会")).click()
    page.get_by_role("button", name="查看").click()
    page.get_by_role("link", name="关于修缮村道的决议").click()
    neighbour.picture("public-notice-phone")
    assert neighbour.fits()
    assert neighbour.barriers() == []
    page.get_by_role("link", name="我有异议").click()
    page.get_by_label("您的异议").fill("三百米里有一段是去年刚修过的。")
    neighbour.picture("public-object-phone")
    page.get_by_role("button", name="提交异议").click()
    code = page.locator(".code").inner_text()
    assert neighbour.barriers() == []
    neighbour.picture("public-objected-phone")

    secretary = visit()
    desk = secretary.log_in("secretary")
    desk.get_by_role("link", name=re.compile("答复异议")).click()
    secretary.picture("notice-objection")
    assert "去年刚修过" in desk.locator("main").inner_text()
    desk.get_by_label("部分成立").check()
    desk.get_by_label("答复", exact=False).last.fill("已扣除那一段，改为二百四十米，将重新公示。")
    desk.get_by_role("button", name="答复").click()
    secretary.picture("notice-answered")

    page.goto(f"{neighbour.server}/public/notices/objections/")
    page.get_by_label("查询码").fill(code.lower())
    page.get_by_role("button", name="查看").click()
    assert page.get_by_text("将重新公示").is_visible()
    neighbour.picture("public-answer-phone")


def test_the_sheet_for_the_board_fills_one_page_and_its_text_can_be_checked(visit, village, posted):
    clerk = visit()
    page = clerk.log_in("clerk")
    clerk.open(f"/notices/{posted.number}/print/")
    clerk.picture("notice-sheet")
    assert clerk.barriers() == []
    sheet = page.locator(".sheet").inner_text()
    page.emulate_media(media="print")
    clerk.picture("notice-sheet-print")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1

    anyone = visit(NARROW)
    page = anyone.open("/public/notices/verify/")
    page.get_by_label("公示的文字").fill(sheet)
    page.get_by_role("button", name="核对").click()
    assert page.get_by_text("一字不差").is_visible()
    anyone.picture("public-verified-phone")
    page.get_by_label("公示的文字").fill(sheet.replace("三百米", "五百米"))
    page.get_by_role("button", name="核对").click()
    assert page.get_by_text("对不上", exact=True).is_visible()

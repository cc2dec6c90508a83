"""A wish from a resident's phone to the wall, to a member who fulfils it, and back to her word."""

import re

import pytest

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.orders.models import MicroWish, Offer
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary import Served
from jiceng.orders.queries.volunteers import volunteer_of
from tests.conftest import NOON
from tests.journeys.conftest import NARROW, PASSWORD
from tests.orders import volunteers as cast
from tests.orders.volunteers import (
    TODAY,
    again,
    checked,
    collected,
    member,
    released,
    river,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def village(county, monkeypatch):
    """The upper village with its secretary, the town's officer and two members."""
    monkeypatch.setattr("jiceng.core.clock.now", lambda: NOON)
    organisations = cast.branches(county)
    people = cast.staff(county, organisations)
    people.electrician = member(organisations.branch, "陈电工")
    people.lawyer = member(organisations.branch, "李律师")
    names = {}
    for who in ("secretary", "officer", "electrician", "lawyer"):
        user = getattr(people, who)
        user.username, user.must_change_password = who, False
        user.set_password(PASSWORD)
        user.save()
        names[who] = user
    voluntary.declare_skills(["repair"], by=people.electrician, at=NOON)
    assert Grant.objects.filter(user=people.secretary).exists()
    assert User.objects.filter(username="lawyer").exists()
    people.organisations, people.county = organisations, county
    return people


def test_a_wish_is_said_on_a_phone_shown_taken_on_fulfilled_and_confirmed(visit, village):
    resident = visit(NARROW)
    page = resident.open("/public/wishes/")
    resident.picture("wish-wall-empty-narrow")
    page.get_by_role("link", name="说一个心愿").click()
    assert resident.barriers() == []
    assert resident.fits()
    page.get_by_label("您住在哪个村").fill("上村")
    page.get_by_role("option", name="上村委会").click()
    page.get_by_label("种类").select_option(label="修水电、家电、门窗")
    page.get_by_label("您的心愿").fill("屋里的灯不亮了，我爬不上去，想请人来修。")
    page.get_by_label("姓名").fill("王小花")
    page.get_by_label("电话", exact=True).fill("13800000000")
    page.get_by_label("同意把心愿做成卡片公开").check()
    resident.picture("wish-new-narrow")
    page.get_by_role("button", name="提交心愿").click()
    code = page.locator(".code").inner_text()
    resident.picture("wish-taken-narrow")

    secretary = visit()
    desk = secretary.log_in("secretary")
    desk.get_by_role("link", name=re.compile("核实心愿")).click()
    secretary.picture("wish-received")
    desk.get_by_role("link", name="核实心愿").click()
    desk.get_by_label("近期").check()
    desk.get_by_label("卡片文字").fill("一位独居老人家里的灯坏了，想请人修好。")
    secretary.picture("wish-check")
    assert secretary.barriers() == []
    desk.get_by_role("button", name="核实完毕，开始找人认领").click()
    secretary.picture("wish-checked")
    assert secretary.barriers() == []
    desk.get_by_role("link", name="找人").click()
    secretary.picture("wish-offer")
    assert secretary.barriers() == []
    desk.get_by_label("陈电工").check()
    desk.get_by_role("button", name="推荐", exact=True).click()
    assert desk.get_by_text("接不接由本人决定").first.is_visible()

    officer = visit()
    office = officer.log_in("officer")
    office.get_by_role("link", name=re.compile("审核公开心愿卡")).click()
    office.get_by_role("link", name="公开心愿卡").click()
    officer.picture("wish-release")
    office.get_by_role("button", name="公开", exact=True).click()

    helper = visit(NARROW)
    phone = helper.log_in("electrician")
    helper.open("/volunteering/")
    helper.picture("volunteering-narrow")
    assert helper.fits()
    assert helper.barriers() == []
    phone.get_by_role("button", name="我来").click()
    phone.get_by_role("button", name="看怎样联系本人").click()
    assert phone.get_by_text("13800000000").is_visible()
    helper.picture("my-claim-narrow")
    assert helper.fits()
    phone.get_by_role("link", name="登记送达").click()
    phone.get_by_label("小时").fill("1")
    phone.get_by_label("做了什么").fill("换了灯和开关")
    helper.picture("deliver-narrow")
    phone.get_by_role("button", name="已经送达").click()
    helper.picture("my-claim-delivered-narrow")

    resident.open("/public/wishes/mine/")
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查看").click()
    resident.picture("wish-status-narrow")
    assert resident.barriers() == []
    page.get_by_role("button", name="实现了", exact=True).click()
    assert page.get_by_text("已实现，销号").is_visible()
    assert MicroWish.objects.get().state == "closed"
    assert resident.fits()


def test_a_member_declines_and_nothing_more_is_asked(visit, village):
    wish = checked(collected(village.county)[0], village.secretary)
    person = volunteer_of(village.lawyer, TODAY).pk
    voluntary.offer(wish, people=[person], by=village.secretary, at=NOON)

    helper = visit(NARROW)
    phone = helper.log_in("lawyer")
    helper.open("/volunteering/")
    phone.get_by_role("button", name="不接").click()

    assert phone.get_by_text("不再为这件事找您").is_visible()
    assert Offer.objects.get().person is None


def test_a_post_has_room_and_a_certificate_is_made(visit, village):
    river(village.organisations.village, place_text="上塘河东段", hours="每周六上午", capacity=4)
    crowd = [
        ("一位独居老人家里的灯坏了，想请人修好。", "urgent"),
        ("孩子想要一套《十万个为什么》，旧的也可以。", "soon"),
        ("想请人教老人用手机挂号、视频通话，最好周末来，教得慢一点。", "any_time"),
    ]
    for summary, _urgency in crowd:
        wish = checked(collected(village.county)[0], village.secretary, summary=summary)
        released(wish, village.officer)
    taken = voluntary.claim_wish(again(wish), by=village.lawyer, at=NOON)
    voluntary.confirm_claim(taken, by=village.secretary, at=NOON)
    voluntary.record_delivery(taken, Served(TODAY, 80, "教会了"), by=village.lawyer, at=NOON)
    voluntary.confirm_delivery(again(wish), fulfilled=True, by="public", at=NOON)

    everybody = visit()
    everybody.open("/public/wishes/")
    everybody.picture("wish-wall")
    assert everybody.barriers() == []
    neighbour = visit(NARROW)
    neighbour.open("/public/wishes/")
    neighbour.picture("wish-wall-narrow")
    assert neighbour.fits()

    secretary = visit()
    desk = secretary.log_in("secretary")
    secretary.go_to("心愿和岗位")
    secretary.picture("wishes")
    assert secretary.barriers() == []
    desk.get_by_role("link", name="公益岗位").click()
    secretary.picture("welfare-posts")
    desk.get_by_role("link", name="设立岗位").click()
    desk.get_by_role("link", name="河道巡护").click()
    secretary.picture("welfare-post-new")
    assert desk.get_by_label("有人身危险").is_checked()

    helper = visit(NARROW)
    phone = helper.log_in("lawyer")
    helper.open("/volunteering/")
    helper.picture("volunteering-crowded-narrow")
    phone.get_by_role("link", name="河边保洁").click()
    helper.picture("take-post-narrow")
    phone.get_by_role("button", name="我来认领").click()
    helper.open("/volunteering/skills/")
    helper.picture("my-skills-narrow")
    helper.open("/volunteering/communities/")
    helper.picture("my-communities-narrow")
    assert helper.barriers() == []
    helper.open("/volunteering/certificate/")
    helper.picture("certificate-narrow")
    assert helper.fits()
    listed = visit(NARROW)
    listed.log_in("secretary")
    listed.open("/volunteering/wishes/")
    listed.picture("wishes-narrow")
    assert listed.fits()
    secretary.open("/volunteering/posts/1/")
    secretary.picture("welfare-post")

"""A resident with a phone reports a lamp, follows it by his code, and finds it on the board."""

import re

import pytest

from jiceng.orders import operations
from jiceng.registry.models import Boundary, Position
from tests.journeys.conftest import NARROW, WIDE
from tests.orders import cast
from tests.orders.cast import LAMP, moment

pytestmark = pytest.mark.django_db(transaction=True)
SQUARE = "[[[120.5,28.0],[120.8,28.0],[120.8,28.2],[120.5,28.2],[120.5,28.0]]]"


@pytest.fixture
def posts(county, monkeypatch):
    """The county on a Monday morning, with an outline and villages on the map."""
    monkeypatch.setattr("jiceng.core.clock.now", lambda: moment(hour=11))
    Boundary.objects.create(
        unit_id=county.county,
        outline=f'{{"type":"Polygon","coordinates":{SQUARE}}}',
        source="虚构",
        valid_from=county.start,
    )
    for unit, east in ((county.town, 120.66), (county.upper, 120.65), (county.lower, 120.70)):
        Position.objects.create(
            unit_id=unit, longitude=east, latitude=28.1, valid_from=county.start
        )
    return cast.posts_of(county)


@pytest.fixture
def released(posts):
    """A lamp that somebody else has reported, on the open board."""
    order = cast.Run(posts, text="旧灯", latitude=28_100_000, longitude=120_650_000).now()
    operations.release_summary(
        order, summary="上村村口一盏路灯不亮", seen=order.case.version, by=posts.town, at=moment()
    )


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["phone", "desk"])
def test_a_resident_reports_a_lamp_and_judges_what_was_done(visit, posts, released, size):
    resident = visit(size)
    page = resident.open("/public/orders/")
    assert (resident.barriers(), resident.fits()) == ([], True)
    resident.picture(f"orders-choose-{size[0]}")
    page.get_by_label("什么事？用平常的话写几个字").fill("路灯坏了")
    page.get_by_role("button", name="找一找").click()
    resident.picture(f"orders-found-{size[0]}")
    page.get_by_role("link", name="路灯不亮").first.click()
    page.get_by_label("什么事").fill("村口的路灯三天不亮了")
    page.get_by_label("在哪个村").press_sequentially("上村")
    page.get_by_role("option", name="上村委会").click()
    page.get_by_text("是不是这一件").wait_for()
    page.get_by_text("在地图上点出位置").click()
    page.locator("[data-pin][data-ready]").wait_for()
    page.wait_for_timeout(400)
    page.locator("[data-pin]").click(position={"x": 60, "y": 60})
    page.get_by_text("位置已点选").wait_for()
    assert (resident.barriers(), resident.fits()) == ([], True)
    resident.picture(f"orders-place-{size[0]}")
    page.get_by_role("button", name="提交").click()
    code = page.locator(".slip .code").inner_text()
    assert re.fullmatch(r"[3-9A-Y-]{14}", code)
    assert (resident.barriers(), resident.fits()) == ([], True)
    resident.picture(f"orders-placed-{size[0]}")
    page.emulate_media(media="print")
    resident.picture(f"orders-slip-{size[0]}")
    page.emulate_media(media="screen")

    finish(posts, "村口的路灯三天不亮了")
    page.get_by_role("link", name="看进度").click()
    page.get_by_label("查询码").fill(code.lower())
    page.get_by_role("button", name="查看").click()
    page.get_by_text("已办结，等您评价").wait_for()
    assert (resident.barriers(), resident.fits()) == ([], True)
    resident.picture(f"orders-followed-{size[0]}")
    page.get_by_role("group", name="解决了吗").get_by_label("是").check()
    page.get_by_role("group", name="满意吗").get_by_label("是").check()
    page.get_by_role("button", name="提交评价").click()
    page.get_by_text("已结案").first.wait_for()


def finish(posts, text):
    """Let township and village do what was asked."""
    order = cast.Order.objects.get(telling__text=text)
    run = cast.Run.__new__(cast.Run)
    run.posts, run.county, run.order = posts, posts.county, order
    run.done()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["phone", "desk"])
def test_the_board_is_read_and_seen_on_a_map(visit, posts, released, size):
    visitor = visit(size)
    page = visitor.open("/public/orders/board/")
    page.locator("[data-map][data-ready]").wait_for()
    assert (visitor.barriers(), visitor.fits()) == ([], True)
    visitor.picture(f"orders-board-{size[0]}")
    page.get_by_role("link", name="上村村口一盏路灯不亮").click()
    assert (visitor.barriers(), visitor.fits()) == ([], True)
    visitor.picture(f"orders-entry-{size[0]}")
    visitor.open("/public/orders/statistics/")
    assert (visitor.barriers(), visitor.fits()) == ([], True)
    visitor.picture(f"orders-statistics-{size[0]}")


def test_a_complaint_about_conduct_says_where_it_goes(visit, posts):
    resident = visit(NARROW)
    resident.open("/public/orders/new/conduct.person/")
    assert (resident.barriers(), resident.fits()) == ([], True)
    resident.picture("orders-conduct-390")


def test_what_is_refused_comes_back_filled(visit, posts):
    resident = visit(NARROW)
    page = resident.open(f"/public/orders/new/{LAMP}/")
    page.get_by_label("什么事").fill("长" * 3000)
    page.get_by_label("具体在哪里").fill("村口")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("最多 2000 字，现有 3000 字").wait_for()
    assert page.get_by_label("具体在哪里").input_value() == "村口"
    assert (resident.barriers(), resident.fits()) == ([], True)
    resident.picture("orders-refused-390")

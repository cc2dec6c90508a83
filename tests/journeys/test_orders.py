"""An order on phones: a resident places it, the township dispatches, the village does it, the
resident is not satisfied, and the level above takes over.
"""

import pytest

from jiceng.core import clock
from jiceng.orders.models import Order
from tests.journeys.conftest import NARROW
from tests.orders.cast import Run, moment, posts_of

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "村口第三盏路灯不亮，晚上接孩子看不见路"


@pytest.fixture(autouse=True)
def in_march_2026(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(hour=10))


@pytest.fixture
def posts(county):
    return posts_of(county)


@pytest.fixture
def phone(visit):
    """Everyone at a phone of their own, logged in when first asked for."""
    phones = {}

    def of(user):
        if user.pk not in phones:
            phones[user.pk] = visit(NARROW)
            phones[user.pk].log_in(user.username)
        return phones[user.pk]

    return of


def _do(visitor, number, button, **fields):
    """Open an order, fill the form of whose turn it is, and press its button."""
    page = visitor.open(f"/orders/{number}/")
    assert visitor.fits()
    turn = page.locator(".order-turn")
    for name, value in fields.items():
        box = turn.locator(f'[name="{name}"]')
        if box.first.get_attribute("type") == "radio":
            turn.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            box.fill(value)
    turn.get_by_role("button", name=button, exact=True).click()
    return page


def _placed(visit, county):
    """Place an order as anyone does; return its number and query code."""
    visitor = visit(NARROW)
    page = visitor.open("/public/orders/new/lamp.out/")
    page.locator("[data-picker-input]").fill("上村")
    page.get_by_role("option").first.click()
    page.get_by_label("什么事").fill(TEXT)
    page.locator("main form .btn-primary").last.click()
    code = page.locator("strong.code").inner_text()
    return visitor, Order.objects.select_related("case").get().number, code


def test_an_order_goes_from_a_resident_to_the_village_and_to_the_level_above(
    visit, phone, posts, county
):
    resident, number, code = _placed(visit, county)

    queue = phone(posts.town).open("/orders/")
    queue.get_by_role("link", name="路灯不亮").click()
    assert TEXT in queue.locator("main").inner_text()
    page = phone(posts.town).open(f"/orders/{number}/dispatch/")
    page.locator("main [data-picker-input]").fill("上村")
    page.get_by_role("option").first.click()
    page.locator("main form .btn-primary").click()
    if page.locator('[name="despite"]').count():
        page.locator('[name="despite"]').check()
        page.locator("main form .btn-primary").click()
    _do(phone(posts.village), number, "接单")
    _do(phone(posts.village), number, "办结并答复", reply="已换灯泡。")

    _unsatisfied(resident, code)
    assert Order.objects.get().step == "handle"  # returned once
    _do(phone(posts.village), number, "办结并答复", reply="又换了线路。")
    said = {"reached": "yes", "solved": "no", "satisfied": "no", "note": "还是不亮"}
    _do(phone(posts.town), number, "回访", **said)
    order = Order.objects.get()
    assert (order.step, order.handler_id) == ("settle", county.town)
    _do(phone(posts.town), number, "办结并答复", reply="镇里请电力公司修好。")
    said = {"reached": "yes", "solved": "yes", "satisfied": "yes", "note": ""}
    _do(phone(posts.county_officer), number, "回访", **said)

    assert Order.objects.get().outcome == "closed"
    assert "已解决，满意" in phone(posts.town).open(f"/orders/{number}/").inner_text("main")


def _unsatisfied(resident, code):
    page = resident.open("/public/orders/follow/")
    page.locator('[name="code"]').fill(code)
    page.locator("main form .btn-primary").click()
    form = page.locator('form[action$="/judge/"]')
    form.locator('[name="solved"][value="no"]').check()
    form.locator('[name="satisfied"][value="no"]').check()
    form.get_by_role("button").click()
    page.wait_for_load_state()


def test_the_queue_and_an_order_stand_on_a_phone_and_at_a_desk(visit, posts, county):
    for n in range(6):
        Run(posts, text=f"第{n}盏路灯不亮")
    told = Run(posts, text=TEXT, name="王大爷", phone="0577-5550101")
    told.accepted()
    for width, size in (("wide", (1440, 900)), ("narrow", NARROW)):
        for who in (posts.town, posts.village):
            visitor = visit(size)
            visitor.log_in(who.username)
            for name, path in (
                ("queue", "/orders/?tab=here"),
                ("order", f"/orders/{told.order.number}/"),
                ("new", "/orders/new/"),
            ):
                visitor.open(path)
                visitor.picture(f"orders-{name}-{who.pk}-{width}")
                assert visitor.fits(), (name, width)
                assert visitor.barriers() == [], (name, width)


def test_a_repeat_on_a_weak_line_is_the_same_act(phone, posts, run_once):
    visitor, number = phone(posts.village), run_once
    page = visitor.open(f"/orders/{number}/")
    page.context.set_offline(True)
    page.locator(".order-turn .btn-primary").click()
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    visitor.faults.clear()  # the line was cut on purpose

    _do(visitor, number, "接单")

    assert Order.objects.get().step == "handle"


@pytest.fixture
def run_once(posts):
    return Run(posts, text=TEXT).dispatched().order.number

"""The frame in a real browser: log-in, today, language, keyboard, an expired session."""

import pytest

from jiceng.audit.models import Entry
from tests.journeys.conftest import NARROW, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_opens_the_day_without_barriers(visit, clerk, size):
    visitor = visit(size)
    visitor.open("/log-in/")
    assert visitor.barriers() == []
    assert visitor.fits()
    visitor.log_in("clerk")
    assert visitor.page.get_by_role("heading", level=1).inner_text().startswith("今日")
    assert visitor.barriers() == []
    assert visitor.fits()


def test_leads_the_keyboard_to_the_text_first(visit, clerk):
    page = visit().log_in("clerk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_turns_to_english_and_logs_out(visit, clerk):
    visitor = visit()
    page = visitor.log_in("clerk")
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator(".user-menu summary").click()
    page.locator(".user-menu button").click()
    assert page.url.endswith("/log-in/")


@pytest.fixture
def pages(settings, templates_of_the_form):
    settings.ROOT_URLCONF = "tests.ui.pages"


@pytest.fixture
def templates_of_the_form(settings):
    folder = settings.BASE_DIR / "tests" / "ui" / "templates"
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [folder]}]


def test_fills_the_form_again_after_the_session_ended(visit, clerk, pages):
    visitor = visit()
    page = visitor.log_in("clerk")
    visitor.open("/write/")
    page.get_by_label("标题").fill("清明值班")
    page.get_by_label("已核对").check()
    visitor.page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="记下").click()

    page.get_by_label("账号").fill("clerk")
    page.get_by_label("密码").fill("correct horse")
    page.get_by_role("button", name="登录").click()

    assert page.get_by_label("标题").input_value() == "清明值班"
    assert page.get_by_label("已核对").is_checked()
    assert not page.get_by_role("button", name="照刚才填写的提交").is_visible()
    page.get_by_role("button", name="记下").click()
    assert page.get_by_text("已记下“清明值班”。").is_visible()


def test_does_once_what_is_clicked_twice(visit, clerk, pages):
    visitor = visit()
    page = visitor.log_in("clerk")
    visitor.open("/write/")
    page.get_by_label("标题").fill("清明值班")
    page.get_by_role("button", name="记下").dblclick()
    page.get_by_text("已记下“清明值班”。").wait_for()
    assert Entry.objects.filter(action="tests.note").count() == 1

"""The picker and the map in a real browser, by keyboard and by mouse."""

import json

import pytest

from tests.journeys.conftest import NARROW, WIDE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _pages(settings):
    folder = settings.BASE_DIR / "tests" / "ui" / "templates"
    settings.ROOT_URLCONF = "tests.ui.pages"
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [folder]}]


class TestPicker:
    @pytest.fixture
    def visitor(self, visit, clerk):
        visitor = visit()
        visitor.log_in("clerk")
        visitor.open("/pick/")
        return visitor

    def test_picks_by_keyboard(self, visitor):
        page = visitor.page
        box = page.locator("#id_unit")
        box.press_sequentially("村")
        page.get_by_role("option", name="下村").wait_for()
        assert box.get_attribute("aria-expanded") == "true"
        assert visitor.barriers() == []
        box.press("ArrowDown")
        box.press("ArrowDown")
        chosen = page.locator("[aria-selected=true]")
        assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        box.press("Enter")
        assert box.input_value() == "下村"
        assert page.locator("[name=unit]").input_value() == "18"
        assert box.get_attribute("aria-expanded") == "false"

    def test_picks_by_mouse_and_forgets_when_typed_over(self, visitor):
        page = visitor.page
        box = page.locator("#id_unit")
        box.press_sequentially("上")
        page.get_by_role("option", name="上村").click()
        assert page.locator("[name=unit]").input_value() == "17"
        box.press_sequentially("x")
        assert page.locator("[name=unit]").input_value() == ""

    def test_says_when_nothing_is_found(self, visitor):
        visitor.page.locator("#id_unit").press_sequentially("城")
        nothing = visitor.page.get_by_role("option", name="没有找到")
        nothing.wait_for()
        nothing.click(force=True)
        assert visitor.page.locator("[name=unit]").input_value() == ""


class TestFragments:
    """What is said where the person looks, and nothing else on the page changes."""

    @pytest.fixture
    def visitor(self, visit, clerk):
        visitor = visit()
        visitor.log_in("clerk")
        visitor.open("/pick/")
        return visitor

    @pytest.fixture
    def page(self, visitor):
        return visitor.page

    @pytest.mark.parametrize(
        ("button", "sentence"),
        [("改名", "不能这样办。"), ("没有编号", "缺少编号")],
    )
    def test_are_refused_in_the_place_of_refusals(self, page, button, sentence):
        page.get_by_role("button", name=button).click()
        page.locator("#refusals", has_text=sentence).wait_for()
        assert page.get_by_role("button", name=button).is_visible()

    def test_keep_what_was_filled_in_when_the_session_ends(self, page):
        page.context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="改名").click()
        page.get_by_role("heading", name="请重新登录").wait_for()
        page.get_by_label("账号").fill("clerk")
        page.get_by_label("密码").fill("correct horse")
        page.get_by_role("button", name="登录").click()
        page.get_by_text("刚才填写的内容还没有提交").wait_for()

    def test_say_that_the_server_was_not_reached(self, visitor, page):
        page.route("**/refuse/conflict/", lambda route: route.abort())
        page.get_by_role("button", name="改名").click()
        page.locator("#refusals", has_text="与服务器的连接中断").wait_for()
        visitor.faults.clear()  # the browser reports what was broken on purpose

    def test_name_the_file_that_was_chosen(self, page):
        content = {"name": "村名单.csv", "mimeType": "text/csv", "buffer": b"a" * 2048}
        page.get_by_label("附件").set_input_files(content)
        assert page.locator("[data-drop-name]").inner_text() == "村名单.csv（2 KB）"


class TestMap:
    @pytest.fixture
    def visitor(self, visit, clerk, request):
        visitor = visit(getattr(request, "param", WIDE))
        visitor.log_in("clerk")
        visitor.open("/map/")
        visitor.page.locator("[data-ready]").wait_for()
        return visitor

    @pytest.mark.parametrize("visitor", [WIDE, NARROW], indirect=True, ids=["wide", "narrow"])
    def test_has_no_barriers_and_a_legend_with_counts(self, visitor):
        assert visitor.barriers() == []
        assert visitor.fits()
        legend = visitor.page.locator("#legend").inner_text()
        assert "市级示范村 1" in legend
        assert "示范带" in legend
        visitor.picture(f"map-{visitor.page.viewport_size['width']}")

    def test_shows_the_place_chosen_from_the_list_by_keyboard(self, visitor):
        entry = visitor.page.get_by_role("button", name="上村")
        entry.press("Enter")
        popup = visitor.page.locator(".leaflet-popup-content")
        popup.wait_for()
        assert "位置为示意" in popup.inner_text()
        assert entry.get_attribute("aria-current") == "true"

    def test_draws_a_line_into_the_form(self, visitor):
        page = visitor.page
        box = page.locator(".map").bounding_box()
        for across in (0.2, 0.5, 0.8):
            page.mouse.click(box["x"] + box["width"] * across, box["y"] + 40)
            page.wait_for_timeout(350)  # the map tells a click from a double click
        page.get_by_role("button", name="撤销一点").click()
        line = json.loads(page.locator("[name=line]").input_value())
        assert line["type"] == "LineString"
        assert len(line["coordinates"]) == 2
        assert float(page.locator("[data-draw-length]").inner_text()) > 1
        page.get_by_role("button", name="重画").click()
        assert page.locator("[name=line]").input_value() == ""

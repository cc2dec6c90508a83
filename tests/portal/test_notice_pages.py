"""The public pages of notices: found by village, read, objected to, checked, gone in time."""

import html
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiceng.notices import operations, public
from jiceng.notices.models import Objection
from tests.notices.conftest import AT, DAY, TODAY, acts, cast  # noqa: F401 - fixtures

PAGES = ["notices", "notice_verify", "notice_objection"]


@pytest.fixture
def clock(monkeypatch):
    """The day on which pages are asked for; `clock(n)` is n days after the Monday."""

    def set_to(days):
        monkeypatch.setattr("jiceng.core.clock.now", lambda: AT + days * DAY)

    set_to(0)
    return set_to


@pytest.fixture(autouse=True)
def _at_ten(clock):
    pass


@pytest.fixture
def notice(acts):  # noqa: F811
    notice = acts.public()
    acts.post(notice)
    return notice


def get(client, name, *args, query=""):
    return client.get(reverse(f"portal:{name}", args=args) + query)


def post(client, page_name, /, *args, **fields):
    return client.post(reverse(f"portal:{page_name}", args=args), {"key": uuid.uuid4(), **fields})


def text_of(response):
    """Return what somebody copies from a page: its text, without markup."""
    page = response.content.decode()
    return html.unescape(re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")]))


def test_anyone_finds_the_notices_of_his_village(client, acts, county, notice):  # noqa: F811
    other = acts.public(title="下村的决议", unit=county.lower, by=acts.cast.town)

    everything = text_of(get(client, "notices"))
    assert notice.title in everything
    assert other.title in everything
    own = text_of(get(client, "notices", query=f"?place={county.upper}"))
    assert notice.title in own
    assert other.title not in own
    assert "上村委会的公示公告" in own
    assert get(client, "notices", query="?place=999999").status_code == 404
    assert get(client, "notices", query="?place=x").status_code == 200


def test_villages_are_picked_by_name_or_sound(client, county):
    for asked in ("上村", "shangcun", "sc"):
        offered = get(client, "notice_pick", query=f"?q={asked}").content.decode()
        assert f'data-value="{county.upper}"' in offered
        assert "东镇" in offered
    assert get(client, "notice_pick", query="?q=").content.strip() == b""
    assert "乙县" not in get(client, "notice_pick", query="?q=乙县").content.decode()


def test_a_notice_is_read_without_an_account(client, notice):
    text = text_of(get(client, "notice", notice.number))

    for said in (
        "修缮村道的决议",
        "赞成：",
        "27",
        "公示期：2026年3月2日至2026年3月9日",
        "我有异议",
    ):
        assert said in text
    assert "文书" not in text  # who wrote it


@pytest.mark.parametrize("name", [*PAGES, "notice", "notice_object", "notice_pick"])
def test_no_search_engine_keeps_it(client, notice, name):
    args = [notice.number] if name in {"notice", "notice_object"} else []
    response = get(client, name, *args)

    assert "noindex" in response["X-Robots-Tag"]
    if name != "notice_pick":
        assert '<meta name="robots" content="noindex' in response.content.decode()


def test_after_its_time_it_says_only_that_it_has_ended(client, notice, clock):
    clock(7)
    assert "27" in text_of(get(client, "notice", notice.number))
    clock(8)
    response = get(client, "notice", notice.number)
    text = text_of(response)
    assert "已于2026年3月9日结束" in text
    assert "修缮" not in response.content.decode()
    assert "我有异议" not in text
    assert "noindex" in response["X-Robots-Tag"]
    assert notice.title not in text_of(get(client, "notices"))
    operations.expire(AT + 8 * DAY)
    assert "已于2026年3月9日结束" in text_of(get(client, "notice", notice.number))


def test_withdrawn_it_says_only_that(client, notice, acts):  # noqa: F811
    operations.withdraw_notice(notice, reason="有误", by=acts.cast.clerk, at=AT)
    text = text_of(get(client, "notice", notice.number))
    assert "已于2026年3月2日撤回" in text
    assert "修缮" not in text


def test_a_draft_or_an_unknown_number_is_nothing(client, acts):  # noqa: F811
    for number in (acts.draft().number, "20260302-XXXXXX"):
        assert get(client, "notice", number).status_code == 404
        assert get(client, "notice_object", number).status_code == 404


def test_anyone_objects_and_reads_the_answer_with_his_code(client, notice, acts):  # noqa: F811
    taken = post(client, "notice_object", notice.number, text="造价太高", name="刘大")
    assert taken.status_code == 200
    assert "no-store" in taken["Cache-Control"]
    assert "2026年3月9日" in text_of(taken)
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", taken.content.decode()).group()

    waiting = client.post(reverse("portal:notice_objection"), {"code": code.lower()})
    assert "办理中" in text_of(waiting)
    assert "造价太高" not in text_of(waiting)
    operations.answer_objection(
        Objection.objects.get(), outcome="upheld", answer="将更正。", by=acts.cast.secretary, at=AT
    )
    answered = text_of(client.post(reverse("portal:notice_objection"), {"code": code}))
    assert "异议成立" in answered
    assert "将更正。" in answered
    public = text_of(get(client, "notice", notice.number))
    assert "收到 1 件，已答复 1 件" in public
    for secret in ("造价太高", "刘大", "将更正"):
        assert secret not in public


@pytest.mark.parametrize("text", ["", "我是110101199003077715"])
def test_what_is_not_taken_comes_back_filled(client, notice, text):
    response = post(client, "notice_object", notice.number, text=text, contact="电话")

    assert response.status_code == 422
    assert 'value="电话"' in response.content.decode()
    assert not Objection.objects.exists()


def test_too_late_it_says_where_to_turn(client, notice, clock):
    clock(8)
    assert "现在不收异议" in text_of(get(client, "notice_object", notice.number))
    response = post(client, "notice_object", notice.number, text="太高")
    assert response.status_code == 422 or "不收异议" in text_of(response)
    assert not Objection.objects.exists()


def test_a_wrong_code_is_answered_with_a_sentence(client, db):
    response = client.post(reverse("portal:notice_objection"), {"code": "AAAA-AAAA-AAAA"})
    assert response.status_code == 404
    assert "没有这个查询码" in response.content.decode()


def check(client, text):
    return text_of(client.post(reverse("portal:notice_verify"), {"text": text}))


def test_what_is_copied_from_the_page_is_recognised(client, notice):
    copied = text_of(get(client, "notice", notice.number))

    assert "一字不差" in check(client, copied)
    assert "对不上" in check(client, copied.replace("三百米", "五百米"))
    assert "对不上" in check(client, copied.replace(notice.number, "20260302-XXXXXX"))
    assert "对不上" in check(client, "随便一段文字")


def test_it_can_be_checked_after_its_end(client, notice, clock):
    copied = text_of(get(client, "notice", notice.number))
    clock(60)
    operations.expire(AT + 60 * DAY)
    assert "一字不差" in check(client, copied)


def test_too_much_text_is_refused(client, db):
    response = client.post(reverse("portal:notice_verify"), {"text": "长" * 20_001})
    assert response.status_code == 422


def test_on_the_board_stands_what_can_be_checked(client, notice, acts):  # noqa: F811
    client.force_login(acts.cast.clerk)
    sheet = text_of(client.get(reverse("web:notice_print", args=[notice.number])))
    client.logout()
    assert "一字不差" in check(client, sheet)


def test_lists_cost_the_same_however_much_there_is(client, acts, notice):  # noqa: F811
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert get(client, "notices").status_code == 200
        return len(captured)

    before = cost()
    for _ in range(10):
        acts.post(acts.public())
    assert cost() == before <= 12


def test_notices_of_the_whole_place_are_public_by_day(acts, notice):  # noqa: F811
    assert [row.number for row in public.current(TODAY)] == [notice.number]
    assert list(public.current(TODAY + 8 * DAY)) == []

"""The staff's pages of notices: who sees and does what, from the draft to the answer."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiceng.core.declarations import Registry
from jiceng.notices import operations, subjects
from jiceng.notices.models import Notice, Objection, Posting, PublicNotice, ScanDecision
from jiceng.notices.queries import findings_of
from tests.notices.conftest import AT, DAY, RESOLUTION, TODAY, acts, cast  # noqa: F401 - fixtures

PHONES = {**RESOLUTION, "resolution": "请联系13800000000，或13900000000。"}
FORM = {
    "title": "修缮村道的决议",
    "matter": "修缮村道",
    "meeting": "村民代表会议",
    "held_on": "2026-03-01",
    "resolution": "同意修缮村道三百米。",
    "votes_for": "27",
}


@pytest.fixture(autouse=True)
def at_ten(monkeypatch):
    monkeypatch.setattr("jiceng.core.clock.now", lambda: AT)


@pytest.fixture
def send(client, cast):  # noqa: F811
    def post(who, page_name, /, *args, **fields):
        client.force_login(getattr(cast, who))
        return client.post(reverse(f"web:{page_name}", args=args), {"key": uuid.uuid4(), **fields})

    return post


@pytest.fixture
def page(client, cast):  # noqa: F811
    def get(who, name, *args, query="", **headers):
        client.force_login(getattr(cast, who))
        return client.get(reverse(f"web:{name}", args=args) + query, headers=headers)

    return get


def test_a_clerk_writes_a_notice_of_his_village(page, send, county, cast):  # noqa: F811
    form = page("clerk", "notice_new").content.decode()
    assert "上村委会" in form  # where he works is filled in
    led = page("clerk", "notice_new", query=f"?unit={county.upper}&kind=resolution")
    assert led.status_code == 302

    shown = page("clerk", "notice_draft", "resolution", query=f"?unit={county.upper}")
    assert "不少于7日" in shown.content.decode()
    assert send("clerk", "notice_draft", "resolution", **FORM).status_code == 404  # no place
    address = f"{reverse('web:notice_draft', args=['resolution'])}?unit={county.upper}"
    client = Client()
    client.force_login(cast.clerk)
    response = client.post(address, {"key": uuid.uuid4(), **FORM})

    notice = Notice.objects.get()
    assert response.url == reverse("web:notice", args=[notice.number])
    assert notice.body["votes_for"] == 27
    assert "待审核" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("town", 200), ("supervisor", 403), ("beside", 404)],
)
def test_who_may_write(page, county, who, status):
    response = page(who, "notice_draft", "relief", query=f"?unit={county.upper}")
    assert response.status_code == status


def test_a_place_without_a_rule_is_told_while_one_writes(page, county):
    form = page("clerk", "notice_draft", "plan", query=f"?unit={county.upper}").content.decode()
    assert "没有适用的规则“方案公示”" in form
    assert page("clerk", "notice_draft", "odd", query=f"?unit={county.upper}").status_code == 404


def test_a_list_of_people_is_typed_by_lines_and_its_faults_are_named(client, county, cast):  # noqa: F811
    client.force_login(cast.clerk)
    address = f"{reverse('web:notice_draft', args=['relief'])}?unit={county.upper}"
    form = {
        "title": "临时救助公示",
        "programme": "临时救助",
        "total": "1100.5",
        "beneficiaries": "张小明 三组 500\n李明，一组，600.50，13800000000\n王（未成年） 一组 五百",
    }
    refused = client.post(address, {"key": uuid.uuid4(), **form})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "第2行" in text
    assert "第3行：金额“五百”不是数字" in text
    assert "临时救助公示" in text

    form["beneficiaries"] = "张小明 三组 500\n\n李明，一组，600.50\n王小（未成年）\t一组"
    assert client.post(address, {"key": uuid.uuid4(), **form}).status_code == 302
    body = Notice.objects.get().body
    assert body["beneficiaries"] == [
        {"name": "张小明", "group": "三组", "amount": 50000},
        {"name": "李明", "group": "一组", "amount": 60050},
        {"name": "王小", "group": "一组", "minor": True},
    ]
    assert body["total"] == 110050
    edit = client.get(reverse("web:notice_edit", args=[Notice.objects.get().number]))
    assert "李明，一组，600.50" in edit.content.decode()
    assert "王小（未成年），一组" in edit.content.decode()
    assert 'value="1100.50"' in edit.content.decode()


def test_two_who_change_a_draft_are_told(acts, send):  # noqa: F811
    notice = acts.draft()
    assert send("clerk", "notice_edit", notice.number, **FORM, seen=1).status_code == 302
    second = send("secretary", "notice_edit", notice.number, **FORM, seen=1)
    assert second.status_code == 422
    assert "刚被别人改过" in second.content.decode()


def test_the_second_person_sees_each_find_beside_what_the_public_will_read(acts, page):  # noqa: F811
    notice = acts.draft(PHONES)
    text = page("supervisor", "notice_release", notice.number).content.decode()

    finds, public = text.split('id="public-view"')
    assert finds.count("<mark>") == 2
    assert "13800000000" in finds
    assert "13800000000" not in public
    assert "（已隐去）" in public

    kept = findings_of(notice)[1].key
    part = page(
        "supervisor",
        "notice_release_view",
        notice.number,
        query=f"?decision-{kept}=not_personal",
        hx_request="true",
    ).content.decode()
    assert "13900000000" in part
    assert "13800000000" not in part
    assert part.strip().startswith('<div class="notice-text"')
    with_both_hidden = page("supervisor", "notice_release_view", notice.number).content.decode()
    assert with_both_hidden.strip() in text


def test_it_is_released_with_decisions_and_not_without(acts, send):  # noqa: F811
    notice = acts.draft(PHONES)
    one, two = findings_of(notice)
    missing = send("supervisor", "notice_release", notice.number, seen=1)
    assert missing.status_code == 422
    assert "每一处都要由您决定" in missing.content.decode()

    fields = {f"decision-{one.key}": "removed", f"decision-{two.key}": "not_personal"}
    without = send("supervisor", "notice_release", notice.number, seen=1, **fields)
    assert "请填写“保留的理由”" in without.content.decode()
    assert re.search(r'value="not_personal"\s+checked', without.content.decode())
    fields[f"reason-{two.key}"] = "村委会值班手机"
    assert send("supervisor", "notice_release", notice.number, seen=1, **fields).status_code == 302
    assert ScanDecision.objects.count() == 2
    assert PublicNotice.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 403), ("supervisor", 302), ("town", 302), ("beside", 404)]
)
def test_who_may_release(acts, send, who, status):  # noqa: F811
    notice = acts.draft()
    response = send(who, "notice_release", notice.number, seen=1)
    assert response.status_code == status
    assert PublicNotice.objects.exists() is (status == 302)


def test_the_writer_is_not_offered_to_release(acts, page):  # noqa: F811
    notice = acts.draft()
    offered = f'href="{reverse("web:notice_release", args=[notice.number])}"'
    assert offered not in page("clerk", "notice", notice.number).content.decode()
    assert offered in page("supervisor", "notice", notice.number).content.decode()
    own = page("clerk", "notice_release", notice.number).content.decode()
    assert "须由另一位" in own
    assert '<button class="btn btn-primary">发布' not in own


def test_it_is_sent_back_with_a_reason(acts, send, page):  # noqa: F811
    notice = acts.draft()
    assert send("supervisor", "notice_return", notice.number, seen=1).status_code == 422
    back = send("supervisor", "notice_return", notice.number, seen=1, reason="日期不对")
    assert back.status_code == 302
    assert "退回修改：日期不对" in page("clerk", "notice", notice.number).content.decode()
    assert "退回修改：日期不对" in page("clerk", "notice_edit", notice.number).content.decode()


def test_posting_taking_down_and_correcting_are_recorded(acts, send, page):  # noqa: F811
    notice = acts.public()
    posted = {"board": "村务公开栏", "posted_on": "2026-03-02", "posted_by": "王文书"}
    future = send("clerk", "notice_post", notice.number, **{**posted, "posted_on": "2026-03-03"})
    assert future.status_code == 422
    assert "还没有到" in future.content.decode()
    assert send("supervisor", "notice_post", notice.number, **posted).status_code == 403
    assert send("clerk", "notice_post", notice.number, **posted).status_code == 302
    text = page("clerk", "notice", notice.number).content.decode()
    assert "公示中" in text
    assert "2026-03-09届满，2026-03-10起才可以继续" in text

    one = Posting.objects.get()
    down = {"taken_down_on": "2026-03-02", "taken_down_by": "王文书"}
    assert page("clerk", "notice_take_down", notice.number, one.pk).status_code == 200
    assert send("clerk", "notice_take_down", notice.number, one.pk, **down).status_code == 302
    assert "须重新张贴" in page("clerk", "notice", notice.number).content.decode()
    assert page("clerk", "notice_correct", notice.number, one.pk).status_code == 200
    correct = send("clerk", "notice_correct", notice.number, one.pk, reason="登记错了")
    assert correct.status_code == 302
    assert "已更正：登记错了" in page("clerk", "notice", notice.number).content.decode()
    assert send("clerk", "notice_correct", notice.number, 999, reason="无").status_code == 404


def test_an_objection_on_paper_is_entered_and_answered_by_who_answers_for_the_place(
    acts,  # noqa: F811
    send,
    page,
    cast,  # noqa: F811
):
    notice = acts.public()
    acts.post(notice)
    form = {"how": "paper", "received_on": "2026-03-02", "text": "造价太高", "name": "刘大"}
    assert page("clerk", "notice_objection_new", notice.number).status_code == 200
    taken = send("clerk", "notice_objection_new", notice.number, **form)
    assert re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", taken.content.decode())
    one = Objection.objects.get()
    args = (notice.number, one.number)

    assert "造价太高" in page("clerk", "notice_objection", *args).content.decode()
    for who in ("supervisor", "beside"):
        assert "造价太高" not in page(who, "notice_objection", *args).content.decode()
    answer = {"outcome": "dismissed", "answer": "按预算执行，可查账。"}
    assert send("clerk", "notice_objection", *args, **answer).status_code == 403
    naming = send("secretary", "notice_objection", *args, outcome="upheld", answer="刘大说得对")
    assert naming.status_code == 422
    assert send("secretary", "notice_objection", *args, **answer).status_code == 302
    assert "按预算执行" in page("clerk", "notice_objection", *args).content.decode()
    assert send("secretary", "notice_objection", *args, **answer).status_code == 422
    text = page("supervisor", "notice", notice.number).content.decode()
    assert "异议不成立" in text
    assert "刘大" not in text
    assert page("clerk", "notice_objection", notice.number, "none").status_code == 404
    assert "刘大" in page("clerk", "notice_objection", *args).content.decode()
    operations.erase_objectors(AT + 200 * DAY)
    later = page("clerk", "notice_objection", *args).content.decode()
    assert "已按保存期限删去" in later
    assert "刘大" not in later


def test_a_draft_is_given_up_by_the_clerk_and_a_public_one_by_who_answers(acts, send, page):  # noqa: F811
    draft, public = acts.draft(), acts.public()
    assert send("clerk", "notice_withdraw", draft.number, reason="不用了").status_code == 302
    assert page("clerk", "notice_withdraw", public.number).status_code == 403
    assert page("secretary", "notice_withdraw", public.number).status_code == 200
    assert send("secretary", "notice_withdraw", public.number, reason=" ").status_code == 422
    assert send("secretary", "notice_withdraw", public.number, reason="有误").status_code == 302
    assert "已撤回" in page("secretary", "notice", public.number).content.decode()


def test_what_is_kept_inside_is_for_who_handles_it(acts, page):  # noqa: F811
    people = [{"name": "张小明", "group": "三组", "amount": 50000}]
    body = {"programme": "临时救助", "beneficiaries": people, "inquiry": "走访两次，收入核对无误"}
    notice = acts.public(body=body, kind="relief", title="临时救助公示")

    assert "走访两次" in page("clerk", "notice", notice.number).content.decode()
    supervisor = page("supervisor", "notice", notice.number).content.decode()
    assert "走访两次" not in supervisor
    for who in ("clerk", "supervisor"):
        text = page(who, "notice", notice.number).content.decode()
        assert "张*明" in text
        assert "张小明" not in text


def test_the_list_is_asked_by_stage(acts, page):  # noqa: F811
    draft = acts.draft(title="待审的")
    waiting = acts.public(title="待贴的")
    running = acts.public(title="在公示的")
    acts.post(running)
    acts.object(running)
    ended = acts.public(title="届满的", at=AT - 20 * DAY)
    acts.post(ended, TODAY - 20 * DAY)
    given_up = acts.draft(title="放弃的")
    operations.withdraw_notice(given_up, reason="不用", by=acts.cast.clerk, at=AT)
    titles = {one.title for one in (draft, waiting, running, ended, given_up)}

    for stage, expected in {
        "to_release": {"待审的"},
        "to_post": {"待贴的"},
        "running": {"在公示的"},
        "ended": {"届满的"},
        "objections": {"在公示的"},
        "all": titles,
        "odd": titles,
    }.items():
        text = page("clerk", "notices", query=f"?stage={stage}").content.decode()
        assert {title for title in titles if title in text} == expected, stage
    assert "待审的" not in page("beside", "notices").content.decode()


@pytest.mark.parametrize(
    "name", ["notice", "notice_print", "notice_post", "notice_withdraw", "notice_release"]
)
def test_a_stranger_does_not_learn_of_it(acts, page, name):  # noqa: F811
    assert page("beside", name, acts.public().number).status_code == 404


def test_the_sheet_for_the_board_has_text_code_and_checksum(acts, page):  # noqa: F811
    notice = acts.public()
    text = page("clerk", "notice_print", notice.number).content.decode()

    assert "<svg" in text
    assert f"/public/notices/{notice.number}/" in text
    assert notice.digest[:8] in text
    assert "公示期：不少于7日" in text
    english = page("clerk", "notice_print", notice.number, accept_language="en").content.decode()
    assert "公示期：不少于7日" in english  # the board is read in Chinese


def test_the_sheet_is_drawn_as_pdf(acts, page):  # noqa: F811
    answer = page("clerk", "notice_pdf", acts.public().number)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_notice_of_a_step_is_written_where_its_owner_says(client, county, cast, monkeypatch):  # noqa: F811
    monkeypatch.setattr(subjects, "OWNERS", Registry("owner of notices"))
    client.force_login(cast.clerk)
    address = f"{reverse('web:notice_draft', args=['resolution'])}?subject=tests.case:1&step=show"
    assert client.get(address).status_code == 404
    subjects.register(
        "tests.case",
        unit_of=lambda *asked: county.upper,
        page_of=lambda subject: "/cases/1/",
        told=lambda subject, step: {"matter": "已知的事项"},
    )
    assert "已知的事项" in client.get(address).content.decode()
    assert client.post(address, {"key": uuid.uuid4(), **FORM}).status_code == 302
    notice = Notice.objects.get()
    assert (notice.subject, notice.step) == ("tests.case:1", "show")
    shown = client.get(reverse("web:notice", args=[notice.number])).content.decode()
    assert 'href="/cases/1/"' in shown


@pytest.mark.parametrize(
    ("name", "most"),
    [("notices", 26), ("notice", 45), ("notice_release", 57), ("notice_print", 24)],
)
def test_pages_cost_the_same_however_much_there_is(acts, page, name, most):  # noqa: F811
    notice = acts.draft(PHONES) if name == "notice_release" else acts.public()
    args = [] if name == "notices" else [notice.number]
    who = "supervisor" if name == "notice_release" else "clerk"

    def cost():
        page(who, name, *args)
        with CaptureQueriesContext(connection) as captured:
            assert page(who, name, *args).status_code == 200
        return len(captured)

    before = cost()
    for _ in range(5):
        other = acts.public()
        acts.post(other)
        acts.object(other)
    if name in {"notice", "notice_print"}:
        acts.post(notice)
        for _ in range(5):
            acts.object(notice)
    assert cost() <= before + 1
    assert before <= most

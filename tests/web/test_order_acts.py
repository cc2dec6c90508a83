"""What is done with an order beside its steps: calling in, pausing, merging, releasing."""

import pytest
from django.urls import reverse

from jiceng.core import clock
from jiceng.orders.models import BoardEntry, Task
from tests.orders.cast import Run, posts_of
from tests.web.test_order_pages import NOW, TEXT, _act, _open, _post, _text


@pytest.fixture(autouse=True)
def in_march_2026(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def posts(county):
    return posts_of(county)


@pytest.fixture
def run(posts):
    return Run(posts, text=TEXT)


def test_a_township_calls_departments_each_answers_and_is_judged(client, run, posts, county):
    run.accepted()

    page = _text(_open(client, posts.town, run.order.number))
    assert "吹哨：请部门到场" in page
    called = _act(client, posts.town, run, "call-in", units=[county.department], asks="来看线路")
    assert called.status_code == 302
    assert run.order.number in _text(_open(client, posts.department, tab="help"))
    task = Task.objects.get(part="called")
    asked = {"reply": "已排查线路"}
    answered = _task(client, posts.department, run, task, "answer", **asked)
    judged = _task(client, posts.town, run, task, "judge", accepted="no", why="没有到场")

    assert (answered.status_code, judged.status_code) == (302, 302)
    assert "乡镇不认可" in _text(_open(client, posts.town, run.order.number))


def _task(client, user, run, task, act, **fields):
    client.force_login(user)
    address = reverse("web:order_task", args=[run.order.number, task.pk, act])
    return _post(client, address, seen=run.now().case.version, **fields)


def test_the_clock_stands_still_with_a_reason_and_is_extended_once(client, run, posts):
    run.accepted()
    asked = {"reason": "awaiting_resident", "note": "是哪一盏灯"}

    assert _act(client, posts.village, run, "pause", **asked).status_code == 302
    assert "暂停计时" in _text(_open(client, posts.village, run.order.number))
    assert _act(client, posts.village, run, "resume").status_code == 302
    assert _act(client, posts.village, run, "extend", why="等配件").status_code == 302
    again = _act(client, posts.village, run, "extend", why="再等等")
    assert again.status_code == 422
    granted = _act(client, posts.town, run, "decide-extension", granted="yes", why="属实")
    assert granted.status_code == 302

    assert run.now().extended_count


def test_the_same_order_is_merged(client, posts):
    first, second = Run(posts), Run(posts, text="路灯又坏了")

    answer = _act(client, posts.town, second, "merge", into=first.order.number)

    assert answer.status_code == 302
    assert second.now().outcome == "merged"
    assert first.order.number in _text(_open(client, posts.town, second.order.number))


def test_a_summary_is_released_only_without_numbers_of_persons(client, run, posts):
    faulty = _act(client, posts.town, run, "release", summary="请打13800000000")
    assert faulty.status_code == 422

    assert _act(client, posts.town, run, "release", summary="村口路灯不亮").status_code == 302
    assert BoardEntry.objects.get().summary == "村口路灯不亮"
    assert _act(client, posts.town, run, "take-off").status_code == 302
    assert not BoardEntry.objects.exists()


def test_a_lost_code_is_issued_again_at_the_counter(client, run, posts):
    client.force_login(posts.town)

    answer = _post(client, reverse("web:order_reissue", args=[run.order.number]))

    assert "查询码只显示这一次" in _text(answer)
    assert run.code not in _text(answer)
    assert run.now().code_digest != run.order.code_digest


def test_a_telephone_is_shown_to_whoever_calls_back(client, posts, county):
    told = Run(posts, name="王大爷", phone="0577-5550101", place=county.town)
    told.do("dispatch", posts.town, handler=county.town, despite=True)
    told.do("accept", posts.town)
    told.do("finish", posts.town, reply="修好了")
    address = reverse("web:order_contact", args=[told.order.number])

    client.force_login(posts.county_officer)

    assert "0577-5550101" in _text(_post(client, address))

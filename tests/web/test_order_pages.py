"""Orders as a township, a village, a department, a supervisor and a stranger see them."""

import io
import uuid

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiceng.audit.models import Entry
from jiceng.core import clock
from jiceng.orders.models import DutyItem, Order
from tests.orders.cast import Run, moment, posts_of

NOW = moment(hour=11)
TEXT = "村口的路灯不亮了，晚上老人摔了一跤"


@pytest.fixture(autouse=True)
def in_march_2026(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def posts(county):
    return posts_of(county)


@pytest.fixture
def run(posts):
    return Run(posts, text=TEXT, name="王大爷", phone="0577-5550101")


def _text(answer):
    return answer.content.decode()


def _open(client, user, number=None, **asked):
    client.force_login(user)
    address = reverse("web:order", args=[number]) if number else reverse("web:orders")
    return client.get(address, asked)


def _post(client, address, **fields):
    return client.post(address, {"key": uuid.uuid4(), **fields})


def _act(client, user, run, act, **fields):
    client.force_login(user)
    order = run.now()
    address = reverse("web:order_act", args=[order.number, act])
    return _post(client, address, seen=order.case.version, **fields)


def test_goes_from_hand_to_hand_by_forms(client, run, posts, county):
    taken = [
        _act(client, posts.town, run, "dispatch", handler=county.upper, despite="on"),
        _act(client, posts.village, run, "accept", contacted="on"),
        _act(client, posts.village, run, "finish", reply="灯已换好", contacted="on"),
        _act(client, posts.town, run, "call-back", reached="yes", solved="yes", satisfied="yes"),
    ]

    assert [answer.status_code for answer in taken] == [302] * 4
    assert run.now().outcome == "closed"
    page = _text(_open(client, posts.town, run.order.number))
    assert "已解决，满意" in page
    assert "现在等您" not in page


def test_shows_whose_turn_it_is_and_nobody_else(client, run, posts):
    run.dispatched()
    number = run.order.number

    assert "现在等您：接单" in _text(_open(client, posts.village, number))
    assert "现在等您" not in _text(_open(client, posts.town, number))
    assert _open(client, posts.other_village, number).status_code == 404


def test_proposes_a_handler_and_says_why(client, run, posts, county):
    DutyItem.objects.filter(item="lamps").delete()
    page = _text(_open(client, posts.town, run.order.number))

    assert "建议派给 东镇" in page
    assert "须经县级批准" in page


def test_what_is_refused_comes_back_filled(client, run, posts):
    run.accepted()

    answer = _act(client, posts.village, run, "give-back", reason="")
    assert answer.status_code == 422
    answer = _act(client, posts.village, run, "finish", reply="字" * 2001)
    assert answer.status_code == 422
    assert "字字" in _text(answer)


def test_an_order_acted_on_meanwhile_says_so(client, run, posts):
    seen = run.now().case.version
    run.dispatched()
    client.force_login(posts.town)

    address = reverse("web:order_act", args=[run.order.number, "dispatch"])
    answer = _post(client, address, seen=seen, handler=run.order.place_id)

    assert answer.status_code == 422
    assert "已有人办理" in _text(answer)


def test_text_is_read_by_those_who_handle_and_no_column_of_a_list(client, run, posts):
    run.dispatched()

    for reader in (posts.town, posts.village, posts.county_officer):
        assert TEXT in _text(_open(client, reader, run.order.number))
        assert TEXT not in _text(_open(client, reader, tab="here"))


def test_the_telephone_is_shown_on_a_click_that_stays_on_record(client, run, posts):
    run.dispatched()
    number = run.order.number
    address = reverse("web:order_contact", args=[number])

    assert "0577-5550101" not in _text(_open(client, posts.village, number))
    shown = _text(_post(client, address))

    assert "0577-5550101" in shown
    entry = Entry.objects.get(action="orders.contact.seen")
    assert (entry.actor_id, entry.subject_text) == (posts.village.pk, number)
    assert "0577" not in entry.change


def test_nobody_above_is_shown_the_telephone(client, run, posts):
    run.dispatched()
    client.force_login(posts.county_officer)

    answer = _post(client, reverse("web:order_contact", args=[run.order.number]))

    assert answer.status_code == 403
    assert not Entry.objects.filter(action="orders.contact.seen").exists()


def test_a_queue_leads_with_what_waits_for_the_unit(client, run, posts):
    for who, tab, stands in (
        (posts.town, "mine", True),
        (posts.village, "mine", False),
        (posts.county_officer, "mine", False),
        (posts.county_officer, "here", True),
        (posts.west, "here", False),
        (posts.department, "here", False),
        (posts.town, "closed", False),
    ):
        assert (run.order.number in _text(_open(client, who, tab=tab))) is stands, (who, tab)


def test_filters_narrow_and_a_faulty_one_is_left_out(client, run, posts, county):
    for asked, stands in (
        ({"kind": "lamp.out"}, True),
        ({"kind": "road.damaged"}, False),
        ({"step": "dispatch"}, True),
        ({"step": "handle"}, False),
        ({"place": county.upper}, True),
        ({"place": county.lower}, False),
        ({"handler": county.upper}, False),
        ({"overdue": "on"}, False),
        ({"sort": "new"}, True),
        ({"kind": "no.such"}, True),
        ({"place": "村"}, True),
        ({"after": "changed"}, True),
        ({"tab": "nothing"}, True),
    ):
        page = _open(client, posts.town, **{"tab": "here", **asked})
        assert (run.order.number in _text(page)) is stands, asked


def test_an_overdue_order_climbs_one_level_for_each_limit(client, run, posts, monkeypatch):
    run.dispatched()
    order = run.now()

    def seen_by(*who):
        return [run.order.number in _text(_open(client, one, tab="overdue")) for one in who]

    levels = (posts.town, posts.county_officer, posts.city)
    assert seen_by(*levels) == [False, False, False]
    for at, expected in (
        (order.due_at, [True, False, False]),
        (order.second_at, [True, True, False]),
        (order.third_at, [True, True, True]),
    ):
        monkeypatch.setattr(clock, "now", lambda at=at: at.replace(microsecond=1) + at.resolution)
        assert seen_by(*levels) == expected


def test_pages_by_a_mark_without_missing_or_repeating(client, posts, monkeypatch):
    made = [Run(posts, text=f"第{n}盏", at=moment(minute=n)).order.number for n in range(7)]
    monkeypatch.setattr("jiceng.orders.queries.queue.PER_PAGE", 3)
    monkeypatch.setattr("jiceng.orders.queries.queue.page_for.__defaults__", (3,))

    for sort in ("", "new"):
        seen, asked = [], {"tab": "here", "sort": sort}
        for _page in range(3):
            page = _open(client, posts.town, **asked)
            seen += [line.number for line in page.context["lines"]]
            asked["after"] = page.context["following"]
        assert sorted(seen) == sorted(made)
        assert not page.context["following"]


def test_costs_the_same_statements_with_many(client, posts, run):
    client.force_login(posts.town)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("web:orders"), {"tab": "here"})
        return len(asked)

    first = cost()
    for n in range(12):
        Run(posts, text=f"又一盏{n}", place=posts.county.lower)
    assert cost() == first


def test_takes_several_on_at_once_and_says_why_one_stays(client, posts):
    runs = [Run(posts, text=f"第{n}盏") for n in range(3)]
    runs[2].dispatched()
    client.force_login(posts.town)
    numbers = [run.order.number for run in runs]

    answer = _post(client, reverse("web:orders_several"), order=numbers, act="dispatch")

    page = _text(client.get(answer.url))
    assert answer.status_code == 302
    assert numbers[2] in page or numbers[0] in page  # each that stays is named, with its reason


def test_a_village_accepts_several_at_once(client, posts):
    runs = [Run(posts, text=f"第{n}盏").dispatched() for n in range(3)]
    client.force_login(posts.village)
    numbers = [run.order.number for run in runs]

    _post(client, reverse("web:orders_several"), order=numbers, act="accept")

    assert {run.now().step for run in runs} == {"handle"}


def test_the_file_holds_no_name_telephone_or_text(client, posts, run):
    client.force_login(posts.town)

    answer = client.get(reverse("web:orders_export"), {"tab": "here"})

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert run.order.number in cells
    assert not {TEXT, "王大爷", "0577-5550101"} & set(cells)
    assert Entry.objects.filter(action="orders.queue.exported").count() == 1


def test_complaints_about_conduct_are_in_no_queue_and_no_file(client, posts, county):
    told = Run(posts, kind="conduct.person", text="办事员态度很差", concerns=county.town)
    number = told.order.number

    for who in (posts.town, posts.village):
        for tab in ("mine", "here", "overdue", "closed"):
            assert number not in _text(_open(client, who, tab=tab))
        assert _open(client, who, number).status_code == 404
        assert _open(client, who, tab="conduct").status_code == 403
    assert number not in _text(_open(client, posts.county_officer, tab="mine"))
    assert number in _text(_open(client, posts.county_officer, tab="conduct"))
    assert "办事员态度很差" in _text(_open(client, posts.county_officer, number))
    assert client.get(reverse("web:orders_export"), {"tab": "conduct"}).status_code == 403


def test_a_complaint_about_conduct_is_taken_up_and_examined(client, posts, county):
    told = Run(posts, kind="conduct.person", text="办事员态度很差", concerns=county.town)

    assert _act(client, posts.county_officer, told, "take-up").status_code == 302
    assert _act(client, posts.county_officer, told, "finish", reply="已批评").status_code == 302
    assert told.now().step == "call_back"


def test_an_order_is_entered_at_the_counter_and_its_code_shown_once(client, posts, county):
    client.force_login(posts.town)
    asked = {"kind": "lamp.out", "place": county.upper, "text": TEXT, "channel": "counter"}

    answer = _post(client, reverse("web:order_new"), **asked)

    order = Order.objects.select_related("case").get()
    page = _text(answer)
    assert (order.channel, order.place_id) == ("counter", county.upper)
    assert order.number in page
    assert "查询码只显示这一次" in page


def test_nobody_enters_orders_for_a_place_that_is_not_his(client, posts, county):
    client.force_login(posts.town)
    asked = {"kind": "lamp.out", "place": county.community, "text": TEXT, "channel": "phone"}

    answer = _post(client, reverse("web:order_new"), **asked)

    assert answer.status_code == 422
    assert TEXT in _text(answer)
    assert not Order.objects.exists()


def test_the_map_answers_with_the_place(client, posts):
    told = Run(posts, latitude=28_100_000, longitude=121_200_000)
    client.force_login(posts.town)

    data = client.get(reverse("web:order_map", args=[told.order.number])).json()

    (point,) = data["places"]["features"]
    assert point["geometry"]["coordinates"] == [121.2, 28.1]


def test_an_answer_may_begin_with_known_words(client, run, posts):
    run.accepted()

    page = _text(_open(client, posts.village, run.order.number, answer="repaired"))

    assert "已经修好。如果再坏" in page

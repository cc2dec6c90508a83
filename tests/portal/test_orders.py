"""Residents' orders on public pages: told, followed, added to, judged, taken back, refused in words."""

import datetime
import html
import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from jiceng.accounts.models import WrongTry
from jiceng.core.periods import Month
from jiceng.measures.operations import refresh_for
from jiceng.orders import operations
from jiceng.orders.limits import SMALLEST_N, WRONG_CODES
from jiceng.orders.measures import ORDERS
from jiceng.orders.models import Contact, Order, Telling
from jiceng.registry.models import Position
from tests.orders import cast
from tests.orders.cast import LAMP, moment

CODE = re.compile(r"[34679A-Y]{4}-[34679A-Y]{4}-[34679A-Y]{4}")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Pages are asked for on a Monday at nine; `clock(hour)` later that day."""

    def set_to(hour, minute=0):
        monkeypatch.setattr("jiceng.core.clock.now", lambda: moment(hour=hour, minute=minute))

    set_to(9)
    return set_to


@pytest.fixture
def posts(county):
    return cast.posts_of(county)


@pytest.fixture
def run(posts):
    return cast.Run(posts)


def get(client, name, *args, query=""):
    return client.get(reverse(f"portal:{name}", args=args) + query)


def post(client, page, /, *args, **fields):
    key = {} if page == "order_follow" else {"key": uuid.uuid4()}
    return client.post(reverse(f"portal:{page}", args=args), {**key, **fields})


def text_of(response):
    page = response.content.decode()
    return html.unescape(re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")]))


def picture(name="灯.jpg", content=None):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "JPEG")
    return SimpleUploadedFile(name, content or file.getvalue())


def placed(client, county, **fields):
    return post(client, "order_place", LAMP, **{"text": "路灯不亮", "place": county.upper} | fields)


def test_kinds_are_chosen_from_groups_or_found_by_words(client, db):
    text = text_of(get(client, "orders"))
    for said in ("道路与桥梁", "路灯不亮", "人员作风", "这些事不在这里办"):
        assert said in text
    found = get(client, "orders", query="?q=路灯坏了").content.decode()
    assert "您说的是不是" in found
    assert reverse("portal:order_place", args=[LAMP]) in found[found.index("您说的是不是") :]
    assert "没有找到" in text_of(get(client, "orders", query="?q=qqq"))


def test_words_of_danger_bring_up_whom_to_call(client, db):
    text = text_of(get(client, "orders", query="?q=隔壁着火了"))

    assert "119" in text[: text.index("您说的是不是")]


def test_wishes_lead_to_the_wall_of_wishes(client, db):
    assert reverse("portal:wish_new") in get(client, "orders").content.decode()
    led = get(client, "order_place", "voluntary.wish")
    assert led["Location"] == reverse("portal:wish_new")


def test_anyone_places_an_order_and_is_given_a_code_once(client, posts, county):
    response = placed(client, county, photo=picture(), phone="13800000000", where="小卖部对面")

    order = Order.objects.get()
    text = text_of(response)
    assert CODE.search(text)
    for said in (order.number, "路灯不亮", "东镇", "办结期限", "依据"):
        assert said in text
    assert (order.place_id, order.where, order.channel) == (county.upper, "小卖部对面", "portal")
    assert order.telling.photo is not None
    assert Contact.objects.get().phone == "13800000000"
    assert "no-store" in response["Cache-Control"]


def test_it_is_followed_added_to_and_judged_with_the_code(client, run, posts, clock):
    code = run.code.lower().replace("-", " ")
    text = text_of(post(client, "order_follow", code=code))
    assert "已收到，正在确定由谁办理" in text
    assert "请您评价" not in text
    clock(10)
    response = post(client, "order_add", code=code, text="还有一盏")
    assert "已记下" in text_of(response)
    run.done()
    clock(11)
    text = text_of(post(client, "order_follow", code=code))
    assert "已办结，等您评价" in text
    assert "灯已换好" in text
    assert post(client, "order_judge", code=code).status_code == 422
    done = post(client, "order_judge", code=code, solved="yes", satisfied="yes")
    assert "已结案" in text_of(done)
    assert run.now().satisfied is True
    late = post(client, "order_judge", code=code, solved="no", satisfied="no")
    assert late.status_code == 422
    assert "不能再评" in text_of(late)


def test_not_satisfied_it_goes_back(client, run, clock):
    run.done()
    clock(11)

    text = text_of(post(client, "order_judge", code=run.code, solved="no", satisfied="no"))

    assert "办理中" in text
    assert run.now().times_returned == 1


def test_it_is_taken_back_without_a_reason(client, run):
    assert "您已撤回" in text_of(post(client, "order_withdraw", code=run.code))
    assert run.now().outcome == "withdrawn"
    assert post(client, "order_withdraw", code=run.code).status_code == 422


def test_a_wrong_code_says_nothing_and_many_are_held_up(client, run, posts):
    for page, more in (("order_follow", {}), ("order_add", {"text": "x"}), ("order_withdraw", {})):
        response = post(client, page, code="3333-4444-7777", **more)
        assert response.status_code == 404
        assert "没有这个查询码" in text_of(response)
    subject, at = WrongTry.objects.values_list("subject", "at").first()
    WrongTry.objects.bulk_create(WrongTry(subject=subject, at=at) for _ in range(WRONG_CODES))
    for code in ("3333-4444-7777", run.code):
        held_up = post(client, "order_follow", code=code)
        assert held_up.status_code == 403
        assert "输错次数过多" in text_of(held_up)


def test_a_code_never_stands_in_an_address(client, run):
    for page in ("order_judge", "order_add", "order_withdraw"):
        assert client.get(reverse(f"portal:{page}")).status_code == 405
    assert run.order.number not in text_of(get(client, "order_follow", query=f"?code={run.code}"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "长" * 10_000}, "最多 2000 字，现有 10000 字"),
        ({"text": " "}, "必填"),
        ({"place": 999_999}, "没有这个地方"),
        ({"where": "远" * 121}, "最多 120 字"),
        ({"latitude": "91", "longitude": "120"}, "位置不对"),
        ({"latitude": "28"}, "位置不对"),
        ({"photo": picture("a.exe", b"MZ\x90")}, "照片请用 .jpg 或 .png"),
        ({"photo": picture("a.jpg", b"MZ\x90\x00" * 30)}, "内容却不是"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words_with_the_form_still_filled(
    client, posts, county, fields, said
):
    response = placed(client, county, **{"phone": "0577-1234", **fields})

    assert response.status_code == 422
    assert said in text_of(response)
    page = response.content.decode()
    assert "0577-1234" in page
    assert fields.get("text", "路灯不亮").strip() in page
    assert not Order.objects.exists()
    if "photo" in fields:
        assert "请重新选择" in page


def test_a_photo_of_fifty_megabytes_is_refused_in_words(client, posts, county):
    response = placed(client, county, photo=picture(content=b"\xff\xd8\xff" + b"\x00" * (50 << 20)))

    assert response.status_code == 422
    assert "照片超过 10 兆字节" in text_of(response)
    assert not Order.objects.exists()


def test_the_same_ten_times_in_a_minute_is_taken_once_and_told_why(client, posts, county):
    answers = [placed(client, county) for _ in range(10)]

    assert [answer.status_code for answer in answers] == [200, *[422] * 9]
    assert "同样的内容一分钟内已经收到" in text_of(answers[-1])
    assert Order.objects.count() == 1


def test_script_is_shown_as_it_was_written(client, posts, county):
    script = "<script>alert(1)</script>"
    refused = placed(client, county, text=script, where="远" * 121)
    assert script not in refused.content.decode()
    placed(client, county, text=script)
    assert Telling.objects.get().text == script


def test_words_of_danger_are_shown_before_it_is_taken_and_never_refuse_it(client, posts, county):
    first = placed(client, county, text="有人受伤流血，灯灭了")
    assert first.status_code == 422
    assert "还没有提交" in text_of(first)
    assert "120" in text_of(first)
    assert not Order.objects.exists()
    assert placed(client, county, text="有人受伤流血，灯灭了", reminded="1").status_code == 200
    assert Order.objects.count() == 1


def test_a_complaint_about_conduct_goes_to_the_county_and_says_so(client, posts, county):
    page = text_of(get(client, "order_place", "conduct.person"))
    assert "由县级单独办理" in page
    assert "具体在哪里" not in page
    response = post(client, "order_place", "conduct.person", text="态度恶劣", place=county.town)
    text = text_of(response)
    assert "乙县" in text
    assert "东镇" not in text
    assert "不会转给被反映的单位" in text
    order = Order.objects.get()
    assert order.telling.concerns_id == county.town
    assert order.waits_at_id == county.county


def test_what_cannot_wait_says_whom_to_telephone(client, posts, county):
    response = post(client, "order_place", "road.cover", text="井盖丢了", place=county.upper)

    assert "没有登记值班" in text_of(response)
    assert "12345" in text_of(response)


def test_places_are_picked_by_name_or_sound_counties_for_conduct_only(client, county):
    for asked in ("上村", "shangcun", "sc"):
        assert (
            f'data-value="{county.upper}"'
            in get(client, "order_pick", query=f"?q={asked}").content.decode()
        )
    assert "乙县" not in get(client, "order_pick", query="?q=乙县").content.decode()
    assert "乙县" in get(client, "order_pick_any", query="?q=乙县").content.decode()


def test_an_unknown_kind_is_refused(client, county):
    assert get(client, "order_place", "no.such").status_code == 422


def test_the_handler_of_a_complaint_about_him_never_reads_of_it(client, posts, county):
    post(client, "order_place", "conduct.person", text="村干部吃拿卡要", place=county.upper)

    order = Order.objects.get()
    for page in ("/", "/cases/", "/audit/"):
        client.force_login(posts.village, backend="jiceng.accounts.backends.AccountBackend")
        answer = client.get(page, follow=True)
        assert order.number not in answer.content.decode()


@pytest.fixture
def entry(run):
    """The lamp as it was released: rewritten, at the precision of the village."""
    run.accepted()
    order = run.now()
    return operations.release_summary(
        order,
        summary="上村村口一盏路灯不亮",
        seen=order.case.version,
        by=run.posts.village,
        at=moment(hour=11),
    )


def test_the_board_shows_what_was_released_and_nothing_else(client, run, entry, county):
    other = placed(client, county, text="后巷的灯也灭了，我叫王小明", place=county.lower)
    assert other.status_code == 200
    text = text_of(get(client, "order_board"))
    assert "上村村口一盏路灯不亮" in text
    assert "办理中" in text
    assert "王小明" not in text
    for place, seen in ((county.upper, True), (county.town, True), (county.lower, False)):
        text = text_of(get(client, "order_board", query=f"?place={place}"))
        assert ("村口" in text) is seen
    shown = text_of(get(client, "order_entry", entry.number))
    assert "上村委会" in shown
    hidden = Order.objects.exclude(pk=run.order.pk).get()
    assert get(client, "order_entry", hidden.number).status_code == 404
    assert get(client, "order_photo", entry.number).status_code == 404


def test_the_map_of_the_board_is_coarse(client, run, county):
    other = cast.Run(run.posts, latitude=28_012_345, longitude=120_654_321, text="灯柱歪了")
    order = other.now()
    operations.release_summary(
        order, summary="灯柱歪了", seen=order.case.version, by=run.posts.town, at=moment(hour=10)
    )

    (place,) = get(client, "order_board_data").json()["places"]["features"]

    assert place["geometry"]["coordinates"] == [120.654, 28.012]


def test_is_it_this_one_is_asked_of_what_is_open_there(client, run, entry, county):
    def asked(query):
        return get(client, "order_near", LAMP, query=query).content.decode()

    assert "是不是这一件" in asked(f"?place={county.upper}")
    assert asked(f"?place={county.lower}").strip() == ""
    assert asked("?place=x&latitude=999").strip() == ""
    run.do("finish", run.posts.village, reply="好了")
    run.do("call_back", run.posts.town, reached=True, solved=True, satisfied=True)
    assert asked(f"?place={county.upper}").strip() == ""


def test_the_ground_of_a_pin_names_the_villages_around(client, county):
    for unit, north in ((county.upper, 28.02), (county.community, 28.3), (county.town, 28.1)):
        Position.objects.create(
            unit_id=unit, longitude=120.7, latitude=north, valid_from=county.start
        )

    def named(query=""):
        found = get(client, "order_ground", query=query).json()["places"]["features"]
        return [one["properties"]["name"] for one in found]

    assert named() == ["东镇"]
    assert named(f"?place={county.lower}") == ["上村委会"]


def test_statistics_say_what_they_are_a_part_of(client, county):
    text = text_of(get(client, "order_statistics"))

    assert "乙县诉求办理情况" in text
    assert "不排名次" in text
    assert get(client, "order_statistics", query=f"?place={county.town}").status_code == 200


def test_a_rate_is_given_only_where_there_is_enough_to_make_one_of(client, posts, county):
    good = {"reached": True, "solved": True, "satisfied": True}
    for n in range(SMALLEST_N):
        cast.Run(posts, text=f"灯{n}").done().do("call_back", posts.town, **good)
    closed = Order.objects.filter(step="").values_list("pk", flat=True)
    last_month = {"closed_on": datetime.date(2026, 2, 20)}
    Order.objects.filter(pk__in=closed).update(**last_month)
    Order.objects.filter(pk=closed[0]).update(reached=False, solved=None, satisfied=None)
    refresh_for([ORDERS], [Month(2026, 2)], moment())

    text = text_of(get(client, "order_statistics", query=f"?place={county.upper}"))

    assert "10 / 10（100.0%）" in text  # those that can be assessed
    assert "只有 9 件，不算比例" in text  # those who answered
    assert "已统计 1 个月" in text


def test_board_and_statistics_cost_the_same_however_much_there_is(client, run, county):
    def costs():
        found = []
        for name in ("order_board", "order_statistics"):
            get(client, name)
            with CaptureQueriesContext(connection) as captured:
                get(client, name)
            found.append(len(captured))
        return found

    def release(order, summary):
        operations.release_summary(
            order, summary=summary, seen=order.case.version, by=run.posts.town, at=moment(hour=10)
        )

    release(run.now(), "灯不亮")
    before = costs()
    for n in range(4):
        release(cast.Run(run.posts, text=f"灯{n}").now(), f"第{n}盏灯")
    assert costs() == before

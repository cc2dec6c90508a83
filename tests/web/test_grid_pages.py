"""The pages of grids, duty lists, rosters and kinds of request: who sees and who keeps them."""

import uuid

import pytest
from django.urls import reverse

from jiceng.orders.models import (
    DutyItem,
    DutyShift,
    GridAccessItem,
    GridCard,
    GridLine,
    LocalService,
    ObservationPoint,
)
from jiceng.orders.operations.duty import DutyRow, record_duty_items
from jiceng.orders.operations.grids import (
    AccessRow,
    CardRow,
    LineRow,
    PointRow,
    admit_to_grids,
    describe_grids,
    open_observation_points,
    share_grids,
)
from jiceng.orders.queries.grids import may_be_given
from jiceng.registry.queries import unit_on
from tests.conftest import NOON, START
from tests.orders.grid_stage import SYSTEM, grid_village_of
from tests.web.test_registry_pages import holder

THURSDAY = NOON.replace(year=2024, day=6)
TODAY = THURSDAY.date()


@pytest.fixture(autouse=True)
def _on_a_thursday(monkeypatch):
    monkeypatch.setattr("jiceng.core.clock.now", lambda: THURSDAY)


@pytest.fixture
def village(county):
    return grid_village_of(county)


@pytest.fixture
def readers(village):
    return {
        "county": holder("county", "county.officer", village.county),
        "town": holder("town", "town.officer", village.town),
        "clerk": holder("clerk", "village.clerk", village.upper),
        "worker": holder("worker", "grid.worker", village.first),
        "beside": holder("beside", "town.officer", village.subdistrict),
        "auditor": holder("auditor", "supervisor", village.city),
    }


def get(client, page, /, *args, **query):
    return client.get(reverse(f"web:{page}", args=args), query)


def post(client, page, /, *args, unit=None, **fields):
    address = reverse(f"web:{page}", args=args) + (f"?unit={unit}" if unit else "")
    return client.post(address, {"key": str(uuid.uuid4()), **fields})


def text_of(response):
    return " ".join(response.content.decode().split())


LISTS = ["grids", "grid_access", "roster", "duty_list", "services"]


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("county", 200), ("town", 200), ("clerk", 200), ("beside", 404), ("auditor", 403)],
)
def test_who_sees_the_lists_of_a_village(client, village, readers, page, who, status):
    client.force_login(readers[who])

    assert get(client, page, unit=village.upper).status_code == status


@pytest.mark.parametrize("page", ["grid", "grid_contact"])
@pytest.mark.parametrize(
    ("who", "status"), [("town", 200), ("worker", 200), ("beside", 404), ("auditor", 403)]
)
def test_who_sees_a_grid(client, village, readers, page, who, status):
    client.force_login(readers[who])

    assert get(client, page, village.first).status_code == status


@pytest.mark.parametrize("page", ["grid_edit", "grid_lines", "grid_point"])
@pytest.mark.parametrize(
    ("who", "status"), [("town", 200), ("clerk", 403), ("worker", 403), ("beside", 404)]
)
def test_who_describes_a_grid(client, village, readers, page, who, status):
    client.force_login(readers[who])

    assert get(client, page, village.first).status_code == status


def test_a_village_is_no_grid(client, village, readers):
    client.force_login(readers["town"])

    assert get(client, "grid", village.upper).status_code == 404


def test_a_town_names_the_grids_that_nobody_answers_for(client, village, readers):
    client.force_login(readers["town"])

    page = text_of(get(client, "grids"))
    assert "东镇：五级责任网络" in page
    assert "上村委会 上村第二网格" in page
    assert "没有网格党支部，没有网格长" in page
    assert "赵镇" in page


def test_a_village_shows_all_five_levels_by_name(client, village, readers):
    client.force_login(readers["clerk"])

    page = text_of(get(client, "grids"))
    for name in ("钱村", "孙支", "吴格", "郑员", "李组", "周户"):
        assert name in page


def test_a_county_leads_down_to_its_towns(client, village, readers):
    client.force_login(readers["county"])

    page = text_of(get(client, "grids"))
    assert f'href="{reverse("web:grids")}?unit={village.town}"' in page


def test_a_grid_shows_its_size_beside_the_rule_and_its_source(client, village, readers):
    client.force_login(readers["town"])

    page = text_of(get(client, "grid", village.first))
    assert "420" in page
    assert "符合" in page
    assert "网格划分标准" in page
    assert "什么也不能交给网格" in page


def test_the_town_fills_in_the_board_and_prints_it(client, village, readers):
    client.force_login(readers["town"])

    fields = {"area": "河东各户", "complaint_phone": "0577-2000000"}
    answer = post(client, "grid_edit", village.first, **fields)

    assert answer.status_code == 302
    assert GridCard.objects.get().area == "河东各户"
    board = text_of(get(client, "grid_contact", village.first))
    for said in ("上村第一网格", "河东各户", "吴格", "0577-1000002", "0577-2000000", "滨州"):
        assert said in board


def test_lines_of_work_are_put_on_a_grid(client, village, readers):
    client.force_login(readers["town"])

    fields = {"document": "多网融合方案", "valid_from": "2024-06-06"}
    lines = ["civil_affairs", "city_management"]
    assert post(client, "grid_lines", village.first, lines=lines, **fields).status_code == 302
    assert GridLine.objects.count() == 2
    assert "民政" in text_of(get(client, "grid", village.first))
    again = post(client, "grid_lines", village.first, lines=["civil_affairs"], **fields)
    assert again.status_code == 422


def test_an_observation_point_is_opened(client, village, readers):
    client.force_login(readers["town"])

    fields = {"name": "老王小店", "place": "村口", "hours": "", "valid_from": "2024-06-06"}
    assert post(client, "grid_point", village.first, **fields).status_code == 302
    assert ObservationPoint.objects.get().name == "老王小店"


def test_the_county_sets_up_the_access_list(client, village, readers):
    client.force_login(readers["county"])
    fields = {"title": "发现垃圾未清", "service": "rubbish.uncollected", "valid_from": "2024-06-06"}

    bare = post(client, "grid_access", unit=village.county, document="", **fields)
    assert bare.status_code == 422
    done = post(client, "grid_access", unit=village.county, document="清单", **fields)

    assert done.status_code == 302
    grid = unit_on(village.first, TODAY)
    assert may_be_given("rubbish.uncollected", grid, TODAY).may
    client.force_login(readers["worker"])
    assert "网格员可以拒绝" in text_of(get(client, "grid", village.first))


@pytest.mark.parametrize("page", ["grid_access", "duty_list", "roster"])
def test_a_clerk_reads_the_lists_and_does_not_keep_them(client, village, readers, page):
    client.force_login(readers["clerk"])

    assert '<form method="post"' not in get(client, page).content.decode().split("<main")[1]
    assert post(client, page, unit=village.upper).status_code == 403


def test_the_roster_says_at_once_whom_to_telephone(client, village, readers):
    client.force_login(readers["town"])

    page = text_of(get(client, "roster"))
    assert "没有登记值班表。请直接打电话：" in page
    assert "0577-1000000" in page


def test_the_roster_says_who_is_on_duty(client, village, readers):
    client.force_login(readers["town"])
    fields = {
        "post": village.town_post,
        "phone": "0577-110",
        "days": ["3", "4"],
        "begins": "08:00",
        "ends": "08:00",
        "valid_from": "2024-06-06",
    }

    assert post(client, "roster", unit=village.town, **fields).status_code == 302
    assert DutyShift.objects.get().weekdays == 0b0011000
    page = text_of(get(client, "roster"))
    assert "2024年6月7日 08:00" in page
    assert "周四、周五" in page
    assert "08:00到次日08:00" in page


def test_a_duty_list_shows_what_the_law_says_and_what_waits(client, village, readers):
    record_duty_items([DutyRow(village.town, "lamps", "镇政府〔2017〕1号", START)], **SYSTEM)
    client.force_login(readers["town"])

    page = text_of(get(client, "duty_list"))
    assert "镇政府〔2017〕1号" in page
    assert "《社会救助暂行办法》第四条" in page
    assert "待县里提供" in page
    fields = {"item": "rivers", "title": "", "document": "文件", "valid_from": "2024-06-06"}
    assert post(client, "duty_list", unit=village.town, **fields).status_code == 302
    assert DutyItem.objects.count() == 2


def test_kinds_of_request_are_changed_with_a_document_from_a_day_on(client, village, readers):
    client.force_login(readers["county"])
    page = text_of(get(client, "service", "lamp.out", unit=village.upper))
    assert "东镇" in page
    assert "须报县里批准" in page

    fields = {"offered": "1", "tier": "tier2", "direct": "yes", "handler": village.town}
    done = post(
        client, "service", "lamp.out", unit=village.county, **fields,
        document="县政府办〔2017〕9号", valid_from="2024-06-06",
    )  # fmt: skip

    assert done.status_code == 302
    kept = LocalService.objects.get()
    assert (kept.tier, kept.direct, kept.handler_id) == ("tier2", True, village.town)
    assert "县政府办〔2017〕9号" in text_of(get(client, "services", unit=village.upper))


def test_a_kind_of_request_that_is_not_offered(client, village, readers):
    client.force_login(readers["county"])

    fields = {"offered": "", "document": "文件", "valid_from": "2024-06-06"}
    assert post(client, "service", "heating.cold", unit=village.county, **fields).status_code == 302
    assert LocalService.objects.get().offered is False
    assert "本地不办理" in text_of(get(client, "services"))


@pytest.mark.parametrize("page", ["service", "grid_row_end"])
def test_what_does_not_exist_is_not_found(client, village, readers, page):
    client.force_login(readers["county"])
    args = ["nothing"] if page == "service" else ["shift", 99]

    assert get(client, page, *args).status_code == 404


def test_what_stands_in_a_list_is_ended(client, village, readers):
    (item,) = record_duty_items([DutyRow(village.town, "lamps", "文件", START)], **SYSTEM)
    (line,) = share_grids([LineRow(village.first, "civil_affairs", "方案", START)], **SYSTEM)
    (point,) = open_observation_points([PointRow(village.first, "小店", "村口", START)], **SYSTEM)
    (access,) = admit_to_grids([AccessRow(village.town, "巡查", "清单", START)], **SYSTEM)
    describe_grids([CardRow(village.first)], **SYSTEM)
    client.force_login(readers["clerk"])
    assert get(client, "grid_row_end", "line", line.pk).status_code == 403
    client.force_login(readers["town"])

    for what, number in [
        ("duty-item", item),
        ("line", line.pk),
        ("point", point.pk),
        ("access", access.pk),
    ]:
        assert get(client, "grid_row_end", what, number).status_code == 200
        done = post(client, "grid_row_end", what, number, day="2024-06-06")
        assert done.status_code == 302

    for model in (DutyItem, GridLine, ObservationPoint, GridAccessItem):
        assert model.objects.on(TODAY).count() == 0


def test_the_pages_ask_a_fixed_number_of_statements(
    client, village, readers, django_assert_max_num_queries
):
    client.force_login(readers["town"])

    for page in LISTS:
        with django_assert_max_num_queries(22):
            get(client, page, unit=village.town)

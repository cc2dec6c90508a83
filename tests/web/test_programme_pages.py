"""The programmes' pages: who sees what, what can be done there, and at what cost."""

import io
import json

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiceng.programmes import operations
from jiceng.programmes.models import Belt, BeltCompletion, PointStatus
from jiceng.registry.models import Position
from jiceng.registry.operations import Founding, found_units, record_boundaries
from tests.conftest import NOON
from tests.programmes.conftest import DAY, JUDGED, acts, officer, party, programme  # noqa: F401
from tests.web.test_registry_pages import holder

CODE = "wenzhou-belts-2017"


@pytest.fixture
def at_noon(monkeypatch):
    """The programme runs: today is the day of the cast."""
    monkeypatch.setattr("jiceng.core.clock.now", lambda: NOON)


@pytest.fixture
def readers(county):
    return {
        "city": holder("city", "city.officer", county.city),
        "county": holder("county", "county.officer", county.county),
        "town": holder("town", "town.officer", county.town),
        "beside": holder("beside", "town.officer", county.subdistrict),
        "member": holder("member", "member", county.city),
    }


@pytest.fixture
def judged(acts, county):  # noqa: F811
    """Two city belts of three villages, one village below the standard, judged on the day."""
    acts.hold("city_demo", county.upper)
    acts.hold("county_demo", county.lower)
    acts.belt("1", "city", county.upper, county.lower)
    acts.belt("2", "county", county.upper)
    acts.judge(DAY)
    acts.judge(JUDGED)
    return acts


def address(name, *args):
    return reverse(f"web:{name}", args=[CODE, *args])


PAGES = [
    ("programme", ()),
    ("programme_definition", ()),
    ("programme_export", ()),
    ("programme_target", ("town-coverage",)),
    ("programme_map", ()),
    ("programme_map_data", ()),
    ("programme_points", ()),
    ("programme_waiting", ()),
    ("programme_belts", ()),
    ("programme_areas", ()),
    ("programme_costs", ()),
]


@pytest.mark.usefixtures("judged", "at_noon")
@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize(("who", "status"), [("city", 200), ("town", 200), ("member", 404)])
def test_a_page_is_seen_by_whoever_may_look_at_programmes(client, readers, name, args, who, status):
    client.force_login(readers[who])
    response = client.get(address(name, *args))
    assert response.status_code == status
    assert b"undefined" not in response.content


@pytest.mark.usefixtures("judged", "at_noon")
def test_the_board_says_what_is_missing_and_leads_to_it(client, county, readers):
    client.force_login(readers["city"])
    page = client.get(address("programme"), {"day": JUDGED}).content.decode()

    assert "还差 12 条" in page  # no city belt is built
    assert "2 处，达到 1 处，不适用 1 处" in page  # the subdistrict has no village committee
    below = client.get(address("programme"), {"day": JUDGED, "unit": county.county})
    assert "2 / 3（66.6%）" in below.content.decode()


@pytest.mark.usefixtures("judged", "at_noon")
def test_a_drill_answers_with_the_part_it_replaces(client, county, readers):
    client.force_login(readers["city"])
    whole = client.get(address("programme"), {"unit": county.county}).content.decode()
    part = client.get(
        address("programme"), {"unit": county.county}, headers={"hx-request": "true"}
    ).content.decode()

    assert part.lstrip().startswith('<section id="board"')
    matrix = part[part.index('class="table board-matrix"') : part.index("</section>")]
    assert matrix in whole


@pytest.mark.usefixtures("judged", "at_noon")
def test_an_officer_of_a_town_sees_his_town_and_not_the_one_beside(client, county, readers):
    client.force_login(readers["town"])
    assert "东镇" in client.get(address("programme")).content.decode()
    assert client.get(address("programme"), {"unit": county.subdistrict}).status_code == 404
    rows = ("town-coverage", "unit")
    assert client.get(address("programme_rows", *rows, county.town)).status_code == 200
    assert client.get(address("programme_rows", *rows, county.subdistrict)).status_code == 404


@pytest.mark.usefixtures("judged", "at_noon")
def test_a_verdict_opens_to_the_villages_by_name(client, county, readers):
    client.force_login(readers["town"])
    page = client.get(
        address("programme_rows", "town-coverage", "unit", county.town), {"day": JUDGED}
    ).content.decode()
    assert page.index("中村委会") < page.index("上村委会")  # what is missing stands first
    assert "1号示范带、2号示范带" in page
    assert "未计入 1，计入 2" in page


@pytest.mark.usefixtures("judged", "at_noon")
def test_a_day_nobody_computed_says_so_and_is_computed_on_demand(client, readers):
    client.force_login(readers["city"])
    assert "尚未计算" in client.get(address("programme"), {"day": "2017-08-01"}).content.decode()
    key = "00000000-0000-4000-8000-000000000001"
    response = client.post(f"{address('programme_judge')}?day=2017-08-01", {"key": key})
    assert response.status_code == 302
    assert "尚未计算" not in client.get(response.url).content.decode()


@pytest.mark.usefixtures("judged")
def test_after_the_sunset_the_board_opens_on_its_day_and_offers_nothing_to_change(client, readers):
    client.force_login(readers["city"])
    page = client.get(address("programme")).content.decode()
    assert "2017年12月31日" in page
    assert "只供查阅" in page
    for name in ("programme_points", "programme_waiting", "programme_areas", "programme_costs"):
        page = client.get(address(name)).content.decode()
        assert 'method="post"' not in page[page.index("项目的各部分") : page.index("</main>")]
    today = client.get(address("programme_points"), {"day": "2026-11-20"}).content.decode()
    assert "没有已确认的示范点" in today


@pytest.mark.usefixtures("judged", "at_noon")
def test_the_export_holds_every_verdict_and_every_definition(client, readers):
    client.force_login(readers["city"])
    response = client.get(address("programme_export"), {"day": JUDGED})
    book = openpyxl.load_workbook(io.BytesIO(response.content))

    totals, rows, definitions = book.worksheets
    assert totals["A2"].value == "建成市级示范带"
    assert totals["G2"].value == 12
    assert definitions.max_row >= 10
    assert "东镇" in [cell.value for cell in rows["B"]]


@pytest.mark.usefixtures("judged", "at_noon")
def test_the_map_shows_outlines_belts_and_villages_by_status(client, county, readers):
    square = {"type": "Polygon", "coordinates": [[[120, 27], [121, 27], [121, 28], [120, 27]]]}
    record_boundaries(
        {county.county: square}, source="示例", day=county.start, by="system", at=NOON
    )
    Position.objects.create(
        unit_id=county.upper, longitude=120.5, latitude=27.5, made_up=True, source="示例",
        valid_from=county.start,
    )  # fmt: skip
    Belt.objects.filter(number="1").update(
        line={"type": "LineString", "coordinates": [[120, 27], [120.5, 27.5]]}
    )
    client.force_login(readers["city"])
    data = json.loads(client.get(address("programme_map_data")).content)

    (outline,) = data["outlines"]["features"]
    assert outline["properties"]["name"] == "乙县"
    assert "还差" in outline["properties"]["text"]
    (place,) = data["places"]["features"]
    assert place["properties"]["status"] == "city_demo"
    assert (place["properties"]["made_up"], place["properties"]["note"]) == (True, "位置为示意")
    (line,) = data["belts"]["features"]
    assert line["properties"]["address"].endswith("/belts/1/")


def sent(number):
    return {"key": f"00000000-0000-4000-8000-{number:012d}"}


@pytest.mark.usefixtures("at_noon")
def test_a_town_proposes_and_the_county_confirms(client, county, readers, programme):  # noqa: F811
    client.force_login(readers["town"])
    form = {"status": "county_demo", "day": "2017-06-01", "unit": [county.upper, county.lower]}
    assert client.post(address("programme_propose"), form | sent(1)).status_code == 302
    numbers = list(PointStatus.objects.values_list("pk", flat=True))
    confirm = {"number": numbers, "confirm": "1"}
    assert client.post(address("programme_waiting"), confirm | sent(2)).status_code == 403

    client.force_login(readers["county"])
    assert "上村委会" in client.get(address("programme_waiting")).content.decode()
    assert client.post(address("programme_waiting"), confirm | sent(3)).status_code == 302
    assert PointStatus.objects.waiting().count() == 0


@pytest.mark.usefixtures("at_noon", "programme")
def test_what_waits_is_turned_down_only_with_a_reason(client, county, readers, acts):  # noqa: F811
    numbers = acts.propose("county_demo", county.upper)
    client.force_login(readers["county"])
    form = {"number": numbers, "turn_down": "1", "reason": ""}
    assert client.post(address("programme_waiting"), form | sent(1)).status_code == 422
    form["reason"] = "材料不全"
    assert client.post(address("programme_waiting"), form | sent(2)).status_code == 302


@pytest.mark.usefixtures("at_noon", "programme")
def test_a_unit_beside_is_not_proposed(client, county, readers):
    client.force_login(readers["beside"])
    form = {"status": "county_demo", "day": "2017-06-01", "unit": [county.upper]}
    assert client.post(address("programme_propose"), form | sent(1)).status_code == 404


@pytest.mark.usefixtures("at_noon")
def test_a_belt_is_drawn_filled_along_its_line_and_confirmed(
    client,
    county,
    readers,
    acts,  # noqa: F811
):
    for number, unit in enumerate((county.upper, county.lower, county.middle)):
        Position.objects.create(
            unit_id=unit,
            longitude=120.9 - number * 0.3,
            latitude=28.0 if number < 2 else 28.5,
            source="示例",
            valid_from=county.start,
        )
    client.force_login(readers["county"])
    line = json.dumps({"type": "LineString", "coordinates": [[120, 28], [121, 28]]})
    form = {"number": "A-1", "name": "环镇示范带", "level": "county", "line": line}
    assert client.post(address("programme_belt_new"), form | sent(1)).status_code == 302

    page = client.get(address("programme_belt_members", "A-1"), {"metres": 2000}).content.decode()
    offered = page[page.index("<tbody>") : page.index("</tbody>")]
    assert offered.index("下村委会") < offered.index("上村委会")  # in order along the line
    assert "中村委会" not in offered

    members = {
        "day": "2017-06-01",
        "unit": [county.upper, county.lower],
        f"place-{county.upper}": 2,
        f"place-{county.lower}": 1,
    }
    saved = client.post(address("programme_belt_members", "A-1"), members | sent(2))
    assert saved.status_code == 302
    belt = Belt.objects.get()
    assert list(belt.members.order_by("order").values_list("unit", flat=True)) == [
        county.lower,
        county.upper,
    ]
    assert belt.length_m == pytest.approx(98_400, rel=0.01)

    built = {"day": "2017-06-01"}
    refused = client.post(address("programme_belt_built", "A-1"), built | sent(3))
    assert refused.status_code == 422
    assert "还差 1 个村" in refused.content.decode()
    acts.hold("city_demo", county.upper)
    acts.hold("county_demo", county.lower, county.middle)
    members["unit"].append(county.middle)
    client.post(address("programme_belt_members", "A-1"), members | sent(4))
    assert client.post(address("programme_belt_built", "A-1"), built | sent(5)).status_code == 302
    assert BeltCompletion.objects.count() == 1
    error = {"reason": "确认早了"} | sent(6)
    assert client.post(address("programme_belt_withdraw", "A-1"), error).status_code == 302
    assert "已撤回建成确认" in client.get(address("programme_belt", "A-1")).content.decode()


@pytest.mark.usefixtures("at_noon", "programme")
@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"type":"LineString","coordinates":[[120,28],[120.2,28.1]]}', 302),
        (b'{"type":"FeatureCollection","features":[]}', 422),
        (b"not a file of lines", 422),
        ("\ufeff{}".encode(), 422),
    ],
)
def test_a_line_comes_from_a_file(client, readers, content, status):
    client.force_login(readers["county"])
    upload = io.BytesIO(content)
    upload.name = "line.geojson"
    form = {"number": "B1", "name": "示范带", "level": "county", "line_file": upload}
    assert client.post(address("programme_belt_new"), form | sent(1)).status_code == status


@pytest.mark.usefixtures("at_noon", "judged")
def test_a_confirmed_status_is_corrected_with_a_reason(client, county, readers):
    row = PointStatus.objects.get(unit=county.lower)
    client.force_login(readers["county"])
    assert client.get(address("programme_correct", row.pk)).status_code == 200
    form = {"status": "none", "reason": "登记有误"}
    assert client.post(address("programme_correct", row.pk), form | sent(1)).status_code == 302
    assert PointStatus.objects.standing().get(unit=county.lower).status == ""


@pytest.mark.usefixtures("at_noon")
def test_a_page_costs_the_same_whatever_stands_below(client, county, readers, judged):
    client.force_login(readers["city"])
    client.get(address("programme"))

    def cost(name, *args):
        with CaptureQueriesContext(connection) as asked:
            client.get(address(name, *args), {"day": JUDGED})
        return len(asked)

    names = [("programme",), ("programme_target", "town-coverage"), ("programme_map",)]
    names += [("programme_points",), ("programme_belts",), ("programme_belt", "1")]
    before = [cost(*name) for name in names]
    towns = found_units(
        [Founding(f"{n}镇", "township", 4, parent=county.county) for n in range(8)],
        tree="division", day=county.start, by="system", at=NOON,
    )  # fmt: skip
    villages = found_units(
        [Founding(f"{n}村委会", "village", 5, parent=towns[n % 8]) for n in range(40)],
        tree="division", day=county.start, by="system", at=NOON,
    )  # fmt: skip
    judged.hold("county_demo", *villages)
    judged.fill(Belt.objects.get(number="1").pk, *villages, day=DAY)
    judged.judge(JUDGED)
    assert [cost(*name) for name in names] == before
    assert operations.refresh_verdicts(at=NOON) == 1


@pytest.mark.usefixtures("at_noon")
def test_a_belt_is_renamed_and_its_line_of_several_pieces_stays(client, county, readers, acts):  # noqa: F811
    acts.belt("1", "county", county.upper)
    pieces = {"type": "MultiLineString", "coordinates": [[[120, 28], [120.1, 28]]] * 2}
    Belt.objects.update(line=pieces)
    client.force_login(readers["county"])
    assert client.get(address("programme_belt_edit", "1")).status_code == 200
    form = {"name": "新名示范带", "line": "", "main_roads": "甲路、乙路"}
    assert client.post(address("programme_belt_edit", "1"), form | sent(1)).status_code == 302

    belt = Belt.objects.get()
    assert (belt.name, belt.line, belt.main_roads) == ("新名示范带", pieces, ["甲路", "乙路"])
    assert belt.level == "county"


@pytest.mark.usefixtures("at_noon")
def test_the_members_page_lists_the_villages_and_enterprises_of_a_town(
    client,
    county,
    readers,
    acts,  # noqa: F811
    party,  # noqa: F811
):
    acts.belt("1", "county", county.upper)
    client.force_login(readers["county"])
    page = client.get(address("programme_belt_members", "1"), {"in": county.town}).content.decode()
    assert "下村委会" in page
    assert "小作坊" in page
    stranger = client.get(address("programme_belt_members", "1"), {"in": 999_999})
    assert stranger.status_code == 404


PARTS = ("village-organisations", "poor-villages", "weak-villages")


@pytest.mark.usefixtures("at_noon")
def test_a_campaign_leads_to_the_list_the_targets_and_the_ledger_of_each_part(
    client,
    readers,
    programme,  # noqa: F811
    officer,  # noqa: F811
):
    """S0-4: four parts under one campaign; each is a programme with a file of its own."""
    client.force_login(readers["city"])
    before = client.get(address("programme_definition")).content.decode()
    for part in PARTS:
        file = programme.file.replace(f"\ncode: {CODE}", f"\ncode: wenzhou-{part}-2017")
        operations.load_programme(file, by=officer, at=NOON)
    after = client.get(address("programme_definition")).content.decode()

    assert before.count("还没有载入项目文件") == len(PARTS)
    assert "还没有载入项目文件" not in after
    for code in (CODE, *(f"wenzhou-{part}-2017" for part in PARTS)):
        for page in ("programme_points", "programme", "programme_costs"):
            assert f'href="{reverse(f"web:{page}", args=[code])}"' in after
            assert client.get(reverse(f"web:{page}", args=[code])).status_code == 200

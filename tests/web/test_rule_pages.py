"""The rules' pages: what holds where, who records and adopts, what is refused and said."""

import datetime
import io
import uuid

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jiceng.rules.models import LocalRule
from jiceng.rules.operations import record_local_rule
from jiceng.rules.queries import rule_for
from jiceng.rules.values import Period
from tests.rules.conftest import places  # noqa: F401
from tests.web.test_registry_pages import holder

AT = datetime.datetime(2024, 3, 1, 9, tzinfo=timezone.get_default_timezone())
TODAY = AT.date()
OWN = {"valid_from": "2024-03-01", "document": "乐组〔2024〕1号", "reason": ""}


@pytest.fixture(autouse=True)
def _in_march(monkeypatch):
    monkeypatch.setattr("jiceng.core.clock.now", lambda: AT)


@pytest.fixture
def readers(places):  # noqa: F811
    return {
        "county": holder("county", "county.officer", places["乐清市"]),
        "town": holder("town", "town.officer", places["乐清一镇"]),
        "clerk": holder("clerk", "village.clerk", places["乐清一村"]),
        "beside": holder("beside", "county.officer", places["章丘区"]),
        "grid": holder("grid", "grid.worker", places["乐清一村"]),
    }


@pytest.fixture
def own(places, readers):  # noqa: F811
    """The county keeps resolutions on the board for five days, from today on."""
    return record_local_rule(
        "notice.resolution", unit=places["乐清市"], value=Period(5, "day", "minimum"),
        valid_from=TODAY, document="乐组〔2024〕1号", reason="全市统一", by=readers["county"], at=AT,
    )  # fmt: skip


def get(client, name, *args, **query):
    return client.get(reverse(f"web:{name}", args=args), query)


def text_of(response):
    return " ".join(response.content.decode().split())


def post(client, name, *args, unit=None, **fields):
    address = reverse(f"web:{name}", args=args) + (f"?unit={unit}" if unit else "")
    return client.post(address, {"key": str(uuid.uuid4()), **fields})


@pytest.mark.parametrize(
    ("who", "status"),
    [("county", 200), ("town", 200), ("clerk", 200), ("beside", 404), ("grid", 403)],
)
@pytest.mark.parametrize("page", ["rules", "rules_export", "rule"])
def test_who_reads_the_rules_of_a_village(client, places, readers, who, status, page):  # noqa: F811
    client.force_login(readers[who])
    args = ["notice.plan"] if page == "rule" else []

    assert get(client, page, *args, unit=places["乐清一村"]).status_code == status


def test_the_list_opens_where_the_readers_rights_begin(client, readers):
    client.force_login(readers["town"])

    page = text_of(get(client, "rules"))
    assert "乐清一镇适用的规则" in page
    assert "组成人员的三分之二以上" in page
    assert "《村民委员会组织法》第二十六条" in page
    assert "法律法规" in page


def test_the_list_is_narrowed_by_topic_and_text(client, readers):
    client.force_login(readers["town"])

    page = text_of(get(client, "rules", topic="notice", q="宁海"))
    assert "方案公示" in page
    assert "社会救助申请公示" not in page
    assert "村民代表会议到会" not in page
    assert "没有符合的规则。" in text_of(get(client, "rules", q="没有这个"))


def test_a_day_before_the_law_has_no_rule_and_says_so(client, places, readers):  # noqa: F811
    client.force_login(readers["town"])
    asked = {"unit": places["乐清一村"], "day": "2017-05-01"}

    page = text_of(get(client, "rule", "complaint.answer", **asked))
    assert "没有适用的规则。用到它的事项不能继续办理" in page
    assert "没有适用的规则" in text_of(get(client, "rules", q="政府调查核实", **asked))


def test_what_goes_on_after_2026_is_marked(client, readers):
    client.force_login(readers["town"])

    assert (
        "待核对新文本" not in text_of(get(client, "rule", "village_reps.quorum")).split("各地")[0]
    )
    later = text_of(get(client, "rule", "village_reps.quorum", day="2026-01-01"))
    assert "待核对新文本" in later.split("各地")[0]


def test_the_workbook_holds_the_rows_of_the_page(client, readers, own):
    client.force_login(readers["county"])

    answer = get(client, "rules_export", topic="notice")
    (heads, *rows) = openpyxl.load_workbook(io.BytesIO(answer.content)).active.values
    assert heads[:4] == ("类目", "规则", "情形", "数值")
    (row,) = [row for row in rows if row[1] == "决议公示"]
    assert (row[3], row[4], row[7], row[10]) == (
        "不少于5日",
        "乐清市",
        "乐组〔2024〕1号",
        "不能继续",
    )


def test_an_officer_records_a_stricter_value(client, places, readers):  # noqa: F811
    client.force_login(readers["county"])
    page = text_of(get(client, "rule_record", "village_reps.quorum"))
    assert 'name="numerator" value="2"' in page  # filled with what holds now

    three_quarters = {"numerator": 3, "denominator": 4, "strict": ""}
    answer = post(client, "rule_record", "village_reps.quorum", **OWN, **three_quarters)

    assert answer.status_code == 302
    rule = rule_for("village_reps.quorum", unit=places["乐清一村"], day=TODAY)
    assert rule.sentence() == "组成人员的四分之三以上（乐组〔2024〕1号）"
    assert "乐组〔2024〕1号" in text_of(client.get(answer["Location"]))


def test_a_laxer_value_is_refused_with_both_sources_and_the_form_still_filled(client, readers):
    client.force_login(readers["county"])
    half = {"numerator": 1, "denominator": 2, "strict": "on"}

    answer = post(client, "rule_record", "village_reps.quorum", **OWN, **half)

    assert answer.status_code == 422
    page = text_of(answer)
    assert "组成人员过半数（乐组〔2024〕1号）不能登记" in page
    assert "《村民委员会组织法》第二十六条" in page
    assert 'name="denominator" value="2"' in page
    assert not LocalRule.objects.exists()


@pytest.mark.parametrize(
    ("key", "fields", "said"),
    [
        ("village_reps.quorum", {"numerator": 5, "denominator": 4}, "比例应当大于 0、不超过 1"),
        ("village_reps.quorum", {"numerator": 3}, "这个字段是必填项"),
        ("notice.board", {"number": 6, "document": " "}, "这个字段是必填项"),
        ("notice.board", {"number": 6, "valid_from": "2024-02-29"}, "最早可以填 2024-03-01"),
        ("notice.board", {"number": 6, "document": "长" * 201}, "200"),
        ("star.bands", {"floors": "60、70"}, "各档起点应当由高到低"),
        ("star.bands", {"floors": "九十"}, "各档起点应当是整数"),
        ("grid.households", {"low": 500, "high": 300}, "范围的下限应当小于上限"),
    ],
)
def test_says_what_is_wrong_with_a_value(client, readers, key, fields, said):
    client.force_login(readers["county"])

    answer = post(client, "rule_record", key, **{**OWN, **fields})

    assert answer.status_code == 422
    assert said in text_of(answer)


@pytest.mark.parametrize(
    ("key", "fields", "words"),
    [
        ("order.tiers", {"kind": "tier2", "sort": "0", "number": 12}, "12小时内"),
        ("order.tiers", {"kind": "tier3", "sort": "1", "number": 5}, "5日内"),
        ("village_reps.frequency", {"times": 1, "per": "month"}, "每月1次"),
        ("star.bands", {"floors": "95 85、75，65"}, "95 / 85 / 75 / 65分"),
        ("disclosure.amount", {"number": 20000}, "20,000元"),
        ("decision.merge_first_two", {"flag": ""}, "不可以"),
        ("coop_council.size", {"low": 3, "high": 5}, "3–5人"),
    ],
)
def test_every_sort_of_value_can_be_recorded(client, readers, key, fields, words):
    client.force_login(readers["county"])

    answer = post(client, "rule_record", key, **OWN, **fields)

    assert answer.status_code == 302
    assert words in text_of(client.get(answer["Location"]))


def test_a_practice_is_adopted_and_refuses_from_then_on(client, places, readers):  # noqa: F811
    client.force_login(readers["county"])
    assert "浙江省：不少于15日" in text_of(get(client, "rule_adopt", "notice.plan"))

    answer = post(client, "rule_adopt", "notice.plan", practice="1", **OWN)

    assert answer.status_code == 302
    assert "本地采用" in text_of(client.get(answer["Location"]))
    assert rule_for("notice.plan", unit=places["乐清一村"], day=TODAY).refuses
    again = post(client, "rule_adopt", "notice.plan", practice="0", **OWN)
    assert again.status_code == 422
    assert "请先终止它" in text_of(again)


def test_what_nobody_practises_cannot_be_adopted(client, readers):
    client.force_login(readers["county"])

    assert "没有可以采用的地方做法" in text_of(get(client, "rule_adopt", "village_reps.quorum"))
    answer = post(client, "rule_adopt", "village_reps.quorum", practice="0", **OWN)
    assert answer.status_code == 422


def test_a_local_rule_is_ended(client, readers, own):
    client.force_login(readers["county"])
    assert reverse("web:rule_end", args=[own.pk]) in text_of(get(client, "rule", own.key))

    wrong = post(client, "rule_end", own.pk, day="2024-03-01", document="乐组〔2024〕2号")
    right = post(client, "rule_end", own.pk, day="2024-06-01", document="乐组〔2024〕2号")

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "最早可以填 2024-03-02" in text_of(wrong)
    own.refresh_from_db()
    assert own.valid_to == datetime.date(2024, 6, 1)
    assert "乐组〔2024〕2号" in text_of(get(client, "rule", own.key))


@pytest.mark.parametrize(("who", "status"), [("town", 403), ("clerk", 403), ("beside", 404)])
def test_who_may_not_change_rules(client, places, readers, own, who, status):  # noqa: F811
    client.force_login(readers[who])
    at = places["乐清一镇"] if who == "town" else places["乐清一村"]

    for name in ("rule_record", "rule_adopt"):
        assert get(client, name, "notice.board", unit=at).status_code == status
        assert post(client, name, "notice.board", unit=at, number=9, **OWN).status_code == status
    if who == "beside":
        assert get(client, "rule_end", own.pk).status_code == 404
    assert LocalRule.objects.count() == 1


def test_a_town_sees_what_its_county_set_but_cannot_end_it(client, readers, own):
    client.force_login(readers["town"])

    page = text_of(get(client, "rule", own.key))
    assert "乐组〔2024〕1号" in page
    assert "全市统一" in page
    assert reverse("web:rule_end", args=[own.pk]) not in page
    assert reverse("web:rule_record", args=[own.key]) not in page


def test_another_county_does_not_see_it(client, readers, own):
    client.force_login(readers["beside"])

    page = text_of(get(client, "rule", own.key))
    assert "乐组〔2024〕1号" not in page
    assert "《山东省村务公开条例》第十三条" in page


@pytest.mark.parametrize("key", ["no.such", "notice.plan%2F.."])
def test_a_rule_nobody_knows_is_not_found(client, readers, key):
    client.force_login(readers["county"])

    assert get(client, "rule", key).status_code == 404
    assert get(client, "rule_end", 999).status_code == 404


@pytest.mark.parametrize(("unit", "day"), [("99999999999999999999", ""), ("x", ""), ("", "昨天")])
def test_odd_addresses_are_answered(client, readers, unit, day):
    client.force_login(readers["county"])

    assert get(client, "rules", unit=unit, day=day).status_code in {200, 422}


def test_the_pages_cost_the_same_however_many_local_rules_there_are(client, places, readers, own):  # noqa: F811
    client.force_login(readers["county"])
    before = cost(client, places)
    for unit, days in [("乐清一镇", 6), ("乐清一村", 7)]:
        record_local_rule(
            own.key, unit=places[unit], value=Period(days, "day", "minimum"), valid_from=TODAY,
            document="乐〔2024〕3号", by=readers["county"], at=AT,
        )  # fmt: skip

    assert cost(client, places) == before


def cost(client, places):  # noqa: F811
    for _again in range(2):
        with CaptureQueriesContext(connection) as asked:
            get(client, "rules", unit=places["乐清一村"])
            get(client, "rule", "notice.resolution", unit=places["乐清一村"])
    return len(asked)

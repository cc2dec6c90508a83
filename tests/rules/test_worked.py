"""The worked tables: what an official would look up, and what the software answers."""

import datetime
from pathlib import Path

import pytest
import yaml

from jiceng.rules.queries import find_rule, rule_for, rules_for
from jiceng.rules.refusals import NoRule
from jiceng.rules.words import value_in_words

DAY = datetime.date(2024, 3, 1)
WORKED = Path(__file__).parent / "worked"


def rows(name):
    table = yaml.safe_load((WORKED / name).read_text(encoding="utf-8"))
    return [
        pytest.param(row, id=f"{row['规则']} {row['地方']} {row['日期']}") for row in table["rows"]
    ]


@pytest.mark.parametrize("row", rows("shipped.yaml"))
def test_is_what_the_table_says(places, row):
    asked = {"unit": places[row["地方"]], "day": row["日期"], "kind": row.get("情形", "")}
    if row["应为"] == "没有":
        assert find_rule(row["规则"], **asked) is None
        with pytest.raises(NoRule, match="请先由有权限的人登记本地规则"):
            rule_for(row["规则"], **asked)
        return

    rule = rule_for(row["规则"], **asked)
    assert value_in_words(rule.value) == row["应为"]
    assert rule.source == row["来源"]
    assert rule.refuses is (row["不符合"] == "拒绝")
    if "待核对" in row:
        assert ("待核对" in rule.note or "请核对" in rule.note) is row["待核对"]


def test_several_are_found_in_as_many_statements_as_one(places, django_assert_num_queries):
    asked = {"unit": places["乐清一村"], "day": DAY}
    with django_assert_num_queries(3):
        rule_for("village_reps.quorum", **asked)
    with django_assert_num_queries(3):
        found = rules_for(["village_reps.quorum", "village_reps.pass", "notice.plan"], **asked)

    assert list(found) == ["village_reps.quorum", "village_reps.pass", "notice.plan"]


def test_says_all_that_is_missing_at_once(places):
    with pytest.raises(NoRule, match=r"上村.*方案公示、政府调查核实并答复村民反映"):
        rules_for(
            ["notice.plan", "village_reps.pass", "complaint.answer"],
            unit=places["上村"],
            day=DAY,
        )


def test_reads_as_a_sentence_with_its_source(places):
    rule = rule_for("village_reps.quorum", unit=places["上村"], day=DAY)

    assert rule.sentence() == "组成人员的三分之二以上（《村民委员会组织法》第二十六条）"

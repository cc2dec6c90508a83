"""A programme is a file: read whole, or refused with the line and the reason."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.programmes import definition as package
from jiceng.programmes.definition import FaultyFile, Threshold, definition_of
from jiceng.programmes.words import asked_by

DATA = Path(package.__file__).parents[1] / "data"
WENZHOU = (DATA / "wenzhou-belts-2017.yaml").read_text(encoding="utf-8")
FENGNAN = (DATA / "fengnan-2021.yaml").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def faults_of(text: str) -> list[str]:
    with pytest.raises(FaultyFile) as refused:
        definition_of(text)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_file_is_read(path):
    definition = definition_of(path.read_text(encoding="utf-8"))
    assert definition.code == path.stem
    assert all(target.source and target.definition for target in definition.targets)


def test_the_wenzhou_file_says_what_the_article_says():
    definition = definition_of(WENZHOU)

    asked = {target.code: asked_by(target) for target in definition.targets}
    assert asked == {
        "city-belts": "至少 12 条",
        "city-belt-demo-villages": "至少 4 个村",
        "city-belt-floor": "全部",
        "city-belt-stars": "全部",
        "town-coverage": "50%以上",
        "county-coverage": "60%以上",
        "cluster-coverage": "60%以上",
        "county-belt-city-villages": "至少 1 个村",
        "county-belt-county-villages": "至少 2 个村",
    }
    assert definition.judged_on == datetime.date(2017, 12, 31)
    assert [milestone.day.month for milestone in definition.milestones] == [5, 7, 12]
    assert [part.title for part in definition.campaign.parts] == [
        "基层党建示范带建设",
        "村社组织规范化建设",
        "促经济薄弱村转化",
        "促软弱落后村转化",
    ]
    assert {anchor.title for anchor in definition.anchors} >= {"国道", "省道", "美丽乡村"}
    assert [t.code for t in definition.conditions_of("county")] == [
        "county-belt-city-villages",
        "county-belt-county-villages",
    ]
    assert definition.rank("county_demo") < definition.rank("city_demo")


def test_the_eight_actions_are_named_and_counted():
    """S0-47: eight lines of action, of which the article names each."""
    actions = definition_of(WENZHOU).actions

    assert actions.title == "八大行动"
    assert len(actions.items) == 8
    assert actions.items[0] == "后进支部大整顿"
    short = WENZHOU.replace("    - 党员管理大强化\n", "")
    (fault,) = faults_of(short)
    assert fault == (
        f"第 {line_of(short, 'count: 8')} 行：“count”写的是 8，“items”列出 7 项，请核对。"
    )


def test_a_campaign_names_the_programme_itself_among_its_parts():
    without = WENZHOU.replace("    - {code: wenzhou-belts-2017, title: 基层党建示范带建设}\n", "")

    (fault,) = faults_of(without)
    assert "“parts”里要有本项目自己的代码" in fault


def test_the_ten_criteria_of_fengnan_stand_empty_until_the_county_provides_them():
    definition = definition_of(FENGNAN)
    assert definition.unfilled == list(range(1, 11))


def test_each_of_six_domains_has_its_type_in_fengnan():
    """S3-12: six types for six domains, exactly."""
    types = {domain.code: domain.title[:3] for domain in definition_of(FENGNAN).domains}

    assert types == {
        "village": "发展型",
        "community": "和谐型",
        "organ": "效能型",
        "institution": "活力型",
        "private_enterprise": "引领型",
        "social_organisation": "服务型",
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("sunset_on: 2018-07-01", "sunset_on: 2017-04-01", "必须晚于开始日"),
        ("judged_on: 2017-12-31", "judged_on: 2018-07-01", "早于终止日"),
        ("approval_ref: 文号待补", "aproval_ref: 文号待补", "是否指“approval_ref”"),
        ("at_least: 3/5", "at_least: 60%", "应当写成分数"),
        ("at_least: 3/5", "at_least: 6/5", "不超过 1"),
        ("at_least: 1/2", "at_least: 1/0", "应当写成分数"),
        ("at_least: 12", "at_least: 十二", "应当是整数"),
        ("    status: city_demo\n", "    status: village_demo\n", "“village_demo”没有定义"),
        ("kind: belts_built", "kind: belts_counted", "“belts_counted”没有定义"),
        ("belt_level: city\n", "belt_level: province\n", "“province”没有定义"),
        ("level: town", "level: hamlet", "“hamlet”没有定义"),
        ("starts_on: 2017-05-01", "starts_on: 2017-02-30", "不是一个日期"),
        ('unit_code: "330300000000"', "unit_code: 330300000000", "要加引号"),
        ("    measured_in: 条\n", "    measured_in: 条\n    weight: 3\n", "不认识的项“weight”"),
        ("{code: city, title: 市级示范带, confirmed_by: city}", "{code: city}", "缺少“title”"),
    ],
)
def test_a_faulty_line_is_named_with_the_reason(old, new, reason):
    text = WENZHOU.replace(old, new, 1)
    assert text != WENZHOU

    line = line_of(text, new.strip().splitlines()[-1])
    assert any(fault.startswith(f"第 {line} 行") and reason in fault for fault in faults_of(text))


def test_a_file_without_an_approval_reference_or_a_sunset_is_refused():
    """N13: no demonstration programme without authority."""
    for name in ("approval_ref", "sunset_on"):
        without = "\n".join(row for row in WENZHOU.splitlines() if not row.startswith(name))
        assert any(f"缺少“{name}”" in fault for fault in faults_of(without))


def test_all_faults_of_a_file_are_found_in_one_reading():
    text = WENZHOU.replace("at_least: 3/5", "at_least: 0.6").replace("title: 国道", "tite: 国道")
    assert len(faults_of(text)) >= 4  # two thresholds, an unknown key, a missing title


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "文件是空的"),
        ("- 1\n- 2\n", "“项: 值”"),
        ("code: [1, 2\n", "不是有效的 YAML"),
        ("code: a\x00b", "不能识别的字符"),
        ("code: a\ncode: b\n", "写了两次"),
    ],
)
def test_what_is_no_programme_at_all_is_refused_in_words(text, reason):
    assert any(reason in fault for fault in faults_of(text))


@pytest.mark.parametrize(
    ("threshold", "value", "whole", "met", "missing"),
    [
        (Threshold(1, 2, share=True), 3, 6, True, 0),  # 50%以上 includes 50 %
        (Threshold(1, 2, inclusive=False, share=True), 3, 6, False, 1),  # 超过 50% does not
        (Threshold(3, 5, share=True), 3242, 5404, False, 1),  # S0-39: at least 3,243
        (Threshold(3, 5, share=True), 3243, 5404, True, 0),
        (Threshold(7, 20, share=True), 155, 445, False, 1),  # S3-42: 34.8 %
        (Threshold(7, 20, share=True), 156, 445, True, 0),
        (Threshold(4), 3, 1, False, 1),
        (Threshold(4, inclusive=False), 4, 1, False, 1),
    ],
)
def test_a_threshold_counts_in_whole_numbers(threshold, value, whole, met, missing):
    assert threshold.is_met(value, whole) is met
    assert threshold.missing(value, whole) == missing


@given(
    numerator=st.integers(1, 50),
    denominator=st.integers(1, 50),
    inclusive=st.booleans(),
    value=st.integers(0, 500),
    whole=st.integers(1, 500),
)
def test_the_gap_is_the_smallest_number_with_which_it_is_met(
    numerator, denominator, inclusive, value, whole
):
    threshold = Threshold(numerator, denominator, inclusive)
    gap = threshold.missing(value, whole)
    assert threshold.is_met(value + gap, whole)
    assert gap == 0 or not threshold.is_met(value + gap - 1, whole)

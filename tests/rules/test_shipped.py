"""The shipped files: sound, complete, and every fault of a file said in words."""

import datetime

import pytest
import yaml

from jiceng.rules import checking, shipped
from jiceng.rules.reading import read

# domain knowledge lists these; `village_assembly.quorum` is one of persons and one of households.
NAMED = """
    village_assembly.notice village_assembly.quorum_adults village_assembly.quorum_households
    village_assembly.pass village_reps.quorum village_reps.pass village_reps.notice
    village_reps.frequency coop_assembly.notice coop_assembly.quorum coop_assembly.pass
    party_meeting.quorum party_meeting.pass party_meeting.local_quorum party_meeting.material_lead
    party_election.quorum branch_committee.quorum notice.plan notice.resolution notice.relief
    notice.star disclosure.general disclosure.finance disclosure.objection disclosure.answer
    inquiry.answer order.tiers order.default_limit order.dispatch petition.route petition.close
    petition.extend rect.accept_score rect.max_dissatisfied rect.followup star.bands
    star.mass_weight star.mass_floor grade.bands grade.mass_floor grid.households
    branch.min_members branch.committee_from branch.max term.village term.other training.hours
    log.retention pia.retention
    coop_reps.pass coop_council.quorum coop_council.pass branch_committee.pass two_committees.pass
    notice.board decision.duration decision.merge_first_two assembly.convene_by_villagers
"""
LAW = {"title": "《某条例》", "grade": "L", "from": datetime.date(2020, 1, 1)}


def faults_of(*rules, **matter):
    """Return the faults of one matter, whatever is not said being right."""
    whole = {"key": "notice.plan", "title": "方案公示", "topic": "notice", "rules": list(rules)}
    reading = read({"some": LAW}, [{"matters": [whole | matter]}])
    return reading.faults + checking.faults(reading.matters, shipped.vocabulary())


def rule(**changed):
    sound = {
        "value": {"count": 15, "unit": "day", "nature": "minimum"},
        "binds": "at_least",
        "law": "some",
        "article": "第一条",
    }
    return {name: value for name, value in (sound | changed).items() if value is not None}


def test_has_no_fault():
    assert shipped.faults() == []


def test_holds_every_matter_that_is_named():
    assert sorted(set(NAMED.split()) - shipped.matters().keys()) == []


def test_says_from_where_every_value_comes_and_how_it_binds():
    bare = [
        rule.key
        for matter in shipped.matters().values()
        for rule in matter.rules
        if not (rule.source and rule.grade and rule.binds and matter.title)
    ]

    assert bare == []


def test_carries_the_village_law_over_2026_and_says_so():
    before, after = shipped.rules_of("village_reps.quorum")

    assert before.valid_to == after.valid_from == datetime.date(2026, 1, 1)
    assert before.value == after.value
    assert "待核对新文本" in after.note
    assert "待核对新文本" not in before.note


def test_finds_nothing_wrong_with_a_sound_rule():
    assert faults_of(rule()) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (rule(grade="X"), "依据等级“X”没有定义"),
        (rule(binds="maybe"), "约束方式“maybe”没有定义"),
        (rule(law=None, grade="P", **{"from": datetime.date(2020, 1, 1)}), "缺少来源"),
        (rule(law="other"), "引用的法规“other”没有列出"),
        (rule(article=None), "没有写明“some”的哪一条"),
        (rule(value={"at_least": "1/2", "of": "dogs"}), "以“dogs”为基数，没有定义"),
        (rule(value={"number": 3, "unit": "stone"}), "计量单位“stone”没有定义"),
        (rule(value={"flag": True}), "分不出高低"),
        (rule(value={"days": 3}), "数值要写明一项"),
        (rule(place="330"), "地方“330”应当是区划代码的前 2、4、6、9 或 12 位"),
        (rule(place="99"), "地方“99”没有写明名称"),
        (rule(kind="odd"), "情形“odd”没有定义"),
        (rule(until=2), "不认识的项“until”"),
        (rule(to=datetime.date(2019, 1, 1)), "失效日不在生效日之后"),
        (rule(**{"from": "unknown"}), "应当写明生效日"),
        (rule(**{"from": "去年"}), "缺少生效日"),
    ],
)
def test_names_what_is_wrong_with_a_rule(wrong, said):
    assert any(said in fault for fault in faults_of(wrong)), faults_of(wrong)


def test_names_two_rules_that_are_equally_near():
    (fault,) = faults_of(rule(place="33"), rule(place="33", **{"from": datetime.date(2021, 1, 1)}))

    assert fault.startswith("规则“notice.plan”有两条同样近：地方“33”，2021-01-01起")


def test_takes_one_rule_after_another():
    day = datetime.date(2021, 1, 1)

    assert faults_of(rule(to=day), rule(**{"from": day})) == []


def test_names_a_nearer_law_that_breaks_a_farther_one():
    (fault,) = faults_of(
        rule(), rule(place="33", value={"count": 10, "unit": "day", "nature": "minimum"})
    )

    assert "地方“33”的数值（《某条例》第一条）突破了全国的规定" in fault


def test_names_values_of_different_sorts():
    (fault,) = faults_of(
        rule(binds="default"), rule(place="33", value={"number": 3, "unit": "person"})
    )

    assert "不是同一种" in fault


def test_names_a_matter_that_lacks_its_title_or_is_listed_twice():
    assert "规则“notice.plan”缺少“title”。" in faults_of(rule(), title="")
    matter = {"key": "a.b", "title": "甲", "topic": "notice", "rules": [rule()]}
    reading = read({"some": LAW}, [{"matters": [matter]}, {"matters": [matter]}])
    assert "规则“a.b”列了两次。" in checking.faults(reading.matters, shipped.vocabulary())


def test_reads_every_file_of_the_folder():
    texts = [path.read_text(encoding="utf-8") for path in shipped._DATA.glob("*.yaml")]
    keys = [m["key"] for text in texts for m in yaml.safe_load(text).get("matters", [])]

    assert sorted(keys) == sorted(shipped.matters())

"""Every fault of a procedure is named in words."""

import pytest
import yaml

from jiceng.procedures.catalogue import SHIPPED, faults_of
from jiceng.procedures.reading import Unreadable, procedure_of
from tests.procedures.conftest import TEXT


def changed(*path, to):
    """Return the test procedure with one value changed."""
    read = yaml.safe_load(TEXT)
    place = read
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return yaml.safe_dump(read, allow_unicode=True)


PROPOSE, CONVENE, MEET, VOTE, CHECK = range(5)


@pytest.mark.parametrize(
    ("path", "to", "fault"),
    [
        (("source",), " ", "程序没有写明依据。"),
        (("grade",), "Z", "依据等级“Z”不是"),
        (("starts",), [], "程序没有写明由谁发起。"),
        (("starts",), ["mayor"], "程序由不认识的角色“mayor”发起。"),
        (("ends", "lost"), "遗失", "没有事项能到达结局“lost”。"),
        (("steps", PROPOSE, "code"), "convene", "步骤代码“convene”用了 2 次。"),
        (("steps", PROPOSE, "by"), [], "步骤“propose”没有写明由谁办理。"),
        (("steps", PROPOSE, "kind"), "dance", "种类“dance”没有登记"),
        (("steps", PROPOSE, "options"), {}, "没有写明要登记的项目"),
        (("steps", PROPOSE, "next"), {}, "没有写明结果“done”之后怎么办"),
        (("steps", PROPOSE, "next"), {"done": "convene", "lost": "vote"}, "不会有结果“lost”"),
        (("steps", PROPOSE, "next"), {"done": "nowhere"}, "指向不存在的步骤“nowhere”"),
        (("steps", VOTE, "next"), {"passed": "end.won", "failed": "convene"}, "没有写明的结局“won”"),
        (("steps", VOTE, "next"), {"passed": "convene", "failed": "convene"}, "没有事项能到达步骤“check”"),
        (("steps", CHECK, "within", "rule"), "no.rule", "用到没有登记的规则“no.rule”"),
        (("steps", CHECK, "within", "of"), "nowhere", "提到不存在的步骤“nowhere”"),
        (("steps", CHECK, "apart_from"), ["nowhere"], "提到不存在的步骤“nowhere”"),
        (("steps", CHECK, "options", "items"), [], "没有写明要审查的各项"),
        (("steps", CONVENE, "options", "rolls"), ["nobody"], "名单“nobody”没有登记"),
        (("steps", CONVENE, "options", "body"), "", "没有写明是什么会议"),
        (("steps", MEET, "options", "quorum"), [], "没有写明法定人数"),
        (("steps", MEET, "options", "convened_by"), "propose", "不是召集会议的步骤"),
        (("steps", VOTE, "options", "meeting"), "propose", "不是会议"),
        (("steps", VOTE, "options", "methods"), ["telepathy"], "表决方式应取自"),
        (("steps", VOTE, "options", "pass"), "", "没有写明通过的规则"),
    ],
)  # fmt: skip
def test_names_the_fault(path, to, fault):
    found = faults_of(procedure_of(changed(*path, to=to)))

    assert any(fault in one for one in found), found


def test_finds_that_no_end_is_reached():
    read = yaml.safe_load(TEXT)
    for step in read["steps"]:
        step["next"] = {outcome: "propose" if step["code"] == "confirm" else target
                        for outcome, target in step["next"].items()}  # fmt: skip
    found = faults_of(procedure_of(yaml.safe_dump(read, allow_unicode=True)))

    assert "从步骤“propose”到不了任何结局。" in found


def test_a_sound_one_has_none():
    assert faults_of(procedure_of(TEXT)) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[", "不是有效的 YAML"),
        ("- a", "应是“名称: 值”的形式"),
        (changed("title", to=None), "缺少：title"),
        (changed("colour", to="red"), "认不得的项目：colour"),
        (changed("version", to="two"), "version 应是从 1 起的整数"),
        (changed("steps", to={}), "steps 应是列表"),
        (changed("steps", PROPOSE, "kind", to=None), "步骤“propose”缺少：kind"),
    ],
)
def test_what_cannot_be_read_says_why(text, sentence):
    with pytest.raises(Unreadable, match=sentence):
        procedure_of(text)


def test_every_procedure_that_is_shipped_is_sound():
    assert {one.name: faults_of(one.procedure) for one in SHIPPED} == {
        one.name: [] for one in SHIPPED
    }

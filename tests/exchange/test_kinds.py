"""Every kind of file: what comes out goes in again and gives the same; what is faulty is named."""

import pytest

from jiceng.exchange import folders
from jiceng.exchange.declarations import kinds
from jiceng.exchange.operations import decide
from jiceng.exchange.refusals import NoSuchChoice
from jiceng.exchange.staging import Staging
from jiceng.registry.models import Person, Post
from jiceng.registry.operations import PersonRow, PostRow, appoint, record_people
from jiceng.standards.operations import declare_standard
from tests.exchange.conftest import DAY, DONE, State, branch, exported, faults_of

UPPER, LOWER, TOWN = "990102001001", "990102001002", "990102001000"
POST = {"unit": UPPER, "role": "党组织书记", "since": "2017-05-01"}

ROWS = {
    "organisations": [branch("B1", "甲总支"), branch("B2", "乙支部", parent="B1")],
    "people": [
        {"number": "RY1", "name": "张三", "birth_month": "1975-03", "unit": "W1",
         "standing": "正式党员", "since": "2017-01-01"},
        {"name": "李四", "birth_month": "1980年1月", "unit": "W1", "standing": "预备党员"},
    ],
    "posts": [
        {**POST, "name": "张三", "birth_month": "1975-03", "title": "村书记", "until": "2017-09-01"},
        {**POST, "name": "王五", "since": "2017-09-01"},
        {**POST, "name": "赵六", "unit": LOWER, "role": "网格员"},
    ],
    "bodies": [
        {"unit": UPPER, "kind": "村民委员会", "term": "第十届", "since": "2017-05-01",
         "until": "2020-05-01", "name": name, "birth_month": born, "role": role}
        for name, born, role in [("张三", "1975-03", "主任"), ("李四", "1980-01", "委员")]
    ],
    "facts": [
        {"unit": UPPER, "since": "2017-01-01", "population": "1500", "adults": "1,180"},
        {"unit": LOWER, "households": "300"},
    ],
    "two_new": [
        {"number": "91A", "name": "甲鞋业", "kind": "非公企业", "division": UPPER, "staff": "12",
         "since": "2017-02-01", "party": "W1", "joint": "联合组建", "linked": "2017-03-01"},
        {"number": "52B", "name": "=乙商会", "kind": "社会组织", "division": TOWN},
    ],
    "positions": [
        {"unit": UPPER, "longitude": "120.6553", "latitude": "28.0149", "source": "实测"},
        {"unit": "W1", "longitude": "120.5", "latitude": "28", "source": "示例", "made_up": "是"},
    ],
    "premises": [
        {"unit": UPPER, "kind": "党群服务中心", "name": "上村党群服务中心", "area": "450"},
    ],
    "duty_items": [
        {"unit": TOWN, "item": "路灯维护", "title": "镇区路灯", "document": "（示例）清单"},
        {"unit": "W1", "item": "民间纠纷调解", "document": "（示例）清单", "since": "2017-02-01"},
    ],
    "ratings": [{"unit": "W1", "standard": "star", "level": "二星", "document": "示例1号"}],
}  # fmt: skip


@pytest.fixture
def star(db):
    levels = {"1": "一星", "2": "二星"}
    return declare_standard(code="star", title="星级", levels=levels, source="示例", **DONE)


def test_every_declared_kind_is_tried_here():
    one_way = {"orders"}  # what was told is never exported; see tests/orders/test_importing.py

    assert {kind.code for kind in kinds()} - one_way == set(ROWS)


@pytest.mark.parametrize("kind", ROWS)
def test_what_comes_out_goes_in_again_and_gives_the_same(kind, send, apply, undo, committee, star):
    before = exported(kind)
    one = send(kind, ROWS[kind])
    assert (one.state, faults_of(one)) == (State.PREVIEWED, [])
    apply(one)
    assert (one.state, one.sentence) == (State.APPLIED, "")
    taken_out = exported(kind)
    assert taken_out != before

    known = send(kind, taken_out.encode())
    assert faults_of(known) == []
    assert known.counts["unchanged"] == known.counts["rows"]

    undo(one)
    assert (one.state, one.left_count) == (State.UNDONE, 0)
    assert exported(kind) == before
    again = send(kind, taken_out.encode())
    assert faults_of(again) == []
    apply(again)
    assert (again.state, again.sentence) == (State.APPLIED, "")
    assert exported(kind) == taken_out


FAULTY = {
    "a post for one with two holders": (
        "posts",
        [{**POST, "name": "张三"}, {**POST, "name": "李四"}],
        "起止日与第 3 行重叠",
    ),
    "a post outside the unit's life": (
        "posts",
        [{**POST, "name": "张三", "since": "2016-01-01"}],
        "不属于任何",
    ),
    "an end before its beginning": (
        "posts",
        [{**POST, "name": "张三", "until": "2017-01-01"}],
        "不晚于起始日",
    ),
    "a deputy of nobody": ("posts", [{**POST, "name": "张三", "deputy": "是"}], "无从代理"),
    "a village of a code that is short": ("facts", [{"unit": UPPER[:11], "adults": "1"}], "11 位"),
    "a row without numbers": ("facts", [{"unit": UPPER}], "没有填任何数字"),
    "a number with a unit": ("facts", [{"unit": UPPER, "adults": "三百人"}], "不是整数"),
    "coordinates the wrong way round": (
        "positions",
        [{"unit": UPPER, "longitude": "28", "latitude": "120.6", "source": "实测"}],
        "是否填反",
    ),
    "two terms that overlap": (
        "bodies",
        [
            ROWS["bodies"][0],
            {**ROWS["bodies"][1], "term": "第十一届"},
        ],
        "",
    ),
    "an enterprise twice": ("two_new", [ROWS["two_new"][1]] * 2, "与第 3 行重复"),
    "a level that is none": (
        "ratings",
        [{"unit": "W1", "standard": "star", "level": "九星"}],
        "不是这个标准的等级",
    ),
    "two memberships on one day": (
        "people",
        [{**ROWS["people"][0]}, {**ROWS["people"][0], "since": "2017-03-01"}],
        "起止日与第 3 行重叠",
    ),
    "premises twice": ("premises", [ROWS["premises"][0]] * 2, "起止日与第 3 行重叠"),
}


@pytest.mark.parametrize("case", FAULTY, ids=str)
def test_names_the_mend_of(case, send, committee, star):
    kind, rows, words = FAULTY[case]
    one = send(kind, rows)

    assert one.counts["faulty"] >= 1
    assert any(words in sentence for _row, _column, sentence in faults_of(one))


def doubts_of(one):
    with Staging(folders.staging_of(one)) as staging:
        return staging.doubtful(10)


@pytest.fixture
def zhang(county):
    """In the register: 张三, clerk of the upper village, birth month unknown."""
    (person,) = record_people([PersonRow("张三")], **DONE)
    appoint([PostRow(person, county.upper, "village_clerk", DAY)], **DONE)
    return person


@pytest.mark.parametrize(("decision", "people"), [("match", 1), ("new", 2)])
def test_a_person_decides_who_a_doubtful_row_means(send, apply, zhang, decision, people):
    one = send("posts", [{**POST, "name": "张三", "birth_month": "1975-03"}])
    assert (one.counts["good"], one.counts["doubtful"]) == (0, 1)
    (row,) = doubts_of(one)
    assert [choice for choice, _words in row.doubts] == [str(zhang), "new"]
    with pytest.raises(NoSuchChoice):
        decide(one, {row.number: "999"}, **DONE)

    decide(one, {row.number: str(zhang) if decision == "match" else "new"}, **DONE)
    one.refresh_from_db()
    apply(one)

    assert Person.objects.filter(name="张三").count() == people
    secretary = Post.objects.get(role="party_secretary")
    assert (secretary.person_id == zhang) is (decision == "match")


def test_one_person_in_two_rows_is_recorded_once(send, apply, county):
    rows = [{**POST, "name": "张三"}, {**POST, "name": "张三", "role": "网格员"}]
    apply(send("posts", rows))

    assert Person.objects.get().posts.count() == 2


def test_a_number_that_belongs_to_another_name_is_a_fault(send, county):
    record_people([PersonRow("张三", "RY1")], **DONE)
    one = send("posts", [{**POST, "number": "RY1", "name": "李四"}])

    assert any("是另一个姓名" in sentence for _row, _column, sentence in faults_of(one))

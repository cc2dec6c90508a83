"""What a file of organisations may not change, with the row and the mend."""

import datetime

import pytest

from jiceng.exchange.operations import checking
from jiceng.registry.operations import (
    Founding,
    found_units,
    move_units,
    recode_units,
    rename_units,
)
from jiceng.registry.queries import unit_by_code
from tests.conftest import START
from tests.exchange.conftest import (
    DAY,
    DONE,
    State,
    above,
    branch,
    effects_of,
    faults_of,
    number_of,
)
from tests.exchange.register import as_it_is
from tests.exchange.test_waiting import grant
from tests.proofs.soundness import assert_sound
from tests.web.test_registry_pages import holder

JULY = datetime.date(2017, 7, 1)
LATER = datetime.date(2018, 1, 1)


FAULTY = {
    "an end before its beginning": (
        [branch("B", "乙支部", ends="2016-12-31")],
        (2, "终止日期", "终止日期 2016-12-31 不晚于起始日 2017-01-01。请核对"),
    ),
    "an end before the day of the change": (
        [branch("B", "丙支部", since="2017-09-01", ends="2017-08-01")],
        (2, "终止日期", "不晚于起始日 2017-09-01"),
    ),
    "a new one that ends before it begins": (
        [branch("N", founded="2017-05-01", ends="2017-05-01")],
        (2, "终止日期", "不晚于起始日 2017-05-01"),
    ),
    "a unit that ends before its children": (
        [branch("A", "甲总支", kind="党总支", ends="2017-09-01")],
        (2, "终止日期", "到2017-09-01，其下仍有“一支部”、“二支部”。请在同一份表里"),
    ),
    "a unit that ends before a child of the file": (
        [
            branch("A1", "一支部", parent="A", ends="2017-10-01"),
            branch("A2", "二支部"),
            branch("A", "甲总支", kind="党总支", ends="2017-09-01"),
        ],
        (4, "终止日期", "其下仍有第 2 行“一支部”"),
    ),
    "a unit that ends before one founded below it": (
        [branch("N", "新支部", parent="B"), branch("B", "乙支部", ends="2017-09-01")],
        (3, "终止日期", "其下仍有第 2 行“新支部”"),
    ),
    "a child whose row is faulty": (
        [
            branch("A", "甲总支", kind="党总支", ends="2017-09-01"),
            branch("A1", "一支部", parent="A", ends="2017-09-01", seat="1"),
            branch("A2", "二支部", parent="B"),
        ],
        (2, "", "要和第 3 行一起办理，那一行有误"),
    ),
    "a move under itself": (
        [branch("A", "甲总支", kind="党总支", parent="A2")],
        (2, "上级组织代码", "不能移到它自己的下级之下：A（第 2 行）→A2→A"),
    ),
    "a circle through the file": (
        [branch("A", "甲总支", kind="党总支", parent="B"), branch("B", "乙支部", parent="A1")],
        (2, "上级组织代码", "不能移到它自己的下级之下：A（第 2 行）→B→A1→A"),
    ),
    "a circle in the file": (
        [branch("A", "甲总支", kind="党总支", parent="B"), branch("B", "乙支部", parent="A")],
        (2, "上级组织代码", "绕成一圈：A（第 2 行）→B（第 3 行）→A"),
    ),
    "another domain": (
        [branch("B", "乙支部", domain="社区")],
        (2, "领域", "领域是“农村”，领域不随导入更改"),
    ),
    "another founding day": (
        [branch("B", "乙支部", founded="2017-02-01")],
        (2, "设立日期", "设立于2017-01-01"),
    ),
    "a day before it was founded": (
        [branch("B", "乙支部", founded="", since="2016-05-01")],
        (2, "组织代码", "自2017-01-01起属于名录中的单位，与本行的日期重叠"),
    ),
    "two days for one founding": (
        [branch("N", founded="2017-01-01", since="2017-02-01")],
        (2, "自何日起", "是新组织，“自何日起”就是它的设立日期"),
    ),
    "a change and an end that lies before the day of the file": (
        [branch("B", "丙支部", ends="2017-05-01")],
        (2, "自何日起", "请填“自何日起”"),
    ),
    "a parent that is not there yet": (
        [branch("B", "乙支部", parent="N", since="2017-02-01"), branch("N", founded="2017-03-01")],
        (2, "自何日起", "上级组织设立于2017-03-01，本组织不能更早"),
    ),
}


@pytest.mark.parametrize("case", FAULTY, ids=str)
def test_names_row_column_and_mend_of(case, standing, send):
    rows, (row, column, words) = FAULTY[case]
    before = as_it_is()
    one = send("organisations", rows)

    found = [sentence for n, c, sentence in faults_of(one) if (n, c) == (row, column)]
    assert [words in sentence for sentence in found] == [True]
    assert as_it_is() == before


def test_names_the_day_of_a_later_row_that_a_change_would_overlap(standing, send):
    rename_units({number_of("B"): ("丁支部", "branch")}, day=LATER, **DONE)

    renamed = send("organisations", [branch("B", "丙支部")])
    ended = send("organisations", [branch("B", "乙支部", ends="2017-09-01")])

    ((_row, column, sentence),) = faults_of(renamed)
    assert column == "自何日起"
    assert "与名录中自2018-01-01起的“组织名称”重叠" in sentence
    ((_row, column, sentence),) = faults_of(ended)
    assert column == "终止日期"
    assert "自2018-01-01起另有登记" in sentence


def test_what_is_to_end_takes_nothing_that_lasts_longer(standing, send, apply):
    apply(send("organisations", [branch("B", "乙支部", ends="2017-09-01")]))

    faults = faults_of(
        send(
            "organisations",
            [
                branch("A1", "一支部", parent="B"),
                branch("N", parent="B"),
                branch("B", "乙支部", ends="2017-10-01"),
            ],
        )
    )
    assert [(n, c) for n, c, _s in faults] == [
        (2, "上级组织代码"),
        (3, "上级组织代码"),
        (4, "终止日期"),
    ]
    assert all("已定于2017-09-01终止" in sentence for _n, _c, sentence in faults)

    short = branch("A1", "一支部", parent="B", ends="2017-08-01")
    assert apply(send("organisations", [short])).state == State.APPLIED
    assert_sound()


def test_a_row_that_is_faulty_does_not_stop_what_stands_below_it(standing, send, apply):
    rows = [
        branch("A", "甲总支", kind="党总支", seat="1"),
        branch("A1", "一一支部", parent="A"),
        branch("N", parent="A"),
    ]
    one = send("organisations", rows)
    assert {n for n, _c, _s in faults_of(one)} == {2}

    apply(one, skip_faulty=True)
    assert unit_by_code("A1", DAY).name == "一一支部"
    assert above("N", DAY) == ["东镇党委", "甲总支"]


def test_a_move_must_not_meet_a_later_one(standing, send):
    """In January what is to be its parent comes to stand below it."""
    move_units({number_of("B"): number_of("A2")}, day=LATER, **DONE)

    ((_row, column, sentence),) = faults_of(send("organisations", [branch("A2", "二支部", "B")]))

    assert column == "上级组织代码"
    assert "A2（第 2 行）→B→A2" in sentence


def test_only_what_goes_in_a_circle_is_faulty_for_it(standing, send, apply):
    rows = [
        branch("A", "甲总支", kind="党总支", parent="B"),
        branch("B", "乙支部", parent="A"),
        branch("A1", "一一支部", parent="A"),
        branch("C", "丙支部", parent="A1"),
        branch("N", parent="M"),
        branch("M", parent="M"),
    ]
    one = send("organisations", rows)

    assert [(n, "绕成一圈" in s) for n, _c, s in faults_of(one)] == [
        (2, True),
        (3, True),
        (6, False),
        (7, True),
    ]
    apply(one, skip_faulty=True)
    assert above("C", DAY) == ["东镇党委", "甲总支", "一一支部"]


def test_refuses_more_changes_than_one_transaction_takes(standing, send, monkeypatch):
    monkeypatch.setattr(checking, "TOGETHER", 1)
    one = send("organisations", [branch("A1", "甲"), branch("B", "乙")])

    assert one.state == State.REFUSED
    assert "要改动名录中已有的 2 行，一次最多 1 行" in one.sentence


def test_changes_only_what_lies_in_the_senders_scope(standing, send, apply, county):
    """What lies elsewhere is a code that is taken: no more is told of it."""
    (other,) = found_units(
        [Founding("西委", "party_committee", 1, "X", seat=county.subdistrict, domain="organ")],
        tree="organisation",
        day=START,
        **DONE,
    )
    officer = holder("officer", "town.officer", county.subdistrict)
    grant(officer, "town.officer", other)
    own = branch("X", "西党委", kind="党委", domain="机关", parent="", seat="990102002000")

    one = send("organisations", [own, branch("B", "丙支部")], by=officer)

    (row, column, sentence), *_others = faults_of(one)
    assert (row, column) == (3, "组织代码")
    assert "代码 B 已属于名录中的另一单位" in sentence
    assert "更名" in effects_of(one)[2][0]


def test_what_stands_above_the_senders_scope_may_stay_where_it_is(standing, send, county):
    officer = holder("officer", "town.officer", number_of("A"))
    own = branch("A", "甲一总支", kind="党总支")

    one = send("organisations", [own, {**own, "code": "B", "kind": "党支部"}], by=officer)

    assert {n for n, _c, _s in faults_of(one)} == {3}
    assert "更名" in effects_of(one)[2][0]


def test_recoded_parents_are_known_by_their_codes_of_the_day(standing, send):
    recode_units({number_of("A"): "AA"}, day=JULY, **DONE)
    one = send("organisations", [branch("A1", "一支部", parent="AA")], day=JULY)
    assert (faults_of(one), one.counts["unchanged"]) == ([], 1)

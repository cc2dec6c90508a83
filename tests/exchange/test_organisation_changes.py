"""Organisations renamed, moved and ended by file: told before, done together."""

import datetime

import pytest

from jiceng.core.periods import FOREVER
from jiceng.exchange.operations import applying, begin_applying, carry_on
from jiceng.registry import search
from jiceng.registry.models import Post, Unit
from jiceng.registry.operations import (
    Founding,
    MembershipRow,
    PersonRow,
    PostRow,
    appoint,
    enrol_members,
    found_units,
    move_units,
    record_people,
)
from jiceng.registry.queries import unit_by_code, units_on
from tests.conftest import NOON, START
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
from tests.proofs.soundness import assert_sound

JULY = datetime.date(2017, 7, 1)
LATER = datetime.date(2018, 1, 1)
LOWER = "990102001002"


CHANGES = {
    "a new name": (
        branch("B", "丙支部", since="2017-07-01"),
        "自2017-07-01起更名：“乙支部”→“丙支部”",
    ),
    "another kind": (branch("B", "乙支部", kind="党总支"), "起改类别：“党支部”→“党总支”"),
    "another parent": (branch("A1", "一支部", parent="B"), "起移动：“甲总支”→“乙支部”"),
    "the top": (branch("B", "乙支部", parent=""), "起移动：“东镇党委”→“最高一级”"),
    "another seat": (
        branch("B", "乙支部", seat=LOWER),
        "起改所在区划：“上村委会”→“下村委会”",
    ),
    "an end": (branch("B", "乙支部", ends="2017-09-01"), "自2017-09-01起终止"),
}


@pytest.mark.parametrize("case", CHANGES, ids=str)
def test_tells_what_a_row_will_do_does_it_and_undoes_it(case, standing, send, apply, undo):
    row, words = CHANGES[case]
    before = as_it_is()
    one = send("organisations", [row, branch("A2", "二支部", parent="A"), branch("N", "新支部")])

    assert faults_of(one) == []
    assert (one.counts["good"], one.counts["unchanged"]) == (2, 1)
    assert [words in sentence for sentence in effects_of(one)[2]] == [True]
    assert as_it_is() == before

    apply(one)
    assert (one.state, one.sentence) == (State.APPLIED, "")
    assert as_it_is() != before
    assert_sound()

    undo(one)
    assert (one.state, one.left_count, one.left) == (State.UNDONE, 0, [])
    assert as_it_is() == before
    assert_sound()


def test_holds_from_the_day_of_the_row_else_of_the_file(standing, send, apply):
    rows = [branch("A", "甲一总支", kind="党总支", since="2017-07-01"), branch("B", "乙一支部")]
    apply(send("organisations", rows))

    june = DAY + datetime.timedelta(days=29)
    assert (unit_by_code("A", june).name, unit_by_code("A", JULY).name) == ("甲总支", "甲一总支")
    before = DAY - datetime.timedelta(days=1)
    assert (unit_by_code("B", before).name, unit_by_code("B", DAY).name) == ("乙支部", "乙一支部")
    assert [hit.name for hit in search.find("甲一总支", day=JULY)] == ["甲一总支"]


def test_moves_below_what_the_same_file_founds_with_all_that_stands_above(standing, send, apply):
    rows = [branch("A", "甲总支", kind="党总支", parent="N"), branch("N", "新党委", kind="党委")]
    apply(send("organisations", rows))

    assert above("A1", DAY) == ["东镇党委", "新党委", "甲总支"]
    assert above("A1", datetime.date(2017, 5, 31)) == ["东镇党委", "甲总支"]
    assert_sound()


def test_two_may_change_places_in_one_file(standing, send, apply):
    """What stands above goes below, if what stood below goes up on the same day."""
    rows = [branch("A", "甲总支", kind="党总支", parent="A1"), branch("A1", "一支部")]
    one = send("organisations", rows)
    assert faults_of(one) == []
    apply(one)

    assert above("A2", DAY) == ["东镇党委", "一支部", "甲总支"]
    assert_sound()


def test_what_moves_lies_on_the_day_of_each_row(standing, send, apply):
    """The one below goes up in July: what stands above it may follow in January, not before."""
    up = branch("A1", "一支部", since="2017-07-01")
    early = branch("A", "甲总支", kind="党总支", parent="A1", since="2017-06-01")
    faults = faults_of(send("organisations", [up, early]))
    assert [(n, c) for n, c, _s in faults] == [(3, "上级组织代码")]
    assert "不能移到它自己的下级之下：A（第 3 行）→A1→A" in faults[0][2]

    late = {**early, "since": "2018-01-01"}
    apply(send("organisations", [up, late]))
    assert above("A2", LATER) == ["东镇党委", "一支部", "甲总支"]
    assert_sound()


def test_ends_children_first_whatever_the_order_of_rows(standing, send, apply, undo):
    before = as_it_is()
    rows = [
        branch("A", "甲总支", kind="党总支", ends="2017-09-01"),
        branch("A1", "一支部", parent="A", ends="2017-09-01"),
        branch("A2", "二支部", parent="B"),
    ]
    one = send("organisations", rows)
    assert faults_of(one) == []
    apply(one)

    september = datetime.date(2017, 9, 1)
    left = units_on(september).filter(tree="organisation").values_list("name", flat=True)
    assert set(left) == {"东镇党委", "二支部", "乙支部"}
    assert Unit.objects.filter(ending="abolition", valid_to=september).count() == 2
    assert_sound()

    undo(one)
    assert as_it_is() == before


def test_founds_and_ends_what_has_gone_already(standing, send, apply, undo):
    before = as_it_is()
    rows = [
        branch("O", "旧总支", kind="党总支", since="", ends="2017-05-01"),
        branch("O1", "旧支部", parent="O", ends="2017-04-01"),
    ]
    one = apply(send("organisations", rows))

    april = datetime.date(2017, 4, 15)
    assert units_on(april).filter(code__in=["O", "O1"]).count() == 1
    assert not units_on(DAY).filter(code__in=["O", "O1"]).exists()
    again = send("organisations", rows)
    assert (faults_of(again), again.counts["unchanged"]) == ([], 2)
    undo(one)
    assert as_it_is() == before


def test_posts_end_with_their_organisation_and_begin_again(standing, send, apply, undo):
    holder, member = record_people([PersonRow("张三"), PersonRow("李四")], **DONE)
    appoint([PostRow(holder, number_of("B"), "party_secretary", DAY)], **DONE)
    enrol_members([MembershipRow(member, number_of("B"), "full_member", DAY)], **DONE)
    one = send("organisations", [branch("B", "乙支部", ends="2017-09-01")])
    assert "1 项任职随之终止" in effects_of(one)[2][0]
    assert "1 名党员的组织关系要另行转出" in effects_of(one)[2][0]

    apply(one)
    assert Post.objects.get().valid_to == datetime.date(2017, 9, 1)
    undo(one)
    assert Post.objects.get().valid_to == FOREVER


def test_nothing_is_seen_before_everything_is(standing, send, monkeypatch):
    monkeypatch.setattr(applying, "chunk_size", lambda kind: 2)
    rows = [branch(f"N{n}") for n in range(5)] + [branch("B", "丙支部"), branch("A1", "一支部")]
    one = send("organisations", rows)
    before = visible()
    one = begin_applying(one, skip_faulty=False, **DONE)
    seen = []
    real = applying._apply_chunk

    def looks(*arguments):
        seen.append(visible())
        return real(*arguments)

    monkeypatch.setattr(applying, "_apply_chunk", looks)
    carry_on(one.pk, at=NOON)

    assert len(seen) == 4
    assert all(state == before for state in seen)
    assert visible() != before


def visible():
    rows = units_on(DAY).filter(tree="organisation")
    return sorted(rows.values_list("code", "name", "path"))


def test_a_fault_on_the_way_leaves_the_register_as_it_was(standing, send, apply):
    rows = [branch("N"), branch("A1", "一支部", parent="B"), branch("B", "丙支部")]
    one = send("organisations", rows)
    move_units({number_of("B"): number_of("A2")}, day=DAY, **DONE)
    before = as_it_is()

    apply(one)

    assert one.state == State.FAILED
    assert "原第 4 行要改动的记录与检查时不同" in one.sentence
    assert as_it_is() == before


def test_what_now_stands_already_is_not_renamed_unseen(standing, send, apply):
    one = send("organisations", [branch("N"), branch("B", "丙支部")])
    parent, seat = number_of("W1"), number_of("990102001001")
    row = Founding("别的支部", "branch", 2, "N", parent=parent, seat=seat, domain="village")
    found_units([row], tree="organisation", day=START, **DONE)
    before = as_it_is()

    apply(one)

    assert one.state == State.FAILED
    assert "原第 2 行" in one.sentence
    assert as_it_is() == before


def test_a_circle_that_came_about_since_names_its_row(standing, send, apply):
    one = send("organisations", [branch("N"), branch("A", "甲总支", kind="党总支", parent="B")])
    move_units({number_of("B"): number_of("A2")}, day=DAY, **DONE)
    before = as_it_is()

    apply(one)

    assert one.state == State.FAILED
    assert "原第 3 行" in one.sentence
    assert "不能移到它自己的下级之下" in one.sentence
    assert as_it_is() == before

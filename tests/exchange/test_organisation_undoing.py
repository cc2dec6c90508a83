"""Undoing what a file changed of organisations: whole, or not at all."""

import datetime

import pytest

from jiceng.exchange.operations import begin_undoing
from jiceng.exchange.refusals import ReliedUpon
from jiceng.registry import search
from jiceng.registry.models import Unit, UnitName
from jiceng.registry.operations import (
    Founding,
    Inheritance,
    end_units,
    found_units,
    move_units,
    rename_units,
    succeed,
)
from jiceng.registry.queries import unit_by_code, units_on
from tests.exchange.conftest import (
    DAY,
    DONE,
    State,
    above,
    branch,
    number_of,
)
from tests.exchange.register import as_it_is
from tests.proofs.soundness import assert_sound

JULY = datetime.date(2017, 7, 1)
LATER = datetime.date(2018, 1, 1)
LOWER = "990102001002"


@pytest.fixture
def changed(standing, send, apply):
    rows = [
        branch("A1", "一一支部", parent="B"),
        branch("A2", "二二支部", parent="A"),
        branch("N", "新支部"),
    ]
    return apply(send("organisations", rows))


def test_undoing_leaves_what_was_changed_since_and_lists_it(changed, undo):
    rename_units({number_of("A1"): ("又改支部", "branch")}, day=LATER, **DONE)

    undo(changed)

    assert changed.left_count == 1
    assert "又改支部" in changed.left[0]
    assert "导入之后有过变更" in changed.left[0]
    assert unit_by_code("A1", DAY).name == "一一支部"
    assert above("A1", DAY) == ["东镇党委", "乙支部"]
    assert unit_by_code("A2", DAY).name == "二支部"
    assert not units_on(DAY).filter(code="N").exists()
    assert_sound()


def test_undoing_an_end_keeps_it_whole_when_part_of_it_was_changed(standing, send, apply, undo):
    one = apply(send("organisations", [branch("B", "乙支部", ends="2017-09-01")]))
    rename_units({number_of("B"): ("丙支部", "branch")}, day=JULY, **DONE)

    undo(one)

    assert one.left_count == 1
    assert Unit.objects.get(pk=number_of("B")).valid_to == datetime.date(2017, 9, 1)
    assert_sound()


def goes_on(number):
    succeed([Inheritance(number, number_of("A"))], day=datetime.date(2017, 9, 1), **DONE)


def gives_the_code_away(_number):
    row = Founding("别的支部", "branch", 1, "B", seat=number_of(LOWER))
    found_units([row], tree="organisation", day=LATER, **DONE)


SINCE = {
    "it goes on in another": (goes_on, "已登记承继单位"),
    "its code was given away": (gives_the_code_away, "代码 B 已给了另一单位"),
    "its parent has ended": (
        lambda _number: end_units([number_of("W1")], ending="abolition", day=LATER, **DONE),
        "原来的上级",
    ),
}


@pytest.mark.parametrize("case", SINCE, ids=str)
def test_refuses_to_undo_an_end_when(case, committee, send, apply):
    act, words = SINCE[case]
    apply(send("organisations", [branch("A", kind="党总支", parent=""), branch("B")]))
    one = apply(send("organisations", [branch("B", ends="2017-09-01")]))
    act(Unit.objects.get(codes__code="B").pk)
    before = as_it_is()

    with pytest.raises(ReliedUpon) as refusal:
        begin_undoing(one, reason="发错了", **DONE)

    assert any(words in sentence for sentence in refusal.value.details)
    assert as_it_is() == before
    one.refresh_from_db()
    assert one.state == State.APPLIED


def test_refuses_to_undo_a_move_when_the_old_parent_now_stands_above(standing, send, apply):
    one = apply(send("organisations", [branch("A1", "一支部")]))
    move_units({number_of("A"): number_of("A1")}, day=LATER, **DONE)

    with pytest.raises(ReliedUpon, match="绕成一圈"):
        begin_undoing(one, reason="发错了", **DONE)


def test_a_corrected_name_is_found_again_by_its_old_one(standing, send, apply, undo):
    """On its very first day a name is changed in place."""
    one = apply(send("organisations", [branch("B", "丙支部", since="2017-01-01")]))
    assert UnitName.objects.filter(unit=number_of("B")).count() == 1
    assert search.find("乙支部", day=DAY) == []

    undo(one)
    assert [hit.name for hit in search.find("乙支部", day=DAY)] == ["乙支部"]
    assert search.find("丙支部", day=DAY) == []

"""Undoing an import: untouched rows go, changed ones stay and are listed, relied-upon ones refuse."""

import datetime

import pytest

from jiceng.audit.models import Entry
from jiceng.exchange.operations import applying, begin_undoing, carry_on, removing, undoing
from jiceng.exchange.refusals import NoReason, NotTheTime, ReliedUpon
from jiceng.registry import search
from jiceng.registry.models import Batch, Placement, Position, Unit, UnitPath, VillageFact
from jiceng.registry.operations import (
    FactRow,
    Founding,
    PersonRow,
    PositionRow,
    PostRow,
    appoint,
    found_units,
    place_units,
    record_facts,
    record_people,
    rename_units,
)
from jiceng.registry.queries import unit_by_code, units_on
from tests.conftest import NOON
from tests.exchange.conftest import DAY, DONE, State, branch

JULY = datetime.date(2017, 7, 1)


@pytest.fixture
def imported(send, apply, committee, monkeypatch):
    monkeypatch.setattr(applying, "chunk_size", lambda kind: 2)
    rows = [branch("B1", "甲总支"), *[branch(f"B{n}", f"支部{n}", parent="B1") for n in (2, 3, 4)]]
    return apply(send("organisations", rows))


def organisations():
    return set(units_on(DAY).filter(tree="organisation").values_list("name", flat=True))


def test_untouched_rows_are_removed_with_all_their_parts(imported, undo):
    assert search.find("甲总支", day=DAY)
    paths, placements = UnitPath.objects.count(), Placement.objects.count()

    undo(imported)

    assert (imported.state, imported.left_count) == (State.UNDONE, 0)
    assert organisations() == {"东镇党委"}
    assert UnitPath.objects.count() == paths - 4
    assert Placement.objects.count() == placements - 4
    assert search.find("甲总支", day=DAY) == []
    entry = Entry.objects.get(action="exchange.import.undone")
    assert (entry.count, "发错了文件" in entry.change) == (4, True)


def test_changed_rows_stay_with_what_they_need_and_are_listed(imported, undo):
    third = unit_by_code("B3", DAY)
    rename_units({third.pk: ("改名支部", "branch")}, day=JULY, **DONE)

    undo(imported)

    assert organisations() == {"东镇党委", "支部3", "甲总支"}
    assert imported.left_count == 2
    assert any("改名支部" in s and "有过变更" in s for s in imported.left)
    assert any("甲总支" in s and "用到它" in s for s in imported.left)
    assert Batch.objects.filter(finished_at=None).count() == 0  # what stays is seen


def test_a_row_renamed_on_its_own_day_counts_as_changed(imported, undo):
    fourth = unit_by_code("B4", DAY)
    rename_units({fourth.pk: ("改名支部", "branch")}, day=fourth.valid_from, **DONE)

    undo(imported)

    assert "改名支部" in organisations()
    assert "支部2" not in organisations()


@pytest.mark.parametrize("by_what", ["a post", "a unit below"])
def test_refuses_when_something_else_relies_on_a_row(imported, by_what):
    second = unit_by_code("B2", DAY)
    if by_what == "a post":
        people = record_people([PersonRow("张三")], **DONE)
        appoint([PostRow(people[0], second.pk, "party_secretary", DAY)], **DONE)
    else:
        below = [Founding("小组", "party_group", 4, "G1", parent=second.pk)]
        found_units(below, tree="organisation", day=DAY, **DONE)

    with pytest.raises(ReliedUpon) as refusal:
        begin_undoing(imported, reason="发错了", **DONE)

    assert any("支部2" in sentence for sentence in refusal.value.details)
    imported.refresh_from_db()
    assert imported.state == State.APPLIED
    assert "支部2" in organisations()


def test_a_killed_undoing_goes_on(imported, monkeypatch):
    begin_undoing(imported, reason="发错了", **DONE)
    real, calls = removing.undo_chunk, []

    def dies(one):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(one)

    monkeypatch.setattr(undoing, "undo_chunk", dies)
    with pytest.raises(KeyboardInterrupt):
        carry_on(imported.pk, at=NOON)
    assert organisations() == {"东镇党委"}  # what is being undone is hidden
    assert Unit.objects.filter(batch=imported.batch_id).count() == 3

    monkeypatch.setattr(undoing, "undo_chunk", real)
    carry_on(imported.pk, at=NOON)
    imported.refresh_from_db()
    assert imported.state == State.UNDONE
    assert not Unit.objects.filter(batch=imported.batch_id).exists()


def test_asks_for_a_reason_and_is_done_once(imported, undo):
    with pytest.raises(NoReason):
        begin_undoing(imported, reason=" ", **DONE)
    undo(imported)
    with pytest.raises(NotTheTime):
        begin_undoing(imported, reason="再来一次", **DONE)


def test_a_corrected_fact_stands_again(send, apply, undo, county):
    (old,) = record_facts([FactRow(county.upper, "adults", 900, DAY)], **DONE)
    row = {"unit": "990102001001", "since": "2017-06-01", "adults": "901", "reason": "漏计"}
    one = apply(send("facts", [row]))
    assert VillageFact.objects.get(superseded_at=None).value == 901

    undo(one)

    standing = VillageFact.objects.get(superseded_at=None)
    assert (standing.pk, standing.value, one.left_count) == (old, 900, 0)


def test_a_position_that_was_followed_by_another_is_not_given_back(send, apply, undo, county):
    place_units([PositionRow(county.upper, 120.0, 28.0, "旧", county.start)], **DONE)
    row = {"unit": "990102001001", "longitude": "121", "latitude": "28", "source": "新"}
    one = apply(send("positions", [row]))
    place_units([PositionRow(county.upper, 122.0, 28.0, "更新", JULY)], **DONE)

    undo(one)

    assert one.left_count == 2
    assert Position.objects.on(county.start).get().source == "旧"
    assert Position.objects.on(DAY).get().source == "新"

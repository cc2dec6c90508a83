"""What a file corrects of rows that stand is seen with all the rest of it, not before."""

import pytest

from jiceng.exchange.operations import applying, begin_applying, carry_on, tasks
from jiceng.registry.models import Position, VillageFact
from jiceng.registry.operations import FactRow, PositionRow, place_units, record_facts
from jiceng.registry.queries import shown
from jiceng.standards.operations import RatingRow, declare_standard, record_ratings
from jiceng.standards.queries import levels_in_force
from tests.conftest import NOON
from tests.exchange.conftest import DAY, DONE, State, effects_of, faults_of

UPPER, LOWER, MIDDLE = (f"99010200100{n}" for n in (1, 2, 3))
POINT = {"longitude": "121", "latitude": "28", "source": "新"}


@pytest.fixture
def standing(county, committee):
    """A fact, a position and a rating, all of the day of the files to come."""
    record_facts([FactRow(county.upper, "adults", 900, DAY)], **DONE)
    place_units([PositionRow(county.upper, 120.0, 28.0, "旧", DAY)], **DONE)
    levels = {"1": "一星", "2": "二星"}
    star = declare_standard(code="star", title="星级", levels=levels, source="示例", **DONE)
    row = RatingRow(committee, star.pk, 1, DAY)
    record_ratings([row], origin="imported", **DONE)


def facts():
    rows = shown(VillageFact.objects.filter(superseded_at=None))
    return sorted(rows.values_list("unit", "value"))


def positions():
    return sorted(shown(Position.objects.on(DAY)).values_list("unit", "source"))


def ratings():
    return sorted(levels_in_force(DAY).values_list("organisation", "level"))


FILES = {
    "facts": (
        [
            {"unit": UPPER, "adults": "901", "reason": "漏计"},
            {"unit": LOWER, "adults": "700"},
            {"unit": MIDDLE, "adults": "600"},
        ],
        facts,
        "更正十八周岁以上村民：900→901",
    ),
    "positions": (
        [{**POINT, "unit": UPPER}, {**POINT, "unit": LOWER}, {**POINT, "unit": MIDDLE}],
        positions,
        "代替自2017-06-01起的位置",
    ),
    "ratings": (
        [{"unit": "W1", "standard": "star", "level": "二星", "reason": "复核"}],
        ratings,
        "更正等级：“一星”→“二星”",
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_what_stands_is_seen_until_the_file_is_through(kind, standing, send, monkeypatch, undo):
    rows, shown_now, words = FILES[kind]
    monkeypatch.setattr(applying, "chunk_size", lambda kind: 1)
    one = send(kind, rows)
    assert faults_of(one) == []
    assert effects_of(one)[2] == [words]
    before = shown_now()
    monkeypatch.setattr(tasks, "take_up", lambda number: None)
    one = begin_applying(one, skip_faulty=False, **DONE)
    seen = []
    real = applying._apply_chunk

    def looks(*arguments):
        seen.append(shown_now())
        return real(*arguments)

    monkeypatch.setattr(applying, "_apply_chunk", looks)
    carry_on(one.pk, at=NOON)
    one.refresh_from_db()

    assert one.state == State.APPLIED
    assert len(seen) == len(rows)
    assert all(now == before for now in seen)
    assert len(shown_now()) == len(rows)
    assert shown_now() != before

    undo(one)
    carry_on(one.pk, at=NOON)
    assert shown_now() == before

"""Whatever a row of files founds, renames, moves and ends: what was promised is done, what was done
is undone, and paths follow the placements.
"""

import datetime
from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiceng.exchange.operations import (
    applying,
    begin_applying,
    begin_undoing,
    carry_on,
    receive,
    tasks,
)
from jiceng.exchange.refusals import ReliedUpon
from jiceng.registry.operations import Founding, found_units
from tests.conftest import NOON, START
from tests.exchange.conftest import DONE, State, as_csv, branch, faults_of, with_titles
from tests.exchange.register import as_it_is
from tests.proofs.soundness import assert_sound
from tests.proving import note, size

STANDING = {"A": "", "B": "A", "C": "A", "D": "B", "E": ""}  # code → parent's, from the first day
CODES = [*STANDING, "F", "G"]
SEATS = ["990102001001", "990102001002", "990102002000"]
EXAMPLES = size(small=12, full=400)

days = st.sampled_from([0, 0, 100, 200, 300, 400, 500, 900]).map(
    lambda n: (START + datetime.timedelta(days=n)).isoformat()
)
rows = st.builds(
    branch,
    st.sampled_from(CODES),
    st.sampled_from(["甲支部", "甲支部", "乙支部"]),
    kind=st.sampled_from(["党支部", "党支部", "党总支"]),
    parent=st.sampled_from(["", *CODES]),
    seat=st.sampled_from(SEATS),
    since=st.one_of(st.just(""), days),
    founded=st.just(""),
    ends=st.one_of(st.just(""), st.just(""), days),
)
files = st.tuples(st.lists(rows, min_size=1, max_size=6, unique_by=lambda row: row["code"]), days)
histories = st.lists(st.one_of(files, files, files, st.just("undo")), min_size=3, max_size=8)


@pytest.fixture
def organisations(county):
    """A small tree, founded on the first day."""
    numbers = {}
    for code, parent in STANDING.items():
        row = Founding("甲支部", "branch", 1, code, numbers.get(parent), domain="village")
        row = replace(row, seat=county.upper)
        (numbers[code],) = found_units([row], tree="organisation", day=START, **DONE)


@pytest.fixture
def quietly(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(tasks, "take_up", lambda number: None)  # the job comes below
    monkeypatch.setattr(applying, "chunk_size", lambda kind: 2)


def sent(content, day):
    """Send a file and apply what is good of it; return the import, or None when nothing is."""
    day = datetime.date.fromisoformat(day)
    csv = as_csv(with_titles("organisations", content))
    one = receive([csv], kind="organisations", name="file", day=day, **DONE)
    carry_on(one.pk, at=NOON)
    one.refresh_from_db()
    assert one.state == State.PREVIEWED
    assert one.counts["faulty"] == len({number for number, _c, _s in faults_of(one)})
    if not one.counts["good"]:
        return None
    before = as_it_is()
    begin_applying(one, skip_faulty=True, **DONE)
    carry_on(one.pk, at=NOON)
    one.refresh_from_db()
    assert (one.state, one.sentence) == (State.APPLIED, "")
    assert as_it_is() != before
    return one


def undone(one):
    begin_undoing(one, reason="试", **DONE)
    carry_on(one.pk, at=NOON)
    one.refresh_from_db()
    assert (one.state, one.left) == (State.UNDONE, [])


@pytest.mark.prove
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(histories)
def test_files_do_what_they_promised_and_are_undone_to_the_letter(organisations, quietly, history):
    with transaction.atomic():
        done = []
        for act in history:
            before = as_it_is()
            if act == "undo":
                if done:
                    one, was = done.pop()
                    undone(one)
                    assert as_it_is() == was
            elif (one := sent(*act)) is not None:
                done.append((one, before))
            assert_sound()
        while done:
            one, was = done.pop()
            undone(one)
            assert as_it_is() == was
        transaction.set_rollback(True)
    note("files of organisations, applied and undone", EXAMPLES, "histories", at_size="8 files")


@pytest.mark.prove
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(files, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_undone_in_any_order_the_register_stays_sound(organisations, quietly, history, chance):
    with transaction.atomic():
        done = [one for act in history if (one := sent(*act)) is not None]
        chance.shuffle(done)
        for one in done:
            before = as_it_is()
            with suppress(ReliedUpon), transaction.atomic():
                begin_undoing(one, reason="试", **DONE)
                before = None
            if before is not None:  # refused: nothing is half undone
                assert as_it_is() == before
            carry_on(one.pk, at=NOON)
            assert_sound()
        transaction.set_rollback(True)

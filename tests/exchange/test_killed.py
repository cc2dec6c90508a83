"""A real process, really killed: the register is as it was, and the import goes on from there."""

import os
import signal
import tracemalloc

import pytest
from django.db import connections

from jiceng.exchange.operations import applying, begin_applying, carry_on, checking, tasks
from jiceng.registry.models import Unit
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import units_on
from tests.conftest import NOON, START
from tests.exchange.conftest import DAY, DONE, State, branch
from tests.proofs.soundness import assert_sound
from tests.proving import note, size

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committee(county):
    row = Founding("东镇党委", "party_committee", 1, "W1", domain="organ", seat=county.town)
    return found_units([row], tree="organisation", day=START, **DONE)[0]


def killed_at_chunk(number, work):
    """Do `work` in a process of its own that is killed when it begins its n-th chunk; return
    whether it was.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        calls = []
        real = applying._apply_chunk

        def deadly(*arguments):
            calls.append(1)
            if len(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments)

        applying._apply_chunk = deadly
        work()
        os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.prove
def test_leaves_the_register_as_it_was_and_goes_on(send, committee, monkeypatch):
    monkeypatch.setattr(applying, "chunk_size", lambda kind: 5)
    monkeypatch.setattr(tasks, "take_up", lambda number: None)  # the job comes below
    rows = size(small=23, full=5_000)
    one = send("organisations", [branch(f"B{n}") for n in range(rows)])
    carry_on(one.pk, at=NOON)
    one = begin_applying(one, skip_faulty=False, **DONE)

    assert killed_at_chunk(3, lambda: carry_on(one.pk, at=NOON))

    one.refresh_from_db()
    assert (one.state, one.done) == (State.APPLYING, 10)
    assert units_on(DAY).filter(tree="organisation").count() == 1
    carry_on(one.pk, at=NOON)
    one.refresh_from_db()
    assert (one.state, one.done) == (State.APPLIED, rows)
    assert units_on(DAY).filter(tree="organisation").count() == rows + 1
    assert Unit.objects.filter(batch=one.batch_id).count() == rows
    note("exchange.killed", "resumed", at_size=f"{rows} rows")


def visible():
    return sorted(units_on(DAY).filter(tree="organisation").values_list("code", "name", "path"))


@pytest.mark.prove
@pytest.mark.parametrize("database_is_told", [False, True])
def test_changes_are_all_there_or_none_is(send, committee, monkeypatch, database_is_told):
    """Killed while what stands is being changed: before anything is written, or after all is."""
    monkeypatch.setattr(applying, "chunk_size", lambda kind: 5)
    monkeypatch.setattr(tasks, "take_up", lambda number: None)
    first = send("organisations", [branch(f"B{n}") for n in range(8)])
    carry_on(first.pk, at=NOON)
    begin_applying(first, skip_faulty=False, **DONE)
    carry_on(first.pk, at=NOON)
    rows = [branch(f"B{n}", "改名支部", parent="N1") for n in range(8)]
    one = send("organisations", [*rows, branch("N1", "新总支"), branch("N2")])
    carry_on(one.pk, at=NOON)
    one = begin_applying(one, skip_faulty=False, **DONE)
    before = visible()

    killed = killed_in("_finish" if database_is_told else "_write_together", one)

    one.refresh_from_db()
    assert (killed, one.state, one.done) == (True, State.APPLYING, 2)
    assert visible() == before
    carry_on(one.pk, at=NOON)
    one.refresh_from_db()
    assert (one.state, one.done) == (State.APPLIED, 10)
    assert sum(name == "改名支部" for _code, name, _path in visible()) == 8
    assert_sound()


def killed_in(name, one):
    """Carry an import on in a process of its own that is killed when it comes to a function."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        setattr(applying, name, lambda *_arguments: os.kill(os.getpid(), signal.SIGKILL))
        carry_on(one.pk, at=NOON)
        os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def peak_of(work):
    tracemalloc.start()
    work()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_file(send, committee, monkeypatch):
    monkeypatch.setattr(tasks, "take_up", lambda number: None)
    monkeypatch.setattr(checking, "_CHUNK", 200)  # so that a small file has many chunks, too
    monkeypatch.setattr(applying, "chunk_size", lambda kind: 100)

    def checked_and_applied(prefix, count):
        one = send("organisations", [branch(f"{prefix}{n}") for n in range(count)])

        def work():
            carry_on(one.pk, at=NOON)
            begin_applying(one, skip_faulty=False, **DONE)
            carry_on(one.pk, at=NOON)

        peak = peak_of(work)
        one.refresh_from_db()
        assert (one.state, one.done) == (State.APPLIED, count)
        return peak

    few = size(small=800, full=10_000)
    checked_and_applied("A", few)  # whatever is loaded once
    small = checked_and_applied("B", few)
    large = checked_and_applied("C", few * 3)

    note("exchange.memory", large / small, "times", at_size=f"{few * 3} against {few} rows")
    assert large < small * 1.2

"""Entries are written and sealed at the same time: each lies in one block, and the chain holds."""

import datetime
import time

import pytest
from django.db import transaction

from jiceng.audit import seals
from jiceng.audit.models import Block, Entry, Leaf
from jiceng.audit.operations import record
from jiceng.audit.seals import seal
from jiceng.audit.verification import verify
from tests.conftest import NOON
from tests.proofs.workers import WORKERS, at_once
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
ENTRIES = size(small=25, full=600)  # of each writer
SEALERS = 2
LATE = 0.5  # seconds that an entry waits for its commit


@pytest.fixture
def anchor(tmp_path, settings, monkeypatch):
    settings.AUDIT_ANCHOR = tmp_path / "anchor.txt"
    monkeypatch.setattr(seals, "BLOCK", 40)  # many blocks of few entries
    return settings.AUDIT_ANCHOR


def write(worker, count):
    for n in range(count):
        subject = f"proof:{worker}-{n}"
        record(action="tests.written", subject=subject, by="system", at=NOON, private={"n": str(n)})


def work(number):
    """Seal until the writers are done, or write; the first writer's entries are committed late."""
    if number < SEALERS:
        for minute in range(ENTRIES):
            seal(NOON + datetime.timedelta(minutes=minute))
        return
    for n in range(ENTRIES):
        with transaction.atomic():
            write(f"{number}.{n}", 1)
            if number == SEALERS and n == 0:
                time.sleep(LATE)


def test_every_committed_entry_is_sealed_once_and_the_anchor_agrees(anchor):
    at_once(work, range(SEALERS + WORKERS))
    before = Leaf.objects.count()
    seal(NOON + datetime.timedelta(days=1))

    report = verify(anchor)
    assert report.sound, report.faults
    assert report.unsealed == 0
    assert report.entries == Entry.objects.count() == Leaf.objects.count() == WORKERS * ENTRIES
    assert report.anchored == report.blocks == Block.objects.count()
    assert before  # the sealers were at work while others wrote
    note(
        "entries sealed once while written",
        WORKERS * ENTRIES,
        "entries",
        at_size=f"{WORKERS} writers, {SEALERS} sealers, {report.blocks} blocks",
    )


def test_an_entry_rolled_back_leaves_no_leaf(anchor):
    def act(number):
        if number < SEALERS:
            work(number)
            return
        for n in range(ENTRIES):
            with transaction.atomic():
                write(f"{number}.{n}", 1)
                transaction.set_rollback(n % 2 == 1)

    at_once(act, range(SEALERS + WORKERS))
    seal(NOON + datetime.timedelta(days=1))

    report = verify(anchor)
    assert report.sound, report.faults
    assert report.entries == Entry.objects.count() == WORKERS * -(-ENTRIES // 2)

"""Sealing, and finding every way of tampering with what is sealed."""

import datetime
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from jiceng.audit import seals
from jiceng.audit.anchor import NotAnAnchor
from jiceng.audit.models import Block, Entry, Leaf, PrivateValue
from jiceng.audit.operations import record
from jiceng.audit.seals import seal
from jiceng.audit.verification import verify
from tests.conftest import NOON, drop_triggers

MINUTE = datetime.timedelta(minutes=1)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def write(count):
    return [
        record(
            action="registry.unit.founded",
            subject=f"registry.unit:{n}",
            subject_text="上村委会",
            by="system",
            at=NOON,
            after={"name": "上村委会"},
            private={"contact": f"电话 {n}"},
        )
        for n in range(count)
    ]


@pytest.fixture
def anchor(tmp_path, settings):
    settings.AUDIT_ANCHOR = tmp_path / "anchor.txt"
    return settings.AUDIT_ANCHOR


@pytest.fixture
def chain(db, anchor, monkeypatch):
    """Three sealed blocks of two entries each, the triggers gone."""
    monkeypatch.setattr(seals, "BLOCK", 2)
    entries = write(6)
    seal(NOON)
    drop_triggers()
    return entries


def sentences(report):
    return " ".join(fault.sentence for fault in report.faults)


def test_a_block_takes_what_is_not_sealed_and_the_chain_goes_on(chain, anchor):
    assert list(Block.objects.order_by("number").values_list("number", "count")) == [
        (1, 2),
        (2, 2),
        (3, 2),
    ]
    assert seal(NOON + MINUTE) == 0
    write(1)
    assert seal(NOON + MINUTE) == 1

    report = verify(anchor)
    assert (report.sound, report.blocks, report.entries, report.anchored) == (True, 4, 7, 4)


def test_an_entry_committed_late_with_a_low_number_is_sealed_too(chain):
    write(1)
    seal(NOON + MINUTE)
    last = Entry.objects.order_by("-pk").first()
    late = Entry.objects.filter(pk=last.pk).values(*seals.COLUMNS).get()
    Entry.objects.create(**{**late, "id": -5, "key": None})

    assert seal(NOON + MINUTE) == 1
    assert Leaf.objects.get(entry=-5).block.number == 5
    assert verify().sound


def changed(chain):
    sql("UPDATE audit_entry SET actor = '别人' WHERE id = %s", chain[2].pk)


def change_changed(chain):
    sql("UPDATE audit_entry SET change = '{}' WHERE id = %s", chain[2].pk)


def removed_with_its_leaf(chain):
    sql("DELETE FROM audit_privatevalue WHERE entry_id = %s", chain[2].pk)
    sql("DELETE FROM audit_leaf WHERE entry_id = %s", chain[2].pk)
    sql("DELETE FROM audit_entry WHERE id = %s", chain[2].pk)


def inserted(chain):
    (forged,) = write(1)
    row = Entry.objects.filter(pk=forged.pk).values(*seals.COLUMNS).get()
    block = Block.objects.get(number=2)
    Leaf.objects.create(block=block, entry=forged, place=3, digest=seals.leaf_of(row))


def replaced(chain):
    (forged,) = write(1)
    row = Entry.objects.filter(pk=forged.pk).values(*seals.COLUMNS).get()
    sql(
        "UPDATE audit_leaf SET entry_id = %s, digest = %s WHERE entry_id = %s",
        forged.pk,
        seals.leaf_of(row),
        chain[2].pk,
    )


def swapped(chain):
    first, second = Leaf.objects.filter(block__number=2).order_by("place")
    Leaf.objects.filter(pk=first.pk).update(place=9)
    Leaf.objects.filter(pk=second.pk).update(place=1)
    Leaf.objects.filter(pk=first.pk).update(place=2)


def changed_with_its_leaf(chain):
    changed(chain)
    row = Entry.objects.filter(pk=chain[2].pk).values(*seals.COLUMNS).get()
    sql("UPDATE audit_leaf SET digest = %s WHERE entry_id = %s", seals.leaf_of(row), chain[2].pk)


def changed_with_its_block(chain):
    changed_with_its_leaf(chain)
    reseal(2)


def block_redated(chain):
    Block.objects.filter(number=2).update(sealed_at=NOON + MINUTE)


def block_removed(chain):
    sql("DELETE FROM audit_leaf WHERE block_id = (SELECT id FROM audit_block WHERE number = 2)")
    sql("DELETE FROM audit_block WHERE number = 2")


def private_value_changed(chain):
    PrivateValue.objects.filter(entry=chain[2]).update(value="另一个电话")


def reseal(first):
    """Rewrite blocks consistently from number `first` on."""
    previous = Block.objects.filter(number=first - 1).values_list("chain", flat=True).first()
    for block in Block.objects.filter(number__gte=first).order_by("number"):
        leaves = Leaf.objects.filter(block=block).order_by("place")
        block.root = seals.root_of(leaves.values_list("digest", flat=True))
        block.previous = previous or seals.FIRST
        block.chain = previous = seals.recomputed(block)
        block.save()


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        (changed, "记录被改过"),
        (change_changed, "记录被改过"),
        (removed_with_its_leaf, "有记录被删去或塞入"),
        (inserted, "有记录被删去或塞入"),
        (replaced, "有记录被替换"),
        (swapped, "有记录被替换或调换"),
        (changed_with_its_leaf, "有记录被替换"),
        (block_redated, "块被改过"),
        (block_removed, "第 2 块缺失"),
        (private_value_changed, "个人信息“contact”被改过"),
    ],
)
def test_tampering_with_a_sealed_block_is_found(chain, tamper, sentence):
    assert verify().sound

    tamper(chain)

    assert sentence in sentences(verify())


def test_an_entry_taken_from_under_its_leaf_is_found(chain):
    gone = chain[2].pk
    row = Entry.objects.filter(pk=gone).values(*seals.COLUMNS).get()
    sql("DELETE FROM audit_privatevalue WHERE entry_id = %s", gone)
    sql("DELETE FROM audit_entry WHERE id = %s", gone)  # foreign keys are checked on commit

    assert [(fault.block, fault.entry) for fault in verify().faults] == [(2, gone)]
    assert "记录已被删去" in sentences(verify())
    Entry.objects.create(**row)
    assert verify().sound


@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_chain_rewritten_consistently_is_found_only_against_the_anchor(chain, anchor, first):
    sql("UPDATE audit_entry SET actor = '别人' WHERE id = %s", chain[2 * first - 1].pk)
    for leaf in Leaf.objects.filter(entry=chain[2 * first - 1]):
        row = Entry.objects.filter(pk=leaf.entry_id).values(*seals.COLUMNS).get()
        Leaf.objects.filter(pk=leaf.pk).update(digest=seals.leaf_of(row))
    reseal(first)

    assert verify().sound
    report = verify(anchor)
    assert [fault.block for fault in report.faults] == list(range(first, 4))
    assert "链被改写" in sentences(report)


def test_a_shortened_chain_is_found_only_against_the_anchor(chain, anchor):
    sql("DELETE FROM audit_leaf WHERE block_id = (SELECT id FROM audit_block WHERE number = 3)")
    sql("DELETE FROM audit_block WHERE number = 3")

    assert verify().sound
    assert "链被截短" in sentences(verify(anchor))


def test_the_age_of_what_is_not_sealed_is_stated(chain):
    write(2)

    report = verify()
    assert report.unsealed == 2
    assert report.unsealed_for(NOON + MINUTE) == MINUTE


def test_a_sealer_killed_before_its_line_is_made_up_for(chain, anchor):
    whole = anchor.read_text()
    lines = whole.splitlines(keepends=True)
    for left in ("", lines[0], lines[0] + lines[1][:40]):
        anchor.write_text(left)
        seal(NOON)
        assert anchor.read_text() == whole
    assert json.loads(lines[0])["count"] == 2


def test_a_damaged_anchor_is_refused(chain, anchor):
    anchor.write_text("不是锚文件\n")
    with pytest.raises(NotAnAnchor):
        verify(anchor)


def test_the_command_tells_and_fails_when_something_does_not_agree(chain, anchor, capsys, tmp_path):
    copy = shutil.copy(anchor, tmp_path / "copy.txt")
    call_command("audit", "verify", "--anchor", str(copy))
    assert "共 3 块 6 条；与锚文件核对 3 块。" in capsys.readouterr().out

    changed(chain)
    with pytest.raises(CommandError, match="校验不通过：1 处"):
        call_command("audit", "verify")
    with pytest.raises(CommandError, match="没有这个锚文件"):
        call_command("audit", "verify", "--anchor", str(tmp_path / "none.txt"))
    write(1)
    call_command("audit", "seal")
    assert "封存 1 条" in capsys.readouterr().out


def test_no_test_writes_to_the_anchor_of_the_installation():
    assert not Path(settings.AUDIT_ANCHOR).is_relative_to(settings.BASE_DIR)


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_seal_every_entry_once(anchor, monkeypatch):
    monkeypatch.setattr(seals, "BLOCK", 5)
    write(40)

    def sealer():
        try:
            return seal(NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sealed = [pool.submit(sealer) for _ in range(2)]

    assert sum(one.result() for one in sealed) == 40
    report = verify(anchor)
    assert (report.sound, report.blocks, report.anchored, report.unsealed) == (True, 8, 8, 0)

"""Computing every hash anew and saying what does not agree. Source: docs/methods/audit.md."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from jiceng.audit import anchor as anchors
from jiceng.audit.hashing import FIRST, leaf_of, root_of
from jiceng.audit.models import Block, Entry, Leaf, PrivateValue
from jiceng.audit.private import salted_digest
from jiceng.audit.seals import COLUMNS, recomputed

SHOWN = 200  # faults kept as sentences; all are counted


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed; `entry` 0 when the block as a whole is meant."""

    block: int
    entry: int
    sentence: str


@dataclass
class Report:
    blocks: int = 0
    entries: int = 0  # sealed ones looked at
    anchored: int = 0  # lines of the anchor compared; 0 without an anchor
    unsealed: int = 0
    oldest_unsealed_at: datetime.datetime | None = None
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return self.fault_count == 0

    def add(self, fault: Fault) -> None:
        self.fault_count += 1
        if len(self.faults) < SHOWN:
            self.faults.append(fault)

    def unsealed_for(self, at: datetime.datetime) -> datetime.timedelta:
        """Return the age of the oldest entry that is not sealed yet."""
        return at - self.oldest_unsealed_at if self.oldest_unsealed_at else datetime.timedelta()


def verify(anchor: Path | None = None) -> Report:
    """Check all blocks, one at a time: four statements for each, memory for one.

    Raises:
        NotAnAnchor: the anchor file cannot be read.
    """
    report = Report()
    chains: dict[int, str] = {}
    previous, expected = FIRST, 1
    for block in Block.objects.order_by("number").iterator(chunk_size=100):
        for fault in _faults_of(block, previous, expected):
            report.add(fault)
        chains[block.number] = block.chain
        previous, expected = block.chain, block.number + 1
        report.blocks += 1
        report.entries += block.count
    _check_stray_leaves(report)
    if anchor is not None:
        _compare(report, chains, anchor)
    _describe_tail(report)
    return report


def _faults_of(block: Block, previous: str, expected: int) -> Iterator[Fault]:
    if block.number != expected:
        yield Fault(block.number, 0, _("第 %s 块缺失。") % expected)
    elif block.previous != previous:
        yield Fault(block.number, 0, _("没有接在上一块之后：上一块被改过或换过。"))
    if recomputed(block) != block.chain:
        yield Fault(block.number, 0, _("块的内容与链值不符：块被改过。"))
    leaves = list(
        Leaf.objects.filter(block=block).order_by("place").values_list("entry_id", "digest")
    )
    if len(leaves) != block.count:
        message = _("封存时有 %(sealed)s 条，现有 %(now)s 条：有记录被删去或塞入。")
        yield Fault(block.number, 0, message % {"sealed": block.count, "now": len(leaves)})
    elif root_of(digest for _entry, digest in leaves) != block.root:
        yield Fault(block.number, 0, _("成员与封存时不符：有记录被替换或调换。"))
    yield from _faults_of_entries(block, leaves)


def _faults_of_entries(block: Block, leaves: list[tuple[int, str]]) -> Iterator[Fault]:
    numbers = [entry for entry, _digest in leaves]
    entries = {row["id"]: row for row in Entry.objects.filter(pk__in=numbers).values(*COLUMNS)}
    for number, digest in leaves:
        row = entries.get(number)
        if row is None:
            yield Fault(block.number, number, _("记录已被删去。"))
        elif leaf_of(row) != digest:
            yield Fault(block.number, number, _("记录被改过。"))
    yield from _faults_of_private(block, entries)


def _faults_of_private(block: Block, entries: dict[int, dict]) -> Iterator[Fault]:
    kept = PrivateValue.objects.filter(entry__in=list(entries), erased_at=None).order_by("pk")
    for value in kept:
        change = entries[value.entry_id]["change"]
        named = json.loads(change).get("private", {}).get(value.field)
        if salted_digest(value.value, value.salt)[1] != named:
            sentence = _("个人信息“%s”被改过（依法擦除的不算）。") % value.field
            yield Fault(block.number, value.entry_id, sentence)


def _check_stray_leaves(report: Report) -> None:
    stray = Leaf.objects.exclude(block__in=Block.objects.values("pk")).count()
    if stray:
        report.add(Fault(0, 0, _("有 %s 条封存记录所属的块已不存在。") % stray))


def _compare(report: Report, chains: dict[int, str], path: Path) -> None:
    for number, chain in anchors.read(path):
        report.anchored += 1
        if number not in chains:
            report.add(Fault(number, 0, _("锚文件中有这一块，数据库中没有：链被截短。")))
        elif chains[number] != chain:
            report.add(Fault(number, 0, _("链值与锚文件不符：链被改写。")))


def _describe_tail(report: Report) -> None:
    tail = Entry.objects.filter(leaf=None).aggregate(count=Count("pk"), oldest=Min("at"))
    report.unsealed, report.oldest_unsealed_at = tail["count"], tail["oldest"]

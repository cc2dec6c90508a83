"""Writing an import's good rows: chunk by chunk under a batch that nobody sees until it is done.

Each chunk is one transaction that also moves the import's counter and keeps the chunk's journal:
a killed job goes on where it stopped. What changes rows that stand cannot be hidden: it is
written in the last transaction, the one that shows the batch
(docs/decisions/0021-changes-by-file.md).
"""

import datetime
import hashlib
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils.translation import gettext as _

from jiceng.audit import operations as audit
from jiceng.core.bulk import renew_as_they_grow
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.refusals import Refusal
from jiceng.exchange import folders, journals
from jiceng.exchange.columns import Layout, layout_of
from jiceng.exchange.declarations import KINDS, Kind
from jiceng.exchange.models import Import
from jiceng.exchange.operations.checking import TOGETHER
from jiceng.exchange.operations.contexts import context_of
from jiceng.exchange.operations.removing import take_back
from jiceng.exchange.refusals import ChangedSince
from jiceng.exchange.rows import Row
from jiceng.exchange.sheets import sentence_of
from jiceng.exchange.staging import Staged, Staging
from jiceng.registry.models import Batch

_SQLITE_ROWS = 2_000  # rows written in one transaction: its lock keeps everybody waiting
_POSTGRESQL_CHUNK = 5_000  # rows of the file
_TOLD = ("since", "founded", "ends")  # columns of the days on which something changes


def chunk_size(kind: Kind) -> int:
    """Return how many rows of the file are written in one transaction."""
    if connection.vendor == "postgresql":
        return _POSTGRESQL_CHUNK
    return max(1, _SQLITE_ROWS // kind.writes)


def apply(one: Import, *, at: datetime.datetime) -> None:
    """Write what is still to be written of an import that is being applied, and show it.

    A refusal on the way (the register has changed since the check) takes back what was written
    and leaves the import failed, with the sentence.
    """
    kind: Kind = KINDS[one.kind]
    with Staging(folders.staging_of(one)) as staging:
        layout = layout_of(kind, staging.noted("header"), one.day)
        try:
            while _apply_chunk(one, kind, staging, layout, at):
                pass
        except Refusal as refusal:
            take_back(one)
            _fail(one, refusal, at)


@transaction.atomic
def _apply_chunk(
    one: Import, kind: Kind, staging: Staging, layout: Layout, at: datetime.datetime
) -> bool:
    """Write the next chunk, or finish; say whether there may be more to do."""
    locked = Import.objects.select_for_update().get(pk=one.pk)
    if locked.state != Import.State.APPLYING:
        return False
    staged = staging.at_places(locked.done, chunk_size(kind))
    if staged:
        _write(locked, kind, staging, layout, staged)
        locked.touched_at = at
        locked.save()
        return True
    _write_together(locked, kind, staging, layout)
    _finish(locked, kind, at)
    return False


def _write_together(locked: Import, kind: Kind, staging: Staging, layout: Layout) -> None:
    """Write all rows that change what stands; the caller shows the batch in one go with them."""
    size = TOGETHER if kind.at_once else chunk_size(kind)
    while staged := staging.changing_at(locked.done, size):
        _write(locked, kind, staging, layout, staged)


def _write(
    locked: Import, kind: Kind, staging: Staging, layout: Layout, staged: Sequence[Staged]
) -> None:
    """Write one chunk with its journal and move the import's counter; the caller saves it."""
    assert locked.batch is not None  # made when the import was started
    journal = Journal()
    context = context_of(
        locked, staging, layout, at=locked.batch.started_at, batch=locked.batch, journal=journal
    )
    rows = [layout.row(row.number, row.cells, row.decision) for row in staged]
    kind.check(rows, context)
    _refuse_faults(rows)
    _refuse_other_effects(rows, staged)
    kind.apply([row for row in rows if not row.unchanged], context)
    digest = journals.write(locked, locked.done, journal)
    chained = f"{locked.journal_digest}{digest}".encode()
    locked.journal_digest = hashlib.sha256(chained).hexdigest()
    locked.first_day = min(filter(None, [locked.first_day, *_days(rows)]), default=locked.day)
    renew_as_they_grow(journal.models(), locked.done, locked.done + len(staged))
    locked.done += len(staged)


def _days(rows: Sequence[Row]) -> list[datetime.date]:
    return [day for row in rows for name in _TOLD if (day := row[name])]


def _refuse_faults(rows: Sequence[Row]) -> None:
    sentences = [
        sentence_of(row.number, [(fault.column, fault.sentence) for fault in row.faults])
        for row in rows
        if row.faults
    ] + [_("原第 %d 行现在需要认定是谁。") % row.number for row in rows if row.doubts]
    if sentences:
        raise ChangedSince(
            _("检查之后名录有了变化，原来无误的行现在有误：%s请重新上传。")
            % "".join(sentences[:3]),
            details=sentences,
        )


def _refuse_other_effects(rows: Sequence[Row], staged: Sequence[Staged]) -> None:
    """What was shown is what is done: refuse rows that would now do something else."""
    others = [
        _("原第 %d 行要改动的记录与检查时不同。") % row.number
        for row, kept in zip(rows, staged, strict=True)
        if row.seen != kept.seen and not row.unchanged
    ]
    if others:
        raise ChangedSince(
            _("检查之后名录有了变化：%s请重新上传，再看一遍将要办理的内容。") % "".join(others[:3]),
            details=others,
        )


def _finish(one: Import, kind: Kind, at: datetime.datetime) -> None:
    """Show the rows: from this statement on everybody sees them."""
    Batch.objects.filter(pk__in=[one.batch_id]).update(finished_at=at)
    one.state = Import.State.APPLIED
    one.applied_at = one.touched_at = at
    one.first_day = min(one.first_day or one.day, one.day)
    one.save()
    report(kind.sources, [one.first_day], at)
    audit.record(
        action="exchange.import.applied",
        subject=one,
        subject_text=one.name,
        by=one.by or "system",
        at=at,
        after={"kind": one.kind, "file": one.digest, "journal": one.journal_digest},
        count=one.done,
    )


@transaction.atomic
def _fail(one: Import, refusal: Refusal, at: datetime.datetime) -> None:
    Import.objects.filter(pk=one.pk).update(
        state=Import.State.FAILED, sentence=refusal.sentence, touched_at=at, done=0
    )
    audit.record(
        action="exchange.import.failed",
        subject=one,
        subject_text=one.name,
        by=one.by or "system",
        at=at,
        after={"kind": one.kind, "sentence": refusal.sentence},
    )

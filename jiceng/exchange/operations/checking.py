"""Reading an upload into its staging file and finding every fault, without touching the register.

Three passes, each in chunks: the file is read; the file as a whole is looked at (what stands
twice, what shares a day, what goes in a circle); the rows are held against the register.
"""

import datetime
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.exchange import folders, progress
from jiceng.exchange.columns import Layout, cell_faults, layout_of
from jiceng.exchange.declarations import KINDS, Kind
from jiceng.exchange.models import Import
from jiceng.exchange.operations.contexts import context_of
from jiceng.exchange.operations.waiting import ask_to_apply
from jiceng.exchange.readers import Table, UnreadableFile, open_table
from jiceng.exchange.refusals import TooMuchAtOnce
from jiceng.exchange.rows import Fault, Row
from jiceng.exchange.sheets import write_faulty
from jiceng.exchange.staging import DOUBTFUL, FAULTY, GOOD, UNCHANGED, Staging

_CHUNK = 2_000
TOGETHER = (
    10_000  # rows that change what stands: one transaction (docs/decisions/0021-changes-by-file.md)
)


def check(one: Import, *, at: datetime.datetime) -> None:
    """Check an uploaded import and leave it to be looked at, or refused with a sentence.

    Begins anew however far an earlier check went. The register is only read.
    """
    _enter(one, Import.State.CHECKING, done=0, total=0, sentence="")
    kind: Kind = KINDS[one.kind]
    with Staging(folders.staging_of(one), fresh=True) as staging:
        try:
            layout = _read(one, kind, staging)
            _look_at_the_whole(staging, kind)
            _hold_against_register(one, kind, staging, layout, at)
            _close(staging, kind)
        except (UnreadableFile, TooMuchAtOnce) as refusal:
            _enter(one, Import.State.REFUSED, sentence=refusal.sentence)
            return
        counts = staging.counts()
        if counts[FAULTY]:
            write_faulty(folders.faulty_of(one), staging.noted("header"), staging.faulty())
    given = {
        "rows": sum(counts),
        "good": counts[GOOD],
        "faulty": counts[FAULTY],
        "unchanged": counts[UNCHANGED],
        "doubtful": counts[DOUBTFUL],
    }
    _present(one, given, at)


@transaction.atomic
def _present(one: Import, counts: dict[str, int], at: datetime.datetime) -> None:
    """Leave the import to be looked at, and say that it waits."""
    rows = counts["rows"]
    _enter(one, Import.State.PREVIEWED, counts=counts, done=rows, total=rows)
    ask_to_apply(one, at=at)


def _enter(one: Import, state: str, **values: object) -> None:
    for name, value in {**values, "state": state}.items():
        setattr(one, name, value)
    one.save(update_fields=["state", *values])


def _read(one: Import, kind: Kind, staging: Staging) -> Layout:
    with open_table(folders.upload_of(one)) as table:
        layout = layout_of(kind, table.header, one.day)
        staging.note(
            header=table.header,
            ignored=layout.ignored,
            form=table.form,
            encoding=table.encoding,
        )
        done = 0
        for rows in _rows_of(table, layout):
            _stage(staging, kind, rows)
            done += len(rows)
            progress.tell(one, done=done)
    if not done:
        raise UnreadableFile(_("表头下面没有任何一行内容。请填好后再上传。"))
    staging.index()
    staging.commit()
    return layout


def _rows_of(table: Table, layout: Layout) -> Iterator[list[tuple[Row, list[str]]]]:
    lines = iter(table.lines)
    while chunk := list(islice(lines, _CHUNK)):
        rows = []
        for line in chunk:
            row = layout.row(line.number, line.cells)
            if line.faults:
                own = [(fault.column, fault.sentence) for fault in line.faults]
                row.faults = cell_faults(table.header, own)
            rows.append((row, line.cells))
        yield rows


def _stage(staging: Staging, kind: Kind, rows: Sequence[tuple[Row, list[str]]]) -> None:
    staging.add(
        (row.number, cells, kind.key(row.values), row[kind.parent] or "" if kind.parent else "")
        for row, cells in rows
    )
    staging.hold((row.number, *span) for row, _cells in rows for span in kind.spans(row.values))
    staging.fault((row.number, fault) for row, _cells in rows for fault in row.faults)
    staging.commit()


def _look_at_the_whole(staging: Staging, kind: Kind) -> None:
    staging.fault(
        (
            number,
            Fault(
                "",
                _("重复"),
                _("与第 %d 行重复。请核对，只保留一行。") % other,
            ),
        )
        for number, other, _key in staging.twins()
    )
    staging.fault(
        (
            number,
            Fault(
                "",
                _("起止日重叠"),
                _("起止日与第 %d 行重叠：同一天只能有一条。请改正其中一行的起止日。") % other,
            ),
        )
        for number, other in staging.overlapping()
    )
    staging.order()
    if kind.parent:
        _fault_circles(staging, kind)
    staging.commit()


def _fault_circles(staging: Staging, kind: Kind) -> None:
    left = staging.circling()
    rows = {key: (number, parent) for number, key, parent in left}
    title = kind.column(kind.parent).title
    staging.fault(
        (
            number,
            Fault(
                title,
                _("上级成环"),
                _("上级关系绕成一圈：%s。请改正其中一行的上级代码。") % _circle_from(key, rows),
            ),
        )
        for number, key, _parent in left
    )


def _circle_from(key: str, rows: dict[str, tuple[int, str]]) -> str:
    """Return the way upwards from a row to where it repeats: "A（第 2 行）→ B（第 3 行）→ A"."""
    seen: list[str] = []
    while key in rows and key not in seen and len(seen) < 6:
        seen.append(key)
        key = rows[key][1]
    words = [_("%(code)s（第 %(row)d 行）") % {"code": one, "row": rows[one][0]} for one in seen]
    return "→".join([*words, key])


def _hold_against_register(
    one: Import, kind: Kind, staging: Staging, layout: Layout, at: datetime.datetime
) -> None:
    context = context_of(one, staging, layout, at=at)
    total, done = sum(staging.counts()), 0
    progress.tell(one, done=0, total=total)
    for chunk in staging.good(_CHUNK):
        rows = [layout.row(staged.number, staged.cells, staged.decision) for staged in chunk]
        kind.check(rows, context)
        _keep(staging, kind, rows)
        done += len(rows)
        progress.tell(one, done=done)


def _keep(staging: Staging, kind: Kind, rows: Sequence[Row]) -> None:
    """Keep what the check of a chunk of rows has found."""
    staging.fault((row.number, fault) for row in rows for fault in row.faults)
    whole = [row for row in rows if not row.faults]
    staging.unchanged(row.number for row in whole if row.unchanged)
    staging.doubt((row.number, row.doubts) for row in whole if row.doubts)
    staging.changing((row.number, row.seen) for row in whole if row.changes)
    staging.tell((row.number, effect) for row in whole for effect in row.effects)
    staging.need((row.number, other) for row in whole for other in row.needs)
    staging.rooted(row.number for row in whole if kind.parent in row.found)
    staging.commit()


def _close(staging: Staging, kind: Kind) -> None:
    """Leave out what leans on a faulty row. The rest is lined up when it is to be applied."""
    while lost := _lost(staging, kind):
        staging.fault(lost)
    staging.commit()
    changing = staging.count_changing()
    if changing > TOGETHER:
        raise TooMuchAtOnce(
            _(
                "这份文件要改动名录中已有的 %(given)d 行，一次最多 %(cap)d 行。"
                "请按县或乡镇拆成几个文件，分次上传。"
            )
            % {"given": changing, "cap": TOGETHER}
        )


def _lost(staging: Staging, kind: Kind) -> list[tuple[int, Fault]]:
    """Return the faults of good rows that lean on a row which will not be taken."""
    title = kind.column(kind.parent).title if kind.parent else ""
    below = [
        (
            number,
            Fault(
                title,
                _("上级有误"),
                _("上级在第 %d 行，那一行有误。请先改正那一行。") % parent,
            ),
        )
        for number, parent in (staging.orphans() if kind.parent else ())
    ]
    return below or [
        (
            number,
            Fault(
                "",
                _("相关的行有误"),
                _("这一行要和第 %d 行一起办理，那一行有误。请先改正那一行。") % other,
            ),
        )
        for number, other in staging.deserted()
    ]

"""Handing data out: one audit entry for each file, with its count and digest."""

import datetime
import hashlib
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core import clock
from jiceng.exchange.declarations import Kind
from jiceng.exchange.rows import Reading
from jiceng.exchange.sheets import csv_lines, write_workbook


def export(
    kind: Kind,
    *,
    form: str,
    reading: Reading,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> IO[bytes]:
    """Write what `reading` allows as "csv" or "xlsx" into a file that goes away when closed.

    Memory does not grow with it. The rows are read before the entry's transaction begins, so
    that nobody waits for a lock meanwhile.
    """
    rows = _Counted(kind.export(reading))
    with translation.override(settings.LANGUAGE_CODE):  # in the words that an import reads
        file = _write_csv(kind, rows) if form == "csv" else _write_xlsx(kind, rows, reading, by, at)
    digest = _digest(file)
    with transaction.atomic():
        audit.record(
            action="exchange.file.exported",
            subject=f"exchange.kind:{kind.code}",
            subject_text=str(kind.title),
            by=by,
            at=at,
            key=key,
            after={"form": form, "day": reading.day, "digest": digest},
            count=rows.count,
        )
    return file


def _digest(file: IO[bytes]) -> str:
    sha = hashlib.sha256()
    while block := file.read(1 << 20):
        sha.update(block)
    file.seek(0)
    return sha.hexdigest()


class _Counted:
    """Rows passed on, and how many there were."""

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[object]]:
        for row in self._rows:
            self.count += 1
            yield row


def _write_csv(kind: Kind, rows: Iterable[Sequence[object]]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    for piece in csv_lines(kind, rows):
        file.write(piece.encode())
    file.seek(0)
    return file


def _write_xlsx(
    kind: Kind,
    rows: Iterable[Sequence[object]],
    reading: Reading,
    by: "User | str",
    at: datetime.datetime,
) -> IO[bytes]:
    about = [
        (_("内容"), str(kind.title)),
        (_("数据日期"), reading.day.isoformat()),
        (_("导出人"), str(by)),
        (_("导出日期"), clock.day_of(at).isoformat()),
    ]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "export.xlsx"
        write_workbook(target, kind, rows, about)
        return target.open("rb")  # stays readable after its folder is gone

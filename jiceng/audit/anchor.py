"""The anchor: one line for each sealed block, in a file outside the database."""

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from jiceng.audit.hashing import canonical, moment
from jiceng.audit.models import Block
from jiceng.core.refusals import Invalid

_TAIL = 4_096  # bytes; more than a line has


class NotAnAnchor(Invalid):
    """The file is not an anchor, or is damaged."""


def extend() -> None:
    """Write the blocks that the file lacks, in order, and flush them to the disk.

    A sealer that was killed between its block and its line is made up for by the next.
    """
    path = Path(settings.AUDIT_ANCHOR)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # released when the file is closed
        last = _last_number(file)
        for block in Block.objects.filter(number__gt=last).order_by("number").iterator():
            file.write(canonical(_line(block)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (block number, chain) line by line.

    Raises:
        NotAnAnchor: a line is not of this form.
    """
    with path.open(encoding="utf-8") as file:
        for place, line in enumerate(file, start=1):
            yield _read_line(line, place)


def _read_line(line: str, place: int) -> tuple[int, str]:
    try:
        found = json.loads(line)
        return int(found["number"]), str(found["chain"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotAnAnchor(_("锚文件第 %s 处无法读取。请换一份完好的副本。") % place) from error


def _last_number(file: IO[bytes]) -> int:
    """Return the number in the last line, 0 for an empty file; take away a line cut short."""
    size = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, size - _TAIL))
    whole, _newline, cut = file.read().rpartition(b"\n")
    if cut:
        file.truncate(size - len(cut))
    last = whole.rpartition(b"\n")[2]
    return _read_line(last.decode(), start)[0] if last else 0


def _line(block: Block) -> dict[str, object]:
    return {
        "number": block.number,
        "count": block.count,
        "root": block.root,
        "sealed_at": moment(block.sealed_at),
        "chain": block.chain,
    }

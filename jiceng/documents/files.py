"""Where the bytes lie: below MEDIA_ROOT, under their hash, never under a name someone gave."""

import datetime
import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.db import transaction

from jiceng.core.locks import alone
from jiceng.documents.checking import too_large
from jiceng.documents.models import Document

_BLOCK = 1 << 18
_LEFT_BEHIND = datetime.timedelta(days=1)  # no upload takes longer


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def path_of(sha256: str) -> Path:
    return _folder() / sha256[:2] / sha256


@contextmanager
def incoming(upload: Readable) -> Iterator[Path]:
    """Write what arrives into a file of its own, which is gone afterwards unless it was placed.

    Raises:
        TooLarge: more bytes than this installation takes; the rest is not read.
    """
    path = _folder() / "incoming" / str(uuid.uuid4())
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        size = 0
        with path.open("wb") as file:
            while block := upload.read(_BLOCK):
                size += len(block)
                if size > settings.UPLOAD_LIMIT_BYTES:
                    raise too_large()
                file.write(block)
        yield path
    finally:
        path.unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def place(path: Path, sha256: str) -> None:
    """Move a checked file to where its hash says, and have it on the disk.

    Inside the transaction that writes its row: the lock keeps it from being taken for an orphan
    before that is committed.
    """
    alone(_lock(sha256))
    target = path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(path, target)
    _sync(target.parent)


def remove_orphans(at: datetime.datetime) -> int:
    """Remove files a day old that no row keeps: of transactions that were taken back, and of
    uploads cut short. Return how many.
    """
    removed = 0
    for path in sorted(_folder().glob("*/*")):
        if _changed_at(path) > at - _LEFT_BEHIND:
            continue
        if path.parent.name == "incoming":
            path.unlink(missing_ok=True)
            removed += 1
        else:
            removed += _remove_unless_named(path)
    return removed


def discard(sha256: str) -> None:
    """Remove a file that no row keeps any more. After the transaction that erased it: should this
    not come about, a job removes it.
    """
    _remove_unless_named(path_of(sha256))


@transaction.atomic
def _remove_unless_named(path: Path) -> bool:
    alone(_lock(path.name))
    if Document.objects.filter(sha256=path.name, erased_at=None).exists():
        return False
    path.unlink(missing_ok=True)
    return True


def open_at(sha256: str) -> BinaryIO:
    return path_of(sha256).open("rb")


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "documents"


def _lock(sha256: str) -> str:
    return f"documents.file:{sha256}"


def _changed_at(path: Path) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)


def _sync(folder: Path) -> None:
    """Have the names of a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

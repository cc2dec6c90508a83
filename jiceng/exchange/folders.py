"""Where an import's files lie: one folder each, named by a number nobody can guess."""

import hashlib
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from jiceng.exchange.models import Import


def folder_of(one: Import) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / one.folder


def upload_of(one: Import) -> Path:
    return folder_of(one) / "upload"


def staging_of(one: Import) -> Path:
    return folder_of(one) / "staged.sqlite3"


def faulty_of(one: Import) -> Path:
    """The workbook that gives the faulty rows back."""
    return folder_of(one) / "faulty.xlsx"


def keep(chunks: Iterable[bytes]) -> tuple[str, str, int]:
    """Write an upload into a new folder; return the folder's name, the digest and the size.
    Nothing stays of an upload that breaks off or is refused on the way.
    """
    name = str(uuid.uuid4())
    folder = Path(settings.MEDIA_ROOT) / "imports" / name
    folder.mkdir(parents=True)
    sha, size = hashlib.sha256(), 0
    try:
        with (folder / "upload").open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
                sha.update(chunk)
                size += len(chunk)
    except BaseException:
        discard(name)
        raise
    return name, sha.hexdigest(), size


def discard(name: str) -> None:
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "imports" / name, ignore_errors=True)

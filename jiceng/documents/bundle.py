"""Many files as one ZIP with a manifest of their hashes; the same content gives the same bytes."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

_BLOCK = 1 << 18
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say: the same bytes whenever it is made
_MODE = 0o644 << 16
Entry = tuple[str, bytes | Path]


def zip_of(entries: Iterable[Entry], manifest: Mapping[str, Any]) -> IO[bytes]:
    """Return a temporary file, at its beginning, that is gone when closed.

    It holds the entries in their order, then `manifest.json` (what `manifest` says, and each
    file's name, size and hash) and `manifest.txt` (lines that `sha256sum -c` checks). Contents
    are stored, not packed: no other library would pack them to the same bytes.

    Args:
        entries: names within the ZIP, with folders if wanted, and contents or paths. A name that
            is there already gets a number.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    taken = {"manifest.json", "manifest.txt"}
    listed = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
        for name, content in entries:
            name = _free(_safe(name), taken)
            listed.append(_add(package, name, content))
        told = {**manifest, "files": listed}
        _add(package, "manifest.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
        lines = [f"{one['sha256']}  {one['name']}\n" for one in listed]
        _add(package, "manifest.txt", "".join(lines).encode())
    file.seek(0)
    return file


def _add(package: zipfile.ZipFile, name: str, content: bytes | Path) -> dict[str, Any]:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.external_attr = _MODE
    sha, size = hashlib.sha256(), 0
    with package.open(entry, "w", force_zip64=True) as target:
        for block in _blocks(content):
            target.write(block)
            sha.update(block)
            size += len(block)
    return {"name": name, "size": size, "sha256": sha.hexdigest()}


def _blocks(content: bytes | Path) -> Iterable[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _safe(name: str) -> str:
    """Return a name that stays within the folder into which the ZIP is unpacked."""
    parts = PurePosixPath(name.replace("\\", "/").replace(":", "：")).parts
    kept = [part.strip(". ") or "_" for part in parts if part not in {"/", ".", ".."}]
    return "/".join("".join(x for x in part if x.isprintable()) for part in kept) or "_"


def _free(name: str, taken: set[str]) -> str:
    path, count, free = PurePosixPath(name), 2, name
    while free.casefold() in taken:
        free = str(path.with_name(f"{path.stem}（{count}）{path.suffix}"))
        count += 1
    taken.add(free.casefold())
    return free

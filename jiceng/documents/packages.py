"""DOCX and XLSX from the inside: whole, what they say they are, without macros. Pure."""

import struct
import zipfile
import zlib
from pathlib import Path

from jiceng.documents.content import BROKEN, DOCX, LOCKED, MACROS, OTHER, SWELLS, XLSX, Faulty

MEMBERS = 5_000
UNPACKED = 512 << 20
_LARGE, _RATIO = 50 << 20, 200  # parts above this size may not be packed tighter than that
_TYPES = "[Content_Types].xml"
_TYPES_READ = 1 << 20
_MAIN = {DOCX.media_type: "word/document.xml", XLSX.media_type: "xl/workbook.xml"}
_BLOCK = 1 << 18
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,  # also what is no UTF-8
    NotImplementedError,
    OverflowError,
    KeyError,
    RuntimeError,
)


def check(path: Path, media_type: str) -> None:
    """Look into an office file. Every part is unpacked once, in blocks, and thrown away.

    Raises:
        Faulty: damaged, locked, with macros, too large when unpacked, or another kind of file.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _look(package, media_type)
            for part in package.infolist():
                _unpack(package, part)
    except Faulty:
        raise
    except _UNREADABLE as error:
        raise Faulty(BROKEN) from error


def _look(package: zipfile.ZipFile, media_type: str) -> None:
    parts = package.infolist()
    sizes = [part.file_size for part in parts]
    if len(parts) > MEMBERS or sum(sizes) > UNPACKED:
        raise Faulty(SWELLS)
    if any(part.file_size > max(_LARGE, part.compress_size * _RATIO) for part in parts):
        raise Faulty(SWELLS)
    if any(part.flag_bits & 1 for part in parts):
        raise Faulty(LOCKED)
    names = {part.filename for part in parts}
    if _TYPES not in names or _MAIN[media_type] not in names:
        raise Faulty(OTHER)
    if _has_macros(package, names):
        raise Faulty(MACROS)


def _has_macros(package: zipfile.ZipFile, names: set[str]) -> bool:
    if any(name.casefold().rpartition("/")[2].startswith("vbaproject") for name in names):
        return True
    with package.open(_TYPES) as part:
        return b"macroenabled" in part.read(_TYPES_READ).lower()


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part to its end, which compares its checksum."""
    with package.open(part) as content:
        while content.read(_BLOCK):
            pass

"""PDF and plain text: whole and harmless, as far as can be told without showing them. Pure."""

import codecs
import re
from pathlib import Path

from jiceng.documents.content import ACTIVE, BROKEN, LOCKED, UNREADABLE, Faulty

_TAIL = 2048  # bytes at the end in which a PDF says where its table is
_STREAM = re.compile(rb"\bstream\r?\n.*?endstream\b", re.S)  # page contents, pictures, fonts
_LOCKED = re.compile(rb"/Encrypt\b")
# Files inside are taken: vouchers and invoices carry their data so (电子凭证会计数据标准).
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)\b")
_ENCODINGS = ("utf-8-sig", "gb18030")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_BLOCK = 1 << 18


def check_pdf(path: Path) -> None:
    """Look through a PDF.

    What lies in packed object streams is not seen: this keeps out accidents, not attackers;
    documents leave the house as attachments only.

    Raises:
        Faulty: cut short, locked, or with script inside.
    """
    content = path.read_bytes()
    tail = content[-_TAIL:]
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise Faulty(BROKEN)
    objects = _STREAM.sub(b"", content)
    if _LOCKED.search(objects):
        raise Faulty(LOCKED)
    if _ACTIVE.search(objects):
        raise Faulty(ACTIVE)


def check_text(path: Path) -> None:
    """Read a text to its end, as UTF-8, else as GBK (in its wider form GB 18030).

    Raises:
        Faulty: it is neither, or holds what no text holds.
    """
    if not any(_reads_as(path, encoding) for encoding in _ENCODINGS):
        raise Faulty(UNREADABLE)


def _reads_as(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                if _NO_TEXT.search(decoder.decode(block)):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True

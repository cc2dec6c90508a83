"""The text by which a published notice is checked, and its hash. Pure.

A notice is copied from a screen, typed off a board, broken into other lines: spaces, line ends and
the width of characters make no difference to the hash; any other character does.
"""

import hashlib
import unicodedata

from jiceng.notices.redaction import Line, View

_GROUP = 8


def foot_of(*, number: str, kind: str, place: str) -> str:
    """Return the last line of a notice: whose it is, what, and which."""
    return f"{place}　{kind}　编号 {number}"


def text_of(view: View, foot: str) -> str:
    """Return the text as it is printed, released and checked."""
    return "\n".join([view.title, *map(_line, view.lines), foot])


def _line(line: Line) -> str:
    if not line.columns:
        return f"{line.label}：{line.text}"
    rows = ["　".join(cell for cell in row) for row in line.people]
    return "\n".join([f"{line.label}：", "　".join(line.columns), *rows])


def plain(text: str) -> str:
    """Return a text without what copying changes."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in wide if not _is_blank(letter))


def _is_blank(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) == "Cf"


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, as 64 hexadecimal figures."""
    return hashlib.sha256(plain(text).encode()).hexdigest()


def grouped(digest: str) -> str:
    """Return a digest in groups that can be read out."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def holds(text: str, *, digest: str, length: int) -> bool:
    """Say whether the checked text stands somewhere in `text`: what is around it does not matter.

    Args:
        length: of the plain checked text. One hash for each place at which it could begin.
    """
    given = plain(text)
    return any(
        hashlib.sha256(given[at : at + length].encode()).hexdigest() == digest
        for at in range(len(given) - length + 1)
    )

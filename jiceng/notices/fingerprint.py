"""The text by which a published notice is checked, and its hash. Pure.

A notice is copied from a screen, typed off a board, broken into other lines: spaces, line ends and
the width of characters make no difference to the hash; any other character does.
"""

import hashlib
import re
import unicodedata

from jiceng.notices.redaction import Line, View

_GROUP = 8
_NUMBER = re.compile(r"编号(\d{8}-[0-9A-Z]{6})", re.ASCII)


def foot_of(*, number: str, kind: str, place: str) -> str:
    """Return the last two lines of a notice: whose it is; what, and which."""
    return f"{place}\n{kind}　编号 {number}"


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
    return _sha(plain(text))


def grouped(digest: str) -> str:
    """Return a digest in groups that can be read out."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def numbers_in(text: str) -> list[str]:
    """Return the numbers of the notices whose last lines stand in a text, each once."""
    return list(dict.fromkeys(_NUMBER.findall(plain(text))))


def holds(text: str, *, foot: str, digest: str, length: int) -> bool:
    """Say whether the checked text stands somewhere in `text`: what is around it does not matter.

    Args:
        foot: its last lines; the text is looked for before each place where they stand.
        length: of the plain checked text.
    """
    given, last = plain(text), re.escape(plain(foot))
    ends = (match.end() for match in re.finditer(last, given))
    return any(_sha(given[max(0, end - length) : end]) == digest for end in ends)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

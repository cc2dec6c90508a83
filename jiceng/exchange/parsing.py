"""Cells into values. Each parser raises Unreadable with the sentence that tells the mend."""

import datetime
import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from jiceng.exchange.rows import Unreadable

Parser = Callable[[str], object]

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_DAY_JOINED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?(?:[-/.]?\d{1,2}日?)?")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")  # a citizen's number: never taken
_SHORTEST_ID = 18
_OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(cell: str) -> str:
    """Return a cell's text without the blanks around it and without our mark of plain text."""
    text = cell.strip()
    if text[:1] == "'" and text[1:].startswith(_OPENS_FORMULA):
        return text[1:]
    return text


def escaped(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula; `clean` turns it back."""
    if text.startswith(_OPENS_FORMULA) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _narrow(text: str) -> str:
    """Return text half-width and without blanks."""
    if text.isascii() and text.isalnum():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.split())


def text(longest: int) -> Parser:
    return partial(_text, longest=longest)


def _text(given: str, *, longest: int) -> str:
    if len(given) > longest:
        raise Unreadable(
            _("有 %(count)d 个字，最多 %(cap)d 个字。") % {"count": len(given), "cap": longest}
        )
    if len(given) >= _SHORTEST_ID and _ID_NUMBER.fullmatch(_narrow(given)):
        raise Unreadable(_("像是身份证号。本系统不收身份证号，请删去或改用内部编号。"))
    return given


def code(given: str) -> str:
    """Read an organisation's or person's own code: letters, digits, dot, dash."""
    if len(given) < _SHORTEST_ID and given.isascii() and given.isalnum():
        return given  # as nearly all are, a hundred thousand times a file
    narrow = _narrow(given)
    if not _CODE.fullmatch(narrow) or len(narrow) > 32:
        raise Unreadable(_("“%s”不是代码。代码由字母、数字、点和短横组成，最长 32 位。") % given)
    if _ID_NUMBER.fullmatch(narrow):
        raise Unreadable(_("像是身份证号。本系统不收身份证号，请改用内部编号。"))
    return narrow


@functools.lru_cache(maxsize=16_384)
def division_code(given: str) -> str:
    """Read an official code of a division: twelve digits."""
    narrow = _narrow(given)
    if not narrow.isdigit():
        raise Unreadable(_("“%s”不是区划代码。区划代码是 12 位数字。") % given)
    if len(narrow) != 12:
        raise Unreadable(
            _("代码 %(code)s 是 %(length)d 位，区划代码应为 12 位。请核对是否缺了末位或开头的零。")
            % {"code": narrow, "length": len(narrow)}
        )
    return narrow


@functools.lru_cache(maxsize=4_096)
def day(given: str) -> datetime.date:
    narrow = unicodedata.normalize("NFKC", given).strip()
    match = _DAY.fullmatch(narrow) or _DAY_JOINED.fullmatch(narrow)
    try:
        if match is None:
            raise ValueError
        found = datetime.date(*map(int, match.groups()))
    except ValueError as error:
        raise Unreadable(_("“%s”不是日期。请写成 2017-12-31 的样子。") % given) from error
    if not 1900 <= found.year < 2200:
        raise Unreadable(_("年份 %d 不对。请写成 2017-12-31 的样子。") % found.year)
    return found


def month(given: str) -> datetime.date:
    """Read a month; return its first day."""
    match = _MONTH.fullmatch(_narrow(given))
    try:
        if match is None:
            raise ValueError
        return datetime.date(int(match[1]), int(match[2]), 1)
    except ValueError as error:
        raise Unreadable(_("“%s”不是年月。请写成 1975-03 的样子。") % given) from error


def whole(most: int = 2_000_000_000) -> Parser:
    return partial(_whole, most=most)


def _whole(given: str, *, most: int) -> int:
    narrow = _narrow(given).replace(",", "")
    if not narrow.isascii() or not narrow.isdigit():
        raise Unreadable(_("“%s”不是整数。请只填数字，不带单位。") % given)
    if len(narrow) > 12 or int(narrow) > most:
        raise Unreadable(
            _("%(value)s 过大，最多 %(cap)d。请核对单位。") % {"value": narrow, "cap": most}
        )
    return int(narrow)


def degrees(limit: int) -> Parser:
    return partial(_degrees, limit=limit)


def _degrees(given: str, *, limit: int) -> float:
    try:
        value = float(_narrow(given).rstrip("°"))
    except ValueError as error:
        raise Unreadable(_("“%s”不是经纬度。请填十进制度数，如 120.6553。") % given) from error
    if not -limit <= value <= limit:
        raise Unreadable(
            _("%(value)s 超出范围（±%(limit)d 度）。请核对经度和纬度是否填反。")
            % {"value": given, "limit": limit}
        )
    return value


def choice(titles: Mapping[Any, object]) -> Parser:
    """Return the parser of a word out of a list: titles or codes. `titles`: code → title."""
    known: dict[str, object] = {}
    for value, title in titles.items():
        known[str(title)] = value
        known[str(value)] = value
    listed = "、".join(str(title) for title in titles.values())
    return partial(_choice, known=known, listed=listed)


def _choice(given: str, *, known: Mapping[str, object], listed: str) -> object:
    value = known.get(given)
    if value is None:
        value = known.get(_narrow(given))
    if value is None:
        raise Unreadable(
            _("“%(given)s”不在可选项中。请填：%(listed)s。") % {"given": given, "listed": listed}
        )
    return value


_YES = {"是": True, "有": True, "1": True, "true": True, "yes": True}
_NO = {"否": False, "无": False, "0": False, "false": False, "no": False}


def yes_or_no(given: str) -> bool:
    value = (_YES | _NO).get(_narrow(given).lower())
    if value is None:
        raise Unreadable(_("“%s”看不懂。请填“是”或“否”。") % given)
    return value

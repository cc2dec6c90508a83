"""Cleaning what a form sent: by field, so that the page can say each fault at its place."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from jiceng.procedures.kinds.base import Entered, Field, Given, Wrong

_LONGEST = {"text": 200, "long": 20_000}
_LARGEST = 10_000_000_000


def clean(fields: Iterable[Field], given: Given) -> Entered:
    """Return the value of each field: texts without blanks around, whole numbers, days as
    ISO texts, choices by code, flags as booleans; None for an optional one left empty.

    Raises:
        Wrong: naming every field at fault.
    """
    entered: Entered = {}
    wrong: dict[str, str] = {}
    for field in fields:
        try:
            entered[field.code] = _value(field, given.get(field.code))
        except ValueError as error:
            wrong[field.code] = str(error)
    if wrong:
        raise Wrong(wrong)
    return entered


def _value(field: Field, sent: Any) -> Any:
    if field.kind == "flag":
        return sent in (True, "on", "true", "1")
    empty = sent is None or (isinstance(sent, str) and not sent.strip())
    if empty:
        if field.required:
            raise ValueError(_("请填写“%s”。") % field.label)
        return None
    return _READ[field.kind](field, sent)


def _text(field: Field, sent: Any) -> str:
    text = str(sent).strip()
    longest = field.maximum or _LONGEST[field.kind]
    if len(text) > longest:
        raise ValueError(
            _("“%(label)s”最多 %(longest)d 字，现有 %(now)d 字，请删减。")
            % {"label": field.label, "longest": longest, "now": len(text)}
        )
    return text


def _number(field: Field, sent: Any) -> int:
    try:
        number = sent if isinstance(sent, int) else int(str(sent).strip())
    except ValueError:
        raise ValueError(_("“%s”应是整数。") % field.label) from None
    if not 0 <= number <= _LARGEST:
        raise ValueError(_("“%s”应是不小于零的整数。") % field.label)
    return number


def _money(field: Field, sent: Any) -> int:
    """Read yuan as people write them (12,000.50); return fen."""
    written = str(sent).strip().replace(",", "").replace("，", "").removesuffix("元")
    yuan, _point, fen = written.partition(".")
    if not yuan.isdecimal() or (fen and not fen.isdecimal()) or len(fen) > 2:
        raise ValueError(_("“%s”应是金额（元），最多两位小数。") % field.label)
    amount = int(yuan) * 100 + int(fen.ljust(2, "0") or 0)
    if amount > _LARGEST * 100:
        raise ValueError(_("“%s”太大，请核对单位是不是元。") % field.label)
    return amount


def as_typed(field: Field, value: Any) -> Any:
    """Return a kept value as it is typed: for the form by which it is corrected."""
    if field.kind == "money" and value is not None:
        return f"{value // 100}.{value % 100:02d}"
    return value


def _day(field: Field, sent: Any) -> str:
    if isinstance(sent, datetime.date):
        return sent.isoformat()
    try:
        return datetime.date.fromisoformat(str(sent).strip()).isoformat()
    except ValueError:
        raise ValueError(_("“%s”应是日期，如 2026-03-01。") % field.label) from None


def _choice(field: Field, sent: Any) -> str:
    if str(sent) not in dict(field.choices):
        raise ValueError(_("“%s”请从所列各项中选择。") % field.label)
    return str(sent)


_READ = {
    "text": _text,
    "long": _text,
    "number": _number,
    "money": _money,
    "day": _day,
    "choice": _choice,
}

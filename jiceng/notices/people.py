"""A list of people as it is typed or pasted from a sheet: one a line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from jiceng.notices.kinds import COLUMNS, Field
from jiceng.notices.redaction import yuan

_MINOR = re.compile(r"\s*[（(]?未成年人?[）)]?\s*$")
_BETWEEN = re.compile(r"[\t,，、;；]|\s+")
MINOR = "（未成年）"


class Unreadable(ValueError):
    """Lines that cannot be taken; each fault has its sentence."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


def people_from(text: str, field: Field) -> list[dict[str, Any]]:
    """Read the lines of a list; blank ones are left out.

    Raises:
        Unreadable: with one sentence for each faulty line.
    """
    people, faults = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            people.append(_person(line, field))
        except ValueError as fault:
            faults.append(_("第%(line)d行：%(fault)s") % {"line": number, "fault": fault})
    if faults:
        raise Unreadable(faults)
    return people


def text_of(people: Iterable[Mapping[str, Any]], field: Field) -> str:
    """Return a list as `people_from` reads it."""
    return "\n".join("，".join(_cells(person, field)).rstrip("，") for person in people)


def _cells(person: Mapping[str, Any], field: Field) -> Iterable[str]:
    for column in field.columns:
        value = person.get(column)
        if column == "amount":
            yield "" if value is None else yuan(value).replace(",", "")
        else:
            yield f"{value or ''}{MINOR if column == 'name' and person.get('minor') else ''}"


def _person(line: str, field: Field) -> dict[str, Any]:
    cells = [cell.strip() for cell in _BETWEEN.split(line.strip())]
    if len(cells) > len(field.columns):
        raise ValueError(
            _("只写%s，其余的不公开，也不要写在这里。")
            % "、".join(str(COLUMNS[column]) for column in field.columns)
        )
    person: dict[str, Any] = dict(zip(field.columns, cells, strict=False))
    name = _MINOR.sub("", person["name"])
    if name != person["name"]:
        person["minor"] = True
    if not name:
        raise ValueError(_("没有姓名。"))
    person["name"] = name
    if "amount" in person:
        person["amount"] = _fen(person["amount"])
    return {key: value for key, value in person.items() if value not in ("", None)}


def _fen(text: str) -> int | None:
    """Read 500, 500.5 or 500元 as fen."""
    if not text:
        return None
    try:
        fen = Decimal(text.removesuffix("元")) * 100
    except InvalidOperation as error:
        raise ValueError(_("金额“%s”不是数字。") % text) from error
    if fen != int(fen) or fen < 0:
        raise ValueError(_("金额“%s”不是到分的金额。") % text)
    return int(fen)

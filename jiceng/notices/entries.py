"""What a draft is given, looked through before it is kept: by the fields of its kind."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from jiceng.notices.kinds import Field, Kind
from jiceng.notices.redaction import TITLE
from jiceng.notices.refusals import Faulty
from jiceng.notices.scanning import scan
from jiceng.notices.words import FOUND

LENGTHS = {"line": 200, "text": 5_000, "phone": 60, "choice": 60}
TITLE_LENGTH = 120
_PEOPLE = 1_000
_CELL = 40
_MOST = 10**15  # fen


def checked(kind: Kind, title: str, body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return title and body as they are kept: texts stripped, days as text, nothing empty.

    Raises:
        Faulty: something required is missing, or something is not what its field takes.
    """
    title = title.strip()
    faults = [*_faults_of_title(title), *_unknown(kind, body)]
    kept: dict[str, Any] = {}
    for field in kind.fields:
        value = _stripped(body.get(field.code))
        if value in ("", None, []):
            if field.required:
                faults.append(_("请填写“%s”。") % _(field.label))
            continue
        faults += [f"{_(field.label)}{_('：')}{fault}" for fault in _faults(field, value)]
        kept[field.code] = value.isoformat() if isinstance(value, datetime.date) else value
    if faults:
        raise Faulty(_("有几处需要改："), details=faults)
    return title, kept


def _faults_of_title(title: str) -> Iterable[str]:
    if not title:
        yield _("请填写“%s”。") % _(TITLE.label)
    if len(title) > TITLE_LENGTH:
        yield _("标题不超过 %d 个字。") % TITLE_LENGTH


def _unknown(kind: Kind, body: Mapping[str, Any]) -> Iterable[str]:
    for code in body:
        if kind.field(code) is None:
            yield _("“%(kind)s”没有“%(field)s”这一栏。") % {"kind": _(kind.title), "field": code}


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _faults(field: Field, value: Any) -> Iterable[str]:
    if field.type == "people":
        yield from _faults_of_people(field, value)
    elif field.type in {"amount", "count"}:
        if type(value) is not int or not 0 <= value <= _MOST:
            yield _("应当是不小于 0 的数。")
    elif field.type == "day":
        if not _is_day(value):
            yield _("应当是日期。")
    elif not isinstance(value, str):
        yield _("应当是文字。")
    elif len(value) > LENGTHS[field.type]:
        yield _("不超过 %d 个字。") % LENGTHS[field.type]
    elif field.choices and value not in field.choices:
        yield _("请从列出的选项里选。")


def _is_day(value: Any) -> bool:
    if isinstance(value, datetime.date):
        return True
    try:
        datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _faults_of_people(field: Field, people: Any) -> Iterable[str]:
    if not isinstance(people, list) or len(people) > _PEOPLE:
        yield _("应当是名单，不超过 %d 人。") % _PEOPLE
        return
    allowed = {*field.columns, "minor"}
    for number, person in enumerate(people, start=1):
        if not isinstance(person, dict) or not person.get("name") or set(person) - allowed:
            yield _("第%d人：只写名单里列出的栏。") % number
            continue
        yield from _faults_of_person(number, field, person)


def _faults_of_person(number: int, field: Field, person: Mapping[str, Any]) -> Iterable[str]:
    for column in field.columns:
        value = person.get(column)
        if column == "amount":
            if value is not None and (type(value) is not int or not 0 <= value <= _MOST):
                yield _("第%d人：金额应当是不小于 0 的数。") % number
            continue
        text = str(value or "")
        if len(text) > _CELL:
            yield _("第%(number)d人：不超过 %(most)d 个字。") % {"number": number, "most": _CELL}
        for found in scan(text):
            yield _("第%(number)d人：像有%(found)s，名单里不写。") % {
                "number": number,
                "found": FOUND[found.kind],
            }

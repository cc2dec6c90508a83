"""What the public reads of a notice: the fields its kind allows, names masked, finds hidden. Pure.

Nothing gets through that is not in the allow-list of the kind, and whatever the scan finds is
hidden unless a person has decided that it is not personal.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiceng.notices.kinds import COLUMNS, Field, Kind
from jiceng.notices.masking import shown_name, without_names
from jiceng.notices.scanning import Found, scan

HIDDEN = "（已隐去）"
TITLE = Field(code="title", label="标题", type="line", required=True)
_SPOKEN = {"line", "text", "phone", "choice"}  # what is written freely
_OFFICE = {"landline"}  # the office line is public
_YUAN = 100
Said = Callable[[Field, str], str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the scan found in a field, on which a person has to decide."""

    key: str  # "content-2": the second one of a field
    field: str
    label: str
    kind: str
    start: int
    end: int
    before: str  # a little of the text around it, for who decides
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One field as the public reads it: a text, or a list of people."""

    label: str
    text: str = ""
    columns: tuple[str, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The public form of a notice."""

    title: str
    lines: tuple[Line, ...] = field(default_factory=tuple)


def findings_in(kind: Kind, title: str, body: Mapping[str, Any]) -> list[Finding]:
    """Return everything found in what would be public, in the order of the fields."""
    return [
        _finding(one, text, number, found)
        for one, text in _spoken(kind, title, body)
        for number, found in enumerate(_found_in(one, text), start=1)
    ]


def view_of(
    kind: Kind,
    title: str,
    body: Mapping[str, Any],
    *,
    kept: Collection[str] = (),
    settled: bool = False,
) -> View:
    """Return what the public reads.

    Args:
        kept: keys of findings that a person decided are not personal; all others are hidden.
        settled: everything was decided on and what was to be hidden is gone: nothing more is.
    """
    said = _saying(kind, body, None if settled else kept)
    lines = (_line(one, body[one.code], said) for one in kind.public_fields if body.get(one.code))
    return View(said(TITLE, title), tuple(lines))


def title_of(kind: Kind, title: str, body: Mapping[str, Any], *, settled: bool = False) -> str:
    """Return the title alone as the public reads it, without looking through the texts."""
    return _saying(kind, body, None if settled else ())(TITLE, title)


def _saying(kind: Kind, body: Mapping[str, Any], kept: Collection[str] | None) -> Said:
    """Return what makes a written text public: finds hidden (none when `kept` is None), listed
    names masked.
    """
    names = _shown_names(kind, body)

    def said(one: Field, text: str) -> str:
        return without_names(text if kept is None else _hidden(one, text, kept), names)

    return said


def yuan(fen: int) -> str:
    """Return 12,345.60 for 1234560 fen."""
    return f"{fen // _YUAN:,}.{fen % _YUAN:02d}"


def _line(one: Field, value: Any, said: Said) -> Line:
    if one.type == "people":
        columns = tuple(COLUMNS[column] for column in one.columns)
        return Line(_counted(one, value), columns=columns, people=tuple(_people(one, value)))
    if one.type == "amount":
        return Line(one.label, f"{yuan(value)} 元")
    if one.type == "day":
        day = datetime.date.fromisoformat(value)
        return Line(one.label, f"{day.year}年{day.month}月{day.day}日")
    return Line(one.label, str(value) if one.type == "count" else said(one, value))


def _counted(one: Field, people: Sequence[Mapping[str, Any]]) -> str:
    """Return the label of a list; of who receives something, with how many they are."""
    return f"{one.label}（共{len(people)}人）" if one.role == "beneficiary" else one.label


def _people(one: Field, people: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, ...]]:
    for person in people:
        yield tuple(_cell(one, column, person) for column in one.columns)


def _cell(one: Field, column: str, person: Mapping[str, Any]) -> str:
    value = person.get(column)
    if column == "amount":
        return "" if value is None else yuan(value)
    text = hide(str(value or ""), scan(str(value or "")))
    if column == "name" and one.role:
        return shown_name(text, one.role, minor=bool(person.get("minor")))
    return text


def _shown_names(kind: Kind, body: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands for each name that is masked, wherever the texts repeat it."""
    return {
        str(person["name"]): shown_name(
            str(person["name"]), "beneficiary", minor=bool(person.get("minor"))
        )
        for one in kind.fields
        if one.role == "beneficiary"
        for person in body.get(one.code) or ()
    }


def _spoken(kind: Kind, title: str, body: Mapping[str, Any]) -> Iterable[tuple[Field, str]]:
    yield TITLE, title
    for one in kind.public_fields:
        if one.type in _SPOKEN and body.get(one.code):
            yield one, str(body[one.code])


def _found_in(one: Field, text: str) -> list[Found]:
    office = _OFFICE if one.type == "phone" else set()
    return [found for found in scan(text) if found.kind not in office]


def _finding(one: Field, text: str, number: int, found: Found) -> Finding:
    start, end = found.start, found.end
    return Finding(
        _key(one, number), one.code, one.label, found.kind, start, end,
        text[max(0, start - 20) : start], text[start:end], text[end : end + 20],
    )  # fmt: skip


def _key(one: Field, number: int) -> str:
    return f"{one.code}-{number}"


def _hidden(one: Field, text: str, kept: Collection[str]) -> str:
    found = _found_in(one, text)
    gone = [each for number, each in enumerate(found, start=1) if _key(one, number) not in kept]
    return hide(text, gone)


def hide(text: str, found: Iterable[Found]) -> str:
    """Return `text` with what was found replaced, from the last to the first."""
    for one in sorted(found, reverse=True):
        text = text[: one.start] + HIDDEN + text[one.end :]
    return text


def without_findings(
    title: str, body: Mapping[str, Any], findings: Iterable[Finding]
) -> tuple[str, dict[str, Any]]:
    """Return title and body with these findings gone from the texts themselves."""
    texts: dict[str, Any] = {TITLE.code: title, **body}
    for one in sorted(findings, key=lambda one: (one.field, one.start), reverse=True):
        texts[one.field] = hide(texts[one.field], [Found(one.start, one.end, one.kind)])
    return texts.pop(TITLE.code), texts

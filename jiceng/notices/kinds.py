"""The kinds of notice and what each makes public, from `data/kinds.yaml`. Pure."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from jiceng.notices.masking import NameRole

_FILE = Path(__file__).parent / "data" / "kinds.yaml"
FieldType = Literal["line", "text", "phone", "amount", "count", "day", "choice", "people"]
COLUMNS = {"name": "姓名", "group": "组", "duty": "职务", "amount": "金额（元）"}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a notice of some kind says."""

    code: str
    label: str
    type: FieldType
    required: bool = False
    public: bool = True
    choices: tuple[str, ...] = ()
    role: NameRole | Literal[""] = ""  # of the people in a list
    columns: tuple[str, ...] = ()  # of a list


@dataclass(frozen=True, slots=True)
class Kind:
    """What a notice may say in public, and the keys of the rules that bind it."""

    code: str
    title: str
    period: str  # how long it is open to objections
    board: str  # how long it stays on the village board at least
    answer: str  # within what time an objection is answered
    objections: bool
    fields: tuple[Field, ...]

    def field(self, code: str) -> Field | None:
        return next((field for field in self.fields if field.code == code), None)

    @property
    def public_fields(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.public)

    @property
    def rules(self) -> tuple[str, ...]:
        """The keys that must have a rule before a notice of this kind is released."""
        keys = [self.period, self.board, *([self.answer] if self.objections else [])]
        return tuple(dict.fromkeys(keys))


@functools.cache
def kinds() -> dict[str, Kind]:
    """Return the kinds by code, in the order of the file.

    Raises:
        ValueError: the file is faulty; a kind is never guessed at.
    """
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["kinds"]
    found = {entry["code"]: _kind(entry) for entry in read}
    faults = [fault for kind in found.values() for fault in faults_of(kind)]
    if faults or len(found) != len(read):
        raise ValueError("; ".join(faults) or "a kind stands twice")
    return found


def _kind(entry: dict[str, Any]) -> Kind:
    return Kind(**{**entry, "fields": tuple(_field(written) for written in entry["fields"])})


def _field(written: dict[str, Any]) -> Field:
    lists = {name: tuple(written.get(name, ())) for name in ("choices", "columns")}
    return Field(**{**written, **lists})


def faults_of(kind: Kind) -> list[str]:
    """Return what is wrong with a kind, for whoever edits the file."""
    codes = [field.code for field in kind.fields]
    faults = [f"{kind.code}: {code} stands twice" for code in set(codes) if codes.count(code) > 1]
    for field in kind.fields:
        at = f"{kind.code}.{field.code}"
        if field.type not in get_args(FieldType):
            faults.append(f"{at}: no type {field.type}")
        if (field.type == "people") != (field.role in get_args(NameRole)):
            faults.append(f"{at}: a list of people, and nothing else, has a role")
        if (field.type == "people") != bool(field.columns) or set(field.columns) - set(COLUMNS):
            faults.append(f"{at}: a list of people, and nothing else, has columns")
        if (field.type == "choice") != bool(field.choices):
            faults.append(f"{at}: a choice, and nothing else, has choices")
    return faults

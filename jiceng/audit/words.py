"""What an entry says, in the language of the page: from `data/actions.yaml`."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

_FILE = Path(__file__).parent / "data" / "actions.yaml"


@dataclass(frozen=True, slots=True)
class Said:
    """One field of a change; empty where there was or is nothing."""

    field: str
    before: str
    after: str
    private: bool = False  # only a digest is kept in the entry


@functools.cache
def _words() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return read


def actions() -> dict[str, str]:
    """Return every action by code, with its sentence, in the order of the file."""
    return {code: _(sentence) for code, sentence in _words()["actions"].items()}


def action_in_words(code: str) -> str:
    sentence = _words()["actions"].get(code)
    return _(sentence) if sentence else code


def change_in_words(change: str) -> list[Said]:
    """Return the fields that an entry's canonical text names, in alphabetical order."""
    read = json.loads(change)
    before, after = read.get("from", {}), read.get("to", {})
    said = [
        Said(_field(name), _shown(before.get(name)), _shown(after.get(name)))
        for name in sorted({*before, *after})
    ]
    return said + [Said(_field(name), "", "", True) for name in sorted(read.get("private", {}))]


def _field(name: str) -> str:
    words = _words()["fields"].get(name)
    return _(words) if words else name


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(_shown(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

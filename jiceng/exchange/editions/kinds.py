"""What a division is, told from its code and its name. Pure; the endings are data."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

WIDTHS = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}  # digits of a code that count at each level
FULL = 12
_DATA = Path(__file__).parent / "data" / "kinds.yaml"
_FIRST_ZONE = 70  # fifth and sixth digits from here on: no counties, zones of the statistics


@functools.cache
def _rules() -> Mapping[str, Any]:
    return yaml.safe_load(_DATA.read_text(encoding="utf-8"))


def padded(code: str) -> str:
    return code.ljust(FULL, "0")


def parent_code(code: str, level: int) -> str:
    """Return the padded code one level up; empty for a province."""
    return padded(code[: WIDTHS[level - 1]]) if level > 1 else ""


def ancestor_code(code: str, level: int) -> str:
    """Return the padded code of the division of `level` that a code lies in."""
    return padded(code[: WIDTHS[level]])


def fits(code: str, level: int) -> bool:
    """Say whether a padded code is one of `level`: its own digits not all zero, zeros after."""
    own = code[WIDTHS.get(level - 1, 0) : WIDTHS[level]]
    return own.strip("0") != "" and code[WIDTHS[level] :].strip("0") == ""


@functools.lru_cache(maxsize=100_000)
def kind_of(level: int, code: str, name: str) -> str:
    """Return the kind of a division (a value of registry's Kind)."""
    rules = _rules()["levels"][level]
    for kind, endings in rules.get("endings", {}).items():
        if name.endswith(tuple(endings)):
            return _by_code(level, code, kind)
    return str(rules["otherwise"])


def _by_code(level: int, code: str, kind: str) -> str:
    """Some counties are called 新区 and are counties all the same: their code says so."""
    if kind == "zone" and level == 3 and int(code[4:6]) < _FIRST_ZONE:
        return "county"
    return kind


@functools.lru_cache(maxsize=100_000)
def base_of(level: int, name: str) -> str:
    """Return what of a name stays when its kind changes; never empty for a name that is not."""
    for ending in _rules()["stripped"].get(level, ()):
        shorter = name.removesuffix(ending)
        if shorter:
            name = shorter
    return name

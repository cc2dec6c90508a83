"""The rules that come with the software: read once from `data/`, kept in memory."""

import functools
from pathlib import Path
from typing import Any

import yaml

from jiceng.rules import checking
from jiceng.rules.declarations import Matter, ShippedRule, Vocabulary
from jiceng.rules.reading import Reading, read

_DATA = Path(__file__).parent / "data"
_APART = {"laws.yaml", "words.yaml"}


def matters() -> dict[str, Matter]:
    """Return every matter by key, in the order of the files."""
    return _matters()


def matter(key: str) -> Matter | None:
    return _matters().get(key)


def rules_of(key: str) -> tuple[ShippedRule, ...]:
    found = _matters().get(key)
    return found.rules if found else ()


@functools.cache
def vocabulary() -> Vocabulary:
    return Vocabulary(**_load(_DATA / "words.yaml"))


def faults() -> list[str]:
    """Return every fault of the files, in words; asked when the site starts and by the tests."""
    reading = _reading()
    return reading.faults + checking.faults(reading.matters, vocabulary())


@functools.cache
def _matters() -> dict[str, Matter]:
    return {matter.key: matter for matter in _reading().matters}


@functools.cache
def _reading() -> Reading:
    files = [_load(path) for path in sorted(_DATA.glob("*.yaml")) if path.name not in _APART]
    return read(_load(_DATA / "laws.yaml"), files)


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))

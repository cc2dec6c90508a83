"""Beginnings of answers, so that nobody types the same politeness every day. Pure."""

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

from jiceng.orders import catalogue

_FILE = Path(__file__).parent / "data" / "answers.yaml"


@dataclass(frozen=True, slots=True)
class Answer:
    """Words to begin with, for some groups of kinds; for all where none is named."""

    code: str
    title: str
    text: str
    groups: tuple[str, ...] = ()


@functools.cache
def answers() -> tuple[Answer, ...]:
    """Return every beginning in the order of the file.

    Raises:
        ValueError: one names a group that the catalogue does not have.
    """
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["answers"]
    found = tuple(Answer(**{**row, "groups": tuple(row.get("groups", ()))}) for row in rows)
    known = set(catalogue.shipped().groups)
    wrong = sorted({group for one in found for group in one.groups} - known)
    if wrong:
        raise ValueError(f"答复模板写了目录没有的分组：{wrong}")
    return found


def answers_for(kind: str) -> tuple[Answer, ...]:
    """Return the beginnings that fit a kind of service."""
    group = catalogue.service(kind).group
    return tuple(one for one in answers() if not one.groups or group in one.groups)

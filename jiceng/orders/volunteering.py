"""What may be wished for and taken on: kinds of wishes and posts, and skills, as the files say. Pure."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class WishKind:
    """A kind of wish, and the skill that fits it."""

    code: str
    title: str
    group: str  # what the groups are called is in the file
    skill: str = ""

    @property
    def skills(self) -> tuple[str, ...]:
        return (self.skill,) if self.skill else ()


@dataclass(frozen=True, slots=True)
class PostKind:
    """A kind of welfare post; what it asks for is where a new post begins."""

    code: str
    title: str
    skills: tuple[str, ...]
    licence: str = ""  # what the law asks of who does it
    dangerous: bool = False
    of: str = ""  # what one takes on: a river section


@functools.cache
def wish_kinds() -> Mapping[str, WishKind]:
    return {row["code"]: WishKind(**row) for row in _read("wish-kinds")["kinds"]}


@functools.cache
def wish_groups() -> Mapping[str, str]:
    return dict(_read("wish-kinds")["groups"])


@functools.cache
def post_kinds() -> Mapping[str, PostKind]:
    rows = _read("welfare-posts")["kinds"]
    return {row["code"]: PostKind(**{**row, "skills": tuple(row["skills"])}) for row in rows}


@functools.cache
def skills() -> Mapping[str, str]:
    return dict(_read("welfare-posts")["skills"])


def submissions_per_minute() -> int:
    return int(_read("wish-kinds")["limits"]["submissions_per_minute"])


def wrong_codes() -> int:
    """Return how many wrong query codes within the half hour hold everybody up."""
    return int(_read("wish-kinds")["limits"]["wrong_codes_per_half_hour"])


def faults() -> list[str]:
    """Return what the files say that cannot be, for whoever edits them."""
    known, groups = skills(), wish_groups()
    wanted = [(kind.code, kind.skills) for kind in wish_kinds().values()]
    wanted += [(kind.code, kind.skills) for kind in post_kinds().values()]
    found = [
        f"{code}: no skill {one}" for code, asked in wanted for one in asked if one not in known
    ]
    return found + [
        f"{kind.code}: no group {kind.group}"
        for kind in wish_kinds().values()
        if kind.group not in groups
    ]


@functools.cache
def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((_DATA / f"{name}.yaml").read_text("utf-8"))
    return read

"""The items duties are named by, and what is asked of grids, from `data/`. Pure."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Duty:
    """A heading of duty lists; without a basis the law does not say whose it is."""

    code: str
    title: str
    basis: str = ""
    holder: str = ""  # whom the law names
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What stands on a grid's board, by which regulation."""

    fields: tuple[str, ...]
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Access:
    """What is asked of lists of what may be given to grids; the lists are a county's own."""

    rule: str
    source: str
    grade: str
    waits: str


@functools.cache
def duties() -> dict[str, Duty]:
    """Return the headings by code, in the order of the file."""
    return {row["code"]: Duty(**row) for row in _load("duty-list")["items"]}


@functools.cache
def access() -> Access:
    """Return what is asked of access lists."""
    raw = _load("grid-access")
    return Access(raw["rule"], raw["source"], raw["grade"], raw["waits"])


def posted(place: str = "") -> Posted:
    """Return what a board says at a place (its official code); elsewhere it is a practice."""
    raw = _load("grid-access")["posted"]
    here = bool(place) and place.startswith(raw["place"])
    return Posted(
        tuple(raw["fields"]),
        raw["source"] if here else raw["elsewhere"],
        raw["grade"] if here else "P",
    )


@functools.cache
def _load(name: str) -> Any:
    return yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))

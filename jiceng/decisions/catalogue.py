"""What a village decides and who may decide it: matters, bodies and the power list. Pure.

Read once from `data/`. A slot whose text is unknown is kept, numbered, and cannot be used.
"""

import datetime
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

_DATA = Path(__file__).parent / "data"
Affairs = Literal["village", "collective", "party", "plain"]
Decides = Literal["assembly", "either", "group", "members", "handled", ""]
Course = Literal["deliberations", "meeting", "collective", "members", "plain", ""]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the data and where it comes from; `place` begins the codes it holds for."""

    words: str
    source: str
    grade: str
    place: str = ""
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class GivesWay:
    """From when, and by which law, a matter is decided as another."""

    matter: str
    valid_from: datetime.date
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is put to a vote or handled, in a villager's words and in the law's."""

    code: str
    affairs: Affairs
    source: str
    grade: str
    valid_from: datetime.date
    words: str = ""
    says: tuple[str, ...] = ()
    text: str = ""
    decides: Decides = ""
    delegable: bool = False
    course: Course = ""
    place: str = ""
    passes: str = ""  # a rule of its own instead of the body's
    procedure: str = ""  # one of its own instead of its course's
    empty: bool = False
    gives_way: GivesWay | None = None
    must_first: tuple[Said, ...] = ()
    doubts: tuple[Said, ...] = ()
    then: tuple[Said, ...] = ()
    unsettled: tuple[Said, ...] = ()

    @property
    def reserved(self) -> bool:
        """Say that only the whole assembly may decide it, whatever it has delegated."""
        return self.decides == "assembly" and not self.delegable


@dataclass(frozen=True, slots=True)
class Body:
    """Who meets: the roll it is counted against and the rules of quorum, majority and notice."""

    code: str
    title: str
    roll: str
    quorum: tuple[str, ...]  # any one suffices; none: the law asks for none
    passes: str
    notice: str
    convened_by: str
    source: str
    grade: str
    valid_from: datetime.date
    other_roll: str = ""
    before: tuple[Said, ...] = ()
    how: tuple[Said, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(key for key in (*self.quorum, self.passes, self.notice) if key)


@dataclass(frozen=True, slots=True)
class Way:
    """The procedure that major matters take at a place."""

    place: str
    procedure: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class PowerClass:
    """A class of the power list; without a title while its text is unknown."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class PowerItem:
    """An item of the power list; without a title while its text is unknown."""

    number: int
    kind: Literal["public", "service"]
    title: str
    in_class: int | None = None
    matter: str = ""
    procedure: str = ""
    notice: str = ""
    documents: tuple[str, ...] = ()
    supervisor: str = ""
    supervisor_source: str = ""
    source: str = ""

    @property
    def empty(self) -> bool:
        return not self.title


@dataclass(frozen=True, slots=True)
class PowerList:
    """What a village's bodies and officers may do, class by class."""

    code: str
    title: str
    place: str
    source: str
    grade: str
    valid_from: datetime.date
    classes: tuple[PowerClass, ...]
    items: tuple[PowerItem, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that directing needs to know beside the village itself."""

    matters: dict[str, Matter]
    bodies: dict[str, Body]
    ways: tuple[Way, ...]
    must_first: dict[str, tuple[Said, ...]]  # by course
    doubts: dict[str, tuple[Said, ...]]

    def offered(self, place: str) -> list[Matter]:
        """Return the matters of a place in the order of the file, empty slots among them."""
        return [matter for matter in self.matters.values() if place.startswith(matter.place)]

    def offered_on(self, place: str, day: datetime.date) -> list[Matter]:
        """Return the matters of a place without those that are decided as another by then: the
        other one is offered.
        """
        return [
            matter
            for matter in self.offered(place)
            if matter.gives_way is None or day < matter.gives_way.valid_from
        ]

    def way(self, place: str) -> Way:
        """Return the procedure of major matters at a place: the nearest one that is known."""
        return max(
            (way for way in self.ways if place.startswith(way.place)),
            key=lambda way: len(way.place),
        )


@functools.cache
def shipped() -> Catalogue:
    """Return what is shipped in `data/matters.yaml` and `data/bodies.yaml`."""
    return read(_load("matters"), _load("bodies"))


@functools.cache
def power_list() -> PowerList:
    """Return the list shipped in `data/power-list.yaml`."""
    return read_power_list(_load("power-list"))


def read(matters: dict[str, Any], bodies: dict[str, Any]) -> Catalogue:
    """Read a catalogue from what YAML gives.

    Raises:
        TypeError, KeyError: a row lacks what it must have or has what nobody reads.
    """
    return Catalogue(
        matters={row["code"]: _matter(row) for row in matters["matters"]},
        bodies={row["code"]: _body(row) for row in bodies["bodies"]},
        ways=tuple(Way(**row) for row in matters["ways"]),
        must_first=_by_course(matters["must_first"]),
        doubts=_by_course(matters["doubts"]),
    )


def read_power_list(raw: dict[str, Any]) -> PowerList:
    """Read a power list from what YAML gives."""
    items = tuple(
        PowerItem(
            **{
                **{name: value for name, value in row.items() if name != "class"},
                "in_class": row.get("class"),
                "documents": tuple(row.get("documents") or ()),
            }
        )
        for row in raw["items"]
    )
    classes = tuple(PowerClass(**row) for row in raw["classes"])
    return PowerList(**{**raw, "classes": classes, "items": items})


def _load(name: str) -> Any:
    return yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _matter(row: dict[str, Any]) -> Matter:
    gives_way = row.get("gives_way")
    return Matter(
        **{
            **row,
            "says": tuple(row.get("says", ())),
            "gives_way": GivesWay(**gives_way) if gives_way else None,
            **{name: _said(row.get(name, ())) for name in ("must_first", "doubts", "then")},
            "unsettled": tuple(Said(grade="L", **said) for said in row.get("unsettled", ())),
        }
    )


def _body(row: dict[str, Any]) -> Body:
    said = {name: _said(row.get(name, ())) for name in ("before", "how")}
    return Body(**{**row, "quorum": tuple(row["quorum"]), **said})


def _said(rows: Iterable[dict[str, Any]]) -> tuple[Said, ...]:
    return tuple(Said(**row) for row in rows)


def _by_course(rows: Iterable[dict[str, Any]]) -> dict[str, tuple[Said, ...]]:
    found: dict[str, tuple[Said, ...]] = {}
    for row in rows:
        rest = {name: value for name, value in row.items() if name != "course"}
        found[row["course"]] = (*found.get(row["course"], ()), Said(**rest))
    return found

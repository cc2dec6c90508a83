"""What packages declare and the engines collect: frozen, no models, no framework."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["flow", "stock", "distinct"]
Words = Any  # a Chinese sentence, or one that is translated when it is shown


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that are counted: one model, and how a row belongs to a unit and to a day.

    With `end_field` a row is in force from its day until its end. With `replaced_within` it is
    in force until a later row with equal values in those fields (a dated fact, a rating). With
    neither, it happened on its day.
    """

    model: str  # "registry.Unit"; also what is marked as changed
    title: Words
    unit_field: str  # lookup of the number of the unit a row belongs to
    day_field: str  # the row's day, or the first day in force
    end_field: str = ""  # the first day no longer in force
    replaced_within: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()  # further models that conditions look at
    as_of: Callable[[datetime.date], Mapping[str, Any]] | None = None  # what conditions may name

    @property
    def code(self) -> str:
        return self.model


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted, from the rows of one source.

    A flow counts rows whose day lies in the period; a stock counts rows in force on the period's
    last day; a distinct count (of either) is never added up.
    """

    code: str
    title: Words
    unit: Words  # 个, 人, 户 …
    source: str  # code of a Source
    kind: Kind
    definition: Words
    condition: Any = None  # a Q; None takes every standing row
    value: Any = None  # a Django expression; None counts rows
    distinct_field: str = ""
    trees: tuple[str, ...] = ("division",)  # "organisation": rows of organisations count in both
    passes_on: bool = True  # False: a status, star or vote, never divided or inherited
    stated: Any = None  # a Q: rows by which a unit speaks for itself (see `replaced_within`)
    personal: bool = False  # rows are about persons: the drill page shows them by permission only


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate that keeps its numerator, denominator and definition."""

    code: str
    title: Words
    numerator: str  # code of a measure
    denominator: str
    definition: Words


@dataclass(frozen=True, slots=True)
class Permission:
    """Something a post may let its holder do."""

    code: str  # "registry.edit"
    title: Words
    description: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What a holder of a post (or one of the three administrators) may do in a subtree."""

    code: str  # "town.officer"
    title: Words
    permissions: tuple[str, ...]
    by_post: bool = True  # False: granted without a post, always with an end
    confirms: bool = False  # the responsible person; otherwise prepares
    falls_to: str = ""  # role that answers, here or above, while nobody holds this one


@dataclass(frozen=True, slots=True)
class Job:
    """Something the job process does again and again; may be repeated or cut short at any time."""

    code: str  # "audit.seal"
    title: Words
    every: int  # seconds from one end to the next beginning
    run: Callable[[datetime.datetime], object]  # given the moment it begins


@dataclass
class Registry:
    """Declarations collected by code; a code declared twice is a defect."""

    noun: str
    entries: dict[str, Any] = field(default_factory=dict)

    def add(self, *declarations: Any) -> None:
        for declaration in declarations:
            if declaration.code in self.entries:
                raise ValueError(f"{self.noun} {declaration.code} is declared twice")
            self.entries[declaration.code] = declaration

    def __getitem__(self, code: str) -> Any:
        return self.entries[code]

    def __iter__(self) -> Any:
        return iter(self.entries.values())

    def select(self, keep: Callable[[Any], bool]) -> list[Any]:
        return [entry for entry in self.entries.values() if keep(entry)]

"""What packages declare and the engines collect: frozen, no models, no framework."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["flow", "stock", "distinct"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted, from the rows of one source.

    `source` is "package.Model". A flow counts rows whose day lies in the period; a stock counts
    rows in force on the period's last day; a distinct count is never added up.
    """

    code: str
    title: str
    unit: str  # 个, 人, 户 …
    source: str
    kind: Kind
    unit_field: str  # lookup of the registry unit a row belongs to
    day_field: str  # flow: the row's day; stock: the first day in force
    end_field: str = ""  # stock: the first day no longer in force
    value: Any = None  # a Django expression; None counts rows
    condition: Any = None  # a Q; None takes every standing row
    distinct_field: str = ""
    tree: Literal["division", "organisation"] = "division"
    definition: str = ""
    personal: bool = False  # rows are about persons: the drill page shows them by permission only


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate that keeps its numerator, denominator and definition."""

    code: str
    title: str
    numerator: str  # code of a measure
    denominator: str
    definition: str


@dataclass(frozen=True, slots=True)
class Permission:
    """Something a post may let its holder do."""

    code: str  # "registry.edit"
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What a holder of a post (or one of the three administrators) may do in a subtree."""

    code: str  # "town.officer"
    title: str
    permissions: tuple[str, ...]
    by_post: bool = True  # False: granted without a post, always with an end
    confirms: bool = False  # the responsible person; otherwise prepares
    falls_to: str = ""  # role that answers, here or above, while nobody holds this one


@dataclass(frozen=True, slots=True)
class Job:
    """Something the job process does again and again; may be repeated or cut short at any time."""

    code: str  # "audit.seal"
    title: str
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

"""Rows on their way from a file into the register, and what is known around them."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiceng.access.queries import Scope
from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.core.refusals import Invalid
from jiceng.registry.models import Batch


class Unreadable(Invalid):
    """A cell whose text cannot be what its column asks for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: in which column, of what sort, and how to mend it."""

    column: str  # title; empty for the row as a whole
    what: str  # the sort, the same for all such rows: "代码重复"
    sentence: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What applying a row does to what stands already."""

    what: str  # the sort, the same for all such rows: "更名"
    sentence: str


@dataclass(slots=True)
class Row:
    """One row that is being checked or applied."""

    number: int  # as in the file
    values: dict[str, Any]  # by column key; None where the cell is empty
    decision: str = ""  # what a person decided about a doubtful row
    found: dict[str, Any] = field(default_factory=dict)  # what the check looked up
    faults: list[Fault] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)  # (decision, words) to choose from
    unchanged: bool = False  # the register holds it already, word for word
    changes: bool = False  # it changes what stands: written last, together with all such rows
    effects: list[Effect] = field(default_factory=list)
    seen: str = ""  # of what stands: it must be the same when the row is applied
    needs: list[int] = field(default_factory=list)  # rows without which it cannot be taken

    def fault(self, column: str, what: str, sentence: str) -> None:
        self.faults.append(Fault(str(column), str(what), str(sentence)))

    def tell(self, what: str, sentence: str) -> None:
        self.effects.append(Effect(str(what), str(sentence)))

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(slots=True)
class Context:
    """What a kind needs to know to check and apply rows. `journal` and `batch` are set while
    applying; `staged` returns rows of the same file by their keys, `staged_below` those that name
    one of the keys as their parent's.
    """

    day: datetime.date  # the day the file speaks of
    at: datetime.datetime
    today: datetime.date
    by: "User | str"
    scope: Scope | None  # None: everything (the system itself)
    staged: Callable[[Iterable[str]], Mapping[str, Row]]
    staged_below: Callable[[Iterable[str]], Sequence[Row]]
    batch: Batch | None = None
    journal: Journal | None = None

    @property
    def applying(self) -> bool:
        return self.journal is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an export is asked for: as of which day, and within which scope (None: all)."""

    day: datetime.date
    today: datetime.date
    scope: Scope | None

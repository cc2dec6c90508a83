"""What a package declares of the files it takes and gives: kinds, their columns, their acts."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from jiceng.core.declarations import Registry, Words
from jiceng.exchange.rows import Context, Reading, Row

Values = Mapping[str, Any]
Span = tuple[str, datetime.date, datetime.date, str]  # what is held, from, to, by whom
_ADDS = gettext_lazy("新增")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file. `parse` turns a cell's text into a value or raises Unreadable."""

    key: str
    title: str
    parse: Callable[[str], Any]
    required: bool = False
    help: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()  # what the template lets one pick
    else_day: bool = False  # an empty cell means the day of the file


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `check` finds what is wrong with a chunk of rows in a fixed number of statements and notes
    what they refer to in `row.found`; `apply` writes rows that have just been checked. A row's
    `key` names what must not stand twice in a file; `parent` the column that names the key of a
    row that has to come before it. `spans` gives the periods a row would hold, each under the
    name of what may hold only one a day: rows of one file that share a day are faulty, unless
    they name the same holder.

    Rows whose check says that they change what stands are applied after all others, in chunks or
    `at_once`, in the one transaction from which on everybody sees the import.
    """

    code: str
    title: Words
    description: Words
    columns: tuple[Column, ...]
    check: Callable[[Sequence[Row], Context], None]
    apply: Callable[[Sequence[Row], Context], None]
    export: Callable[[Reading], Iterator[Sequence[object]]]
    key: Callable[[Values], str]
    sources: tuple[str, ...]  # labels of the models it writes: what measures count anew
    writes: int  # rows written in the database for each row of the file, at most
    parent: str = ""
    spans: Callable[[Values], Sequence[Span]] = lambda _values: ()
    adds: Words = _ADDS  # what becomes of a row that changes nothing that stands
    at_once: bool = False  # rows that change what stands are one chunk: they lean on one another
    permissions: tuple[str, ...] = ()  # besides exchange.import and exchange.export
    order: int = 100

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


KINDS = Registry("kind of file")


def kinds() -> list[Kind]:
    """Return every declared kind in the order in which a new register is filled."""
    return sorted(KINDS, key=lambda kind: kind.order)

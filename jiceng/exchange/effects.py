"""What a checked import would do, row by row: asked for a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from django.utils.translation import gettext as _

from jiceng.exchange import folders
from jiceng.exchange.declarations import KINDS, Kind
from jiceng.exchange.models import Import
from jiceng.exchange.staged import Staged
from jiceng.exchange.staging import Staging

ADDED, UNCHANGED = "added", "unchanged"  # else the sort itself
_CELLS = 3  # of a row, by which it is recognised


@dataclass(frozen=True, slots=True)
class Sort:
    """How many rows would do one sort of thing."""

    code: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """A row, and in words what becomes of it."""

    number: int
    cells: list[str]
    sentences: list[str]


class Effects(Sequence[Told]):
    """All rows that would be taken, unchanged ones last, or those of one sort."""

    def __init__(self, path: Path, kind: Kind, what: str, count: int) -> None:
        self._path, self._kind, self._what, self._count = path, kind, what, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Told: ...
    @overload
    def __getitem__(self, place: slice) -> list[Told]: ...
    def __getitem__(self, place: int | slice) -> Told | list[Told]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        first, last, _step = place.indices(self._count)
        with Staging(self._path) as staging:
            rows = staging.effects(first, last - first, self._what)
        return [self._told(row) for row in rows]

    def _told(self, row: Staged) -> Told:
        sentences = [sentence for _what, sentence in row.effects]
        if not sentences:
            sentences = [_("没有变化") if row.unchanged else str(self._kind.adds)]
        return Told(row.number, [cell for cell in row.cells if cell][:_CELLS], sentences)


def effects_of(one: Import, what: str = "") -> tuple[list[Sort], Effects]:
    """Return how many rows would do what, and the rows of one sort, else all.

    Args:
        what: the code of a Sort; any other text means all.
    """
    kind, path = KINDS[one.kind], folders.staging_of(one)
    sorts = []
    if path.exists():
        with Staging(path) as staging:
            sorts = [
                Sort(code or ADDED, code or str(kind.adds), n)
                for code, n in staging.sorts_of_effects()
            ]
        if one.counts["unchanged"]:
            sorts.append(Sort(UNCHANGED, _("没有变化"), one.counts["unchanged"]))
    chosen = next((sort for sort in sorts if sort.code == what), None)
    rows = one.counts["good"] + one.counts["unchanged"] if sorts else 0
    return sorts, Effects(
        path, kind, chosen.code if chosen else "", chosen.count if chosen else rows
    )

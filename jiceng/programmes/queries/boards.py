"""A programme's board: every target at every unit, shortfall first. Reads verdicts only."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jiceng.programmes.definition import LEVELS, Target
from jiceng.programmes.models import Judging, Verdict
from jiceng.programmes.queries.judgings import (
    changes_wait,
    judging_on,
    latest_judging,
    opening_day,
)
from jiceng.programmes.queries.programmes import Seen
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.queries import ancestors_of, children_of, unit_on

MET, SHORT = Verdict.State.MET, Verdict.State.SHORT
NOT_APPLICABLE = Verdict.State.NOT_APPLICABLE


@dataclass(slots=True)
class Cell:
    """What a target comes to at a unit: its own verdict, or those of the places below it."""

    target: Target
    met: int = 0
    short: int = 0
    not_applicable: int = 0
    gap: int = 0
    beside: int = 0
    own: Verdict | None = None  # where exactly one place is judged: the unit itself

    def take(self, verdict: Verdict) -> None:
        self.met += verdict.state == MET
        self.short += verdict.state == SHORT
        self.not_applicable += verdict.state == NOT_APPLICABLE
        self.gap += verdict.gap
        self.beside += verdict.beside

    @property
    def places(self) -> int:
        return self.met + self.short + self.not_applicable

    @property
    def state(self) -> str:
        """Short if any place is short; met if any is met; else not applicable; empty: not asked."""
        if self.short:
            return SHORT
        if self.met:
            return MET
        return NOT_APPLICABLE if self.places else ""


@dataclass(slots=True)
class Row:
    """A unit below the board's own, with a cell for each target."""

    unit: Unit
    cells: list[Cell] = field(default_factory=list)

    @property
    def short(self) -> int:
        """How many targets are short here."""
        return sum(cell.short > 0 for cell in self.cells)

    @property
    def state(self) -> str:
        """Short if any target is; met if any is met; else nothing here is judged."""
        states = {cell.state for cell in self.cells}
        return next((state for state in (SHORT, MET) if state in states), NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Board:
    seen: Seen
    day: datetime.date
    judging: Judging | None  # None: nobody has computed the day
    waits: bool  # rows have changed since
    root: Unit
    trail: list[Unit]
    totals: list[Cell]
    rows: list[Row]

    @property
    def columns(self) -> list[Target]:
        """The targets that are asked of something in a unit below."""
        asked = {cell.target.code for row in self.rows for cell in row.cells if cell.places}
        return [target for target in self.seen.definition.targets if target.code in asked]

    @property
    def matrix(self) -> list[tuple[Row, list[Cell]]]:
        """The rows, each with the cells of `columns`."""
        wanted = {target.code for target in self.columns}
        return [
            (row, [cell for cell in row.cells if cell.target.code in wanted]) for row in self.rows
        ]

    @property
    def short(self) -> int:
        return sum(cell.short > 0 for cell in self.totals)


def board_of(seen: Seen, *, unit: int | None = None, day: datetime.date | None = None) -> Board:
    """Return the board of a programme at one of its units (the highest the user may see).

    It opens on the programme's day. Eight statements, whatever stands below.

    Raises:
        NoSuchThing: the user may not see the unit.
    """
    judging = _judging(seen, day)
    shown = judging.day if judging else day or opening_day(seen.programme, seen.today)
    number = unit or seen.top
    if number != seen.top:
        seen.refuse_outside([number])
    root = unit_on(number, shown)
    verdicts = list(_verdicts_below(judging, root.path)) if judging else []
    children = children_of(root.path, shown) if root.standing else []
    return Board(
        seen=seen,
        day=shown,
        judging=judging,
        waits=judging is not None and not seen.closed and changes_wait(judging),
        root=root,
        trail=_trail(seen, root, shown),
        totals=_totals(seen, root, verdicts),
        rows=_rows(seen, root, children, verdicts),
    )


def _judging(seen: Seen, day: datetime.date | None) -> Judging | None:
    if day is not None:
        return judging_on(seen.programme, day)
    return latest_judging(seen.programme, opening_day(seen.programme, seen.today))


def _verdicts_below(judging: Judging, path: str) -> Iterable[Verdict]:
    return Verdict.objects.filter(judging=judging, path__gte=path, path__lt=paths.end_of(path))


def _trail(seen: Seen, root: Unit, day: datetime.date) -> list[Unit]:
    """Return the units between the highest one the user may see and the board's own."""
    above = ancestors_of(root.path, day)
    numbers = [unit.pk for unit in above]
    return above[numbers.index(seen.top) :] if seen.top in numbers else []


def _totals(seen: Seen, root: Unit, verdicts: Iterable[Verdict]) -> list[Cell]:
    """Return every target's cell for the board's own unit, shortfall first."""
    cells = _cells(seen, root, verdicts)
    return sorted((cell for cell in cells if cell.places), key=lambda cell: not cell.short)


def _rows(seen: Seen, root: Unit, children: Iterable[Unit], verdicts: list[Verdict]) -> list[Row]:
    below: dict[str, list[Verdict]] = {}
    cut = len(root.path) + paths.WIDTH
    for verdict in verdicts:
        if not verdict.area_id:
            below.setdefault(verdict.path[:cut], []).append(verdict)
    rows = [
        Row(child, _cells(seen, child, below.get(child.path, [])))
        for child in children
        if child.level < LEVELS["village"]
    ]
    return sorted(rows, key=lambda row: -row.short)  # stable: within, in code order


def _cells(seen: Seen, unit: Unit, verdicts: Iterable[Verdict]) -> list[Cell]:
    cells: Mapping[str, Cell] = {target.code: Cell(target) for target in seen.definition.targets}
    for verdict in verdicts:
        if verdict.target in cells:
            cell = cells[verdict.target]
            cell.take(verdict)
            if verdict.unit_id == unit.pk:
                cell.own = verdict
    return list(cells.values())

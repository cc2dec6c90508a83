"""Staged rows as pages and workbooks show them: read from an import's staging file."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

GOOD, FAULTY, UNCHANGED, DOUBTFUL = range(4)


@dataclass(frozen=True, slots=True)
class Staged:
    """A row as it was sent, and what is known of it."""

    number: int
    cells: list[str]
    decision: str = ""
    doubts: tuple[tuple[str, str], ...] = ()
    seen: str = ""
    unchanged: bool = False
    effects: tuple[tuple[str, str], ...] = ()  # (sort, sentence)


class Shown:
    """What `staging.Staging` can show of its rows."""

    _db: sqlite3.Connection

    def first(self, count: int) -> list[Staged]:
        rows = self._db.execute("SELECT number, cells FROM rows ORDER BY number LIMIT ?", [count])
        return [Staged(number, json.loads(cells)) for number, cells in rows]

    def doubtful(self, count: int) -> list[Staged]:
        """Return rows that wait for a decision, or have had one."""
        rows = self._db.execute(
            "SELECT number, cells, decision, doubts FROM rows WHERE doubts <> ''"
            " ORDER BY state DESC, number LIMIT ?",
            [count],
        )
        return [
            Staged(n, json.loads(cells), decision, tuple(map(tuple, json.loads(doubts))))
            for n, cells, decision, doubts in rows
        ]

    def sorts_of_faults(self) -> list[tuple[str, str, int]]:
        """Return (column, what, how many rows), most first."""
        return self._db.execute(
            'SELECT "column", what, count(DISTINCT number) FROM faults GROUP BY 1, 2'
            " ORDER BY 3 DESC, 1, 2"
        ).fetchall()

    def faults(self, count: int) -> list[tuple[int, str, str]]:
        """Return the first faults: (row, column, sentence)."""
        return self._db.execute(
            'SELECT number, "column", sentence FROM faults ORDER BY number, rowid LIMIT ?', [count]
        ).fetchall()

    def faulty(self) -> Iterator[tuple[int, list[str], list[tuple[str, str]]]]:
        """Yield each faulty row: number, cells as sent, (column, sentence) of its faults."""
        rows = self._db.execute(
            'SELECT r.number, r.cells, json_group_array(json_array(f."column", f.sentence))'
            " FROM rows r JOIN faults f ON f.number = r.number GROUP BY r.number ORDER BY r.number"
        )
        for number, cells, faults in rows:
            yield number, json.loads(cells), [tuple(one) for one in json.loads(faults)]

    def sorts_of_effects(self) -> list[tuple[str, int]]:
        """Return (sort, how many good rows), most first; the sort is empty for rows that change
        nothing that stands.
        """
        return self._db.execute(
            "SELECT coalesce(e.what, ''), count(DISTINCT r.number) FROM rows r"
            " LEFT JOIN effects e ON e.number = r.number WHERE r.state = ?"
            " GROUP BY 1 ORDER BY 2 DESC, 1",
            [GOOD],
        ).fetchall()

    def effects(self, first: int, count: int, what: str = "") -> list[Staged]:
        """Return good and then unchanged rows, in the order of the file, with what they change.

        Args:
            what: "unchanged", "added" (what changes nothing that stands) or a sort of effect.
        """
        own = "EXISTS (SELECT 1 FROM effects e WHERE e.number = r.number"
        wanted, values = {
            "": ("r.state IN (?, ?)", [GOOD, UNCHANGED]),
            "unchanged": ("r.state = ?", [UNCHANGED]),
            "added": (f"r.state = ? AND NOT {own})", [GOOD]),
        }.get(what, (f"r.state = ? AND {own} AND e.what = ?)", [GOOD, what]))
        rows = self._db.execute(
            "SELECT r.number, r.cells, r.state, (SELECT json_group_array(json_array(e.what,"  # noqa: S608 - our own text
            " e.sentence)) FROM effects e WHERE e.number = r.number) FROM rows r"
            f" WHERE {wanted} ORDER BY r.state, r.number LIMIT ? OFFSET ?",
            [*values, count, first],
        )
        return [
            Staged(
                number,
                json.loads(cells),
                unchanged=state == UNCHANGED,
                effects=tuple(map(tuple, json.loads(effects))),
            )
            for number, cells, state, effects in rows
        ]

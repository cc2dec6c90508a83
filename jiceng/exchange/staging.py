"""Where an import's rows wait: a SQLite file beside the upload, on disk, whatever its size.

It holds no lock of the register's database, and is thrown away with the import.
"""

import datetime
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jiceng.exchange.rows import Effect, Fault
from jiceng.exchange.staged import DOUBTFUL, FAULTY, GOOD, UNCHANGED, Shown, Staged

__all__ = ["DOUBTFUL", "FAULTY", "GOOD", "UNCHANGED", "Staged", "Staging"]

_TABLES = """
    CREATE TABLE rows (
        number INTEGER PRIMARY KEY, cells TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0,
        key TEXT NOT NULL, parent TEXT NOT NULL, depth INTEGER, doubts TEXT NOT NULL DEFAULT '',
        decision TEXT NOT NULL DEFAULT '', place INTEGER, changes INTEGER NOT NULL DEFAULT 0,
        seen TEXT NOT NULL DEFAULT '', rooted INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE faults (number INTEGER NOT NULL, "column" TEXT NOT NULL, what TEXT NOT NULL,
                         sentence TEXT NOT NULL);
    CREATE TABLE spans (number INTEGER NOT NULL, held TEXT NOT NULL, start TEXT NOT NULL,
                        "end" TEXT NOT NULL, holder TEXT NOT NULL);
    CREATE TABLE effects (number INTEGER NOT NULL, what TEXT NOT NULL, sentence TEXT NOT NULL);
    CREATE TABLE needs (number INTEGER NOT NULL, other INTEGER NOT NULL);
    CREATE TABLE circling (number INTEGER PRIMARY KEY);
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_INDEXES = """
    CREATE INDEX rows_by_key ON rows (key);
    CREATE INDEX rows_by_parent ON rows (parent, depth);
    CREATE INDEX spans_by_held ON spans (held);
    CREATE INDEX effects_by_number ON effects (number);
"""
_DEPTH_INDEX = "CREATE INDEX rows_by_depth ON rows (depth, number)"


class Staging(Shown):
    """One import's rows. Use it as a context manager; `commit` keeps what was written."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        if fresh:
            for leftover in (path, *(path.with_name(path.name + e) for e in ("-wal", "-shm"))):
                leftover.unlink(missing_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if fresh:
            self._db.executescript(_TABLES)

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._db.close()

    def commit(self) -> None:
        self._db.commit()

    # What is known of the file as a whole

    def note(self, **values: Any) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO about VALUES (?, ?)",
            [(name, json.dumps(value, ensure_ascii=False)) for name, value in values.items()],
        )

    def noted(self, name: str) -> Any:
        row = self._db.execute("SELECT value FROM about WHERE name = ?", [name]).fetchone()
        return json.loads(row[0]) if row else None

    # Taking rows in

    def add(self, rows: Iterable[tuple[int, list[str], str, str]]) -> None:
        """Take (number, cells, key, parent's key)."""
        self._db.executemany(
            "INSERT INTO rows (number, cells, key, parent) VALUES (?, ?, ?, ?)",
            [(n, json.dumps(cells, ensure_ascii=False), key, up) for n, cells, key, up in rows],
        )

    def hold(self, spans: Iterable[tuple[int, str, datetime.date, datetime.date, str]]) -> None:
        """Note that a row would hold something from a day until another, for a holder."""
        self._db.executemany(
            "INSERT INTO spans VALUES (?, ?, ?, ?, ?)",
            [(n, held, a.isoformat(), b.isoformat(), holder) for n, held, a, b, holder in spans],
        )

    def index(self) -> None:
        self._db.executescript(_INDEXES)

    def fault(self, faults: Iterable[tuple[int, Fault]]) -> None:
        faults = list(faults)
        self._db.executemany(
            "INSERT INTO faults VALUES (?, ?, ?, ?)",
            [(number, f.column, f.what, f.sentence) for number, f in faults],
        )
        self._set_state(FAULTY, {number for number, _fault in faults})

    def unchanged(self, numbers: Iterable[int]) -> None:
        self._set_state(UNCHANGED, numbers)

    def doubt(self, doubts: Iterable[tuple[int, Sequence[tuple[str, str]]]]) -> None:
        self._db.executemany(
            "UPDATE rows SET doubts = ?, state = ? WHERE number = ?",
            [(json.dumps(one, ensure_ascii=False), DOUBTFUL, number) for number, one in doubts],
        )

    def changing(self, rows: Iterable[tuple[int, str]]) -> None:
        """Note rows that change what stands, and what they have seen of it: (number, seen). They
        are applied after all others.
        """
        self._db.executemany(
            "UPDATE rows SET changes = 1, seen = ? WHERE number = ?", [(s, n) for n, s in rows]
        )

    def rooted(self, numbers: Iterable[int]) -> None:
        """Note rows whose parent stands already, whatever becomes of its row in the file."""
        self._db.executemany("UPDATE rows SET rooted = 1 WHERE number = ?", [(n,) for n in numbers])

    def tell(self, effects: Iterable[tuple[int, Effect]]) -> None:
        self._db.executemany(
            "INSERT INTO effects VALUES (?, ?, ?)",
            [(number, effect.what, effect.sentence) for number, effect in effects],
        )

    def need(self, needs: Iterable[tuple[int, int]]) -> None:
        """Note that a row cannot be taken without another: (number, the other's number)."""
        self._db.executemany("INSERT INTO needs VALUES (?, ?)", list(needs))

    def decide(self, number: int, decision: str) -> bool:
        """Note a person's decision on a doubtful row; say whether it is one of those offered."""
        row = self._db.execute("SELECT doubts FROM rows WHERE number = ?", [number]).fetchone()
        offered = {one[0] for one in json.loads(row[0])} if row and row[0] else set()
        if decision not in offered:
            return False
        self._db.execute(
            "UPDATE rows SET decision = ?, state = ? WHERE number = ?", [decision, GOOD, number]
        )
        return True

    def _set_state(self, state: int, numbers: Iterable[int]) -> None:
        self._db.executemany(
            "UPDATE rows SET state = ? WHERE number = ?", [(state, number) for number in numbers]
        )

    # The whole file at once

    def twins(self) -> Iterator[tuple[int, int, str]]:
        """Yield rows whose key stands in another row too: (number, the other's number, key)."""
        yield from self._db.execute(
            "SELECT r.number, min(CASE WHEN o.number <> r.number THEN o.number END), r.key"
            " FROM rows r JOIN rows o ON o.key = r.key WHERE r.key <> ''"
            " AND r.key IN (SELECT key FROM rows GROUP BY key HAVING count(*) > 1)"
            " GROUP BY r.number ORDER BY r.number"
        ).fetchall()

    def overlapping(self) -> list[tuple[int, int]]:
        """Return rows that would hold on one day what another row holds: (number, the other's)."""
        return self._db.execute(
            "SELECT s.number, min(o.number) FROM spans s JOIN spans o ON o.held = s.held"
            ' AND o.number <> s.number AND s.start < o."end" AND o.start < s."end"'
            " WHERE s.holder = '' OR s.holder <> o.holder GROUP BY s.number ORDER BY s.number"
        ).fetchall()

    def order(self) -> None:
        """Give every row its depth: 0 when its parent is not in the file, or it stands in a
        circle, else one more than the parent's.
        """
        self._db.execute(
            "UPDATE rows SET depth = 0 WHERE parent = '' OR parent NOT IN (SELECT key FROM rows)"
        )
        self._go_down()
        self._find_circles()
        self._db.execute("UPDATE rows SET depth = 0 WHERE number IN (SELECT number FROM circling)")
        self._go_down()
        self._db.execute(_DEPTH_INDEX)

    def _go_down(self) -> None:
        depth = 0
        while self._db.execute(
            "UPDATE rows SET depth = ? WHERE depth IS NULL AND parent IN"
            " (SELECT key FROM rows WHERE depth = ?)",
            [depth + 1, depth],
        ).rowcount:
            depth += 1

    def _find_circles(self) -> None:
        """Of the rows without a depth, those that stand in a circle: not what hangs below one."""
        rows = self._db.execute(
            "SELECT number, key, parent FROM rows WHERE depth IS NULL"
        ).fetchall()
        below = Counter(parent for _number, _key, parent in rows)
        by_key = {key: (number, parent) for number, key, parent in rows}
        ends = [key for key in by_key if not below[key]]
        while ends:
            _number, parent = by_key.pop(ends.pop())
            below[parent] -= 1
            if not below[parent] and parent in by_key:
                ends.append(parent)
        self._db.executemany("INSERT INTO circling VALUES (?)", [(n,) for n, _p in by_key.values()])

    def circling(self) -> list[tuple[int, str, str]]:
        """Return the rows that stand in a circle: (number, key, parent's key)."""
        return self._db.execute(
            "SELECT r.number, r.key, r.parent FROM circling c JOIN rows r ON r.number = c.number"
            " ORDER BY r.number"
        ).fetchall()

    def orphans(self) -> list[tuple[int, int]]:
        """Return good rows whose parent stands in the file alone and will not be taken:
        (number, the parent's number).
        """
        return self._db.execute(
            "SELECT r.number, p.number FROM rows r JOIN rows p ON p.key = r.parent"
            " WHERE r.parent <> '' AND NOT r.rooted AND r.state IN (?, ?) AND p.state IN (?, ?)",
            [GOOD, DOUBTFUL, FAULTY, DOUBTFUL],
        ).fetchall()

    def deserted(self) -> list[tuple[int, int]]:
        """Return good rows that need one which will not be taken: (number, the other's number)."""
        return self._db.execute(
            "SELECT r.number, min(o.number) FROM needs n JOIN rows r ON r.number = n.number"
            " JOIN rows o ON o.number = n.other WHERE r.state IN (?, ?) AND o.state IN (?, ?)"
            " GROUP BY r.number ORDER BY r.number",
            [GOOD, DOUBTFUL, FAULTY, DOUBTFUL],
        ).fetchall()

    def line_up(self) -> int:
        """Number the good rows in the order in which they are applied, those that change what
        stands last; return how many.
        """
        self._db.execute("UPDATE rows SET place = NULL")
        self._db.execute(
            "UPDATE rows SET place = o.place FROM (SELECT number, row_number() OVER"
            " (ORDER BY changes, depth, number) - 1 AS place FROM rows WHERE state = ?) o"
            " WHERE o.number = rows.number",
            [GOOD],
        )
        self._db.execute("CREATE UNIQUE INDEX IF NOT EXISTS rows_by_place ON rows (place)")
        return self.counts()[GOOD]

    def count_changing(self) -> int:
        """Return how many good rows change what stands."""
        found = self._db.execute(
            "SELECT count(*) FROM rows WHERE state IN (?, ?) AND changes", [GOOD, DOUBTFUL]
        )
        return int(found.fetchone()[0])

    # Reading

    def counts(self) -> list[int]:
        """Return how many rows there are of each state."""
        found = [0, 0, 0, 0]
        for state, count in self._db.execute("SELECT state, count(*) FROM rows GROUP BY state"):
            found[state] = count
        return found

    def good(self, size: int) -> Iterator[list[Staged]]:
        """Yield the good rows in order, in chunks; each chunk is read when it is asked for."""
        depth, number = -1, -1
        while True:
            rows = self._db.execute(
                "SELECT number, cells, decision, depth FROM rows WHERE state = ?"
                " AND (depth, number) > (?, ?) ORDER BY depth, number LIMIT ?",
                [GOOD, depth, number, size],
            ).fetchall()
            if not rows:
                return
            number, depth = rows[-1][0], rows[-1][3]
            yield [Staged(row[0], json.loads(row[1]), row[2]) for row in rows]

    def at_places(self, first: int, size: int) -> list[Staged]:
        """Return the next good rows in line, none of which is another's parent nor changes what
        stands.
        """
        # The plus keeps SQLite from the index by depth: most rows of a file share one.
        rows = self._db.execute(
            "SELECT number, cells, decision FROM rows WHERE place >= ? AND place < ? AND changes = 0"
            " AND +depth = (SELECT depth FROM rows WHERE place = ?) ORDER BY place",
            [first, first + size, first],
        )
        return [Staged(number, json.loads(cells), decision) for number, cells, decision in rows]

    def changing_at(self, first: int, size: int) -> list[Staged]:
        """Return the next good rows in line that change what stands."""
        rows = self._db.execute(
            "SELECT number, cells, decision, seen FROM rows WHERE place >= ? AND place < ?"
            " AND changes = 1 ORDER BY place",
            [first, first + size],
        )
        return [Staged(n, json.loads(cells), decision, seen=s) for n, cells, decision, s in rows]

    def by_keys(self, keys: Sequence[str]) -> list[tuple[str, Staged]]:
        """Return the rows that bear one of the keys, each with its key."""
        return [(key, row) for key, row in self._where("key", keys)]

    def below(self, keys: Sequence[str]) -> list[Staged]:
        """Return the rows, not faulty as far as is known, whose parent bears one of the keys."""
        return [row for _key, row in self._where("parent", keys, f"AND state <> {FAULTY}")]

    def _where(
        self, column: str, values: Sequence[str], more: str = ""
    ) -> Iterator[tuple[str, Staged]]:
        for at in range(0, len(values), 500):
            some = values[at : at + 500]
            marks = ",".join("?" * len(some))
            rows = self._db.execute(
                f"SELECT number, {column}, cells FROM rows WHERE {column} IN ({marks}) {more}"  # noqa: S608 - our own text
                " ORDER BY number",
                some,
            )
            for number, value, cells in rows:
                yield value, Staged(number, json.loads(cells))

"""Finding units by name, part of a name, code, pinyin and initials; one function, two engines.

SQLite: an FTS5 table of bigrams keyed by UnitName. PostgreSQL: a GIN index
of bigrams and characters over SearchName.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection

from jiceng.core.bulk import insert, numbered
from jiceng.core.names import bigrams, readings, simplified
from jiceng.registry import paths
from jiceng.registry.models import SearchName

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit found, by the name it bore: the name may be a former one."""

    unit: int
    name: str
    kind: str
    path: str
    current: bool


def index_names(names: Iterable[tuple[int, str]]) -> None:
    """Make names searchable: (number of the UnitName, name). A repeat replaces."""
    stream = iter(names)
    while chunk := list(islice(stream, _CHUNK)):
        rows = [(pk, simplified(name), *readings(name)) for pk, name in chunk]
        numbers = [pk for pk, _name in chunk]
        SearchName.objects.filter(pk__in=numbered(numbers)).delete()
        insert(SearchName, ["name_id", "simplified", "pinyin", "initials"], rows)
        if connection.vendor == "sqlite":
            _index_bigrams(rows)


def _index_bigrams(rows: Sequence[tuple[int, str, str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM registry_search WHERE rowid = %s", [(row[0],) for row in rows]
        )
        cursor.executemany(
            "INSERT INTO registry_search (rowid, grams, pinyin, initials) VALUES (%s, %s, %s, %s)",
            [(pk, _grams(text), sound, first) for pk, text, sound, first in rows],
        )


def _grams(text: str) -> str:
    """Return bigrams and the last character: so each character begins one of the words."""
    return " ".join([*bigrams(text), text[-1:]])


def forget_names(numbers: Iterable[int]) -> None:
    """Take names (numbers of UnitName) out of the index, before their rows are removed."""
    gone = list(numbers)
    SearchName.objects.filter(pk__in=numbered(gone)).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM registry_search WHERE rowid = %s", [(number,) for number in gone]
            )


def find(
    text: str,
    *,
    day: datetime.date,
    tree: str = "",
    within: Sequence[str] | None = None,
    levels: Sequence[int] = (),
    limit: int = 20,
) -> list[Hit]:
    """Return units on `day` whose name, code or sound matches `text`, best first.

    Args:
        tree: only this tree; empty for both.
        within: path prefixes the reader may see; None for all, empty for nothing. An organisation
            is also seen from the division in which it stands.
        levels: only these levels of the division tree.
    """
    text = simplified(text)
    if not text or within == []:
        return []
    filters, more = _filters(tree, within, levels, day)
    condition, values = _condition(text, _Wanted(day, filters, more))
    statement = f"""
        SELECT p.unit_id, n.name, n.kind, p.path, n.valid_to > %s
        FROM registry_unitname n
        JOIN registry_searchname s ON s.name_id = n.id
        JOIN registry_unitpath p ON p.unit_id = n.unit_id
             AND p.valid_from <= %s AND p.valid_to > %s
        JOIN registry_unit u ON u.id = n.unit_id
        WHERE {condition} {filters}
          AND (p.batch_id IS NULL OR p.batch_id NOT IN
               (SELECT id FROM registry_batch WHERE finished_at IS NULL))
        ORDER BY s.simplified <> %s, u.level, length(s.simplified), p.path
        LIMIT %s
    """  # noqa: S608 - condition and filters are our own text; values are bound
    with connection.cursor() as cursor:
        cursor.execute(statement, [day, day, day, *values, *more, text, limit * 2])
        hits = [
            Hit(unit, name, kind, path, bool(current))
            for unit, name, kind, path, current in cursor.fetchall()
        ]
    return list({hit.unit: hit for hit in reversed(hits)}.values())[::-1][:limit]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which units may be found: asked before a list of candidates is cut, not only after."""

    day: datetime.date
    filters: str  # of `_filters`
    values: list[Any]

    def among(self, column: str) -> tuple[str, list[Any]]:
        """Return the condition that the unit or name numbered by `column` is wanted."""
        own = "n.id" if column.endswith("rowid") else "n.unit_id"
        condition = f"""EXISTS (
            SELECT 1 FROM registry_unitname n
            JOIN registry_unitpath p ON p.unit_id = n.unit_id
                 AND p.valid_from <= %s AND p.valid_to > %s
            JOIN registry_unit u ON u.id = n.unit_id
            WHERE {own} = {column} {self.filters})"""  # noqa: S608 - our own text
        return condition, [self.day, self.day, *self.values]


def _condition(text: str, wanted: _Wanted) -> tuple[str, list[Any]]:
    if text.isdigit():
        among, values = wanted.among("c.unit_id")
        return (
            "n.unit_id IN (SELECT c.unit_id FROM registry_unitcode c"  # noqa: S608 - our own text
            f" WHERE c.code >= %s AND c.code < %s AND {among} LIMIT 400)",
            [text, text + "~", *values],
        )
    if text.isascii():
        return _by_sound(text, wanted)
    return _by_characters(text, wanted)


def _by_sound(text: str, wanted: _Wanted) -> tuple[str, list[Any]]:
    if connection.vendor == "sqlite":
        word = "".join(ch for ch in text if ch.isalnum())
        return _matching(f'pinyin : "{word}"* OR initials : "{word}"*', wanted)
    return (
        "(s.pinyin >= %s AND s.pinyin < %s OR s.initials >= %s AND s.initials < %s)",
        [text, text + "~", text, text + "~"],
    )


def _by_characters(text: str, wanted: _Wanted) -> tuple[str, list[Any]]:
    if connection.vendor == "sqlite" and len(text) == 1 and text.isalnum():
        return _matching(f'grams : "{text}" *', wanted)
    if connection.vendor == "sqlite" and len(text) > 1:
        grams = " ".join(gram.replace('"', "") for gram in bigrams(text))
        return _matching(f'grams : "{grams}"', wanted)
    like, part = "s.simplified LIKE %s ESCAPE '!'", f"%{_escaped(text)}%"
    if connection.vendor == "postgresql":  # the index finds the grams, in any order
        return f"registry_grams(s.simplified) @> %s AND {like}", [list(bigrams(text)), part]
    return like, [part]


def _matching(query: str, wanted: _Wanted) -> tuple[str, list[Any]]:
    """Return the condition that a name is among the first 2,000 wanted ones that fit `query`."""
    among, values = wanted.among("registry_search.rowid")
    return (
        "n.id IN (SELECT rowid FROM registry_search"  # noqa: S608 - our own text
        f" WHERE registry_search MATCH %s AND {among} LIMIT 2000)",
        [query, *values],
    )


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _filters(
    tree: str, within: Sequence[str] | None, levels: Sequence[int], day: datetime.date
) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if tree:
        parts.append("AND u.tree = %s")
        values.append(tree)
    if levels:
        parts.append(f"AND u.level IN ({', '.join(['%s'] * len(levels))})")
        values.extend(levels)
    if within is not None:
        inside, bounds = _inside(within)
        parts.append(f"""AND ({inside.format(column="p.path")} OR EXISTS (
            SELECT 1 FROM registry_seat t
            JOIN registry_unitpath d ON d.unit_id = t.division_id
                 AND d.valid_from <= %s AND d.valid_to > %s
            WHERE t.organisation_id = n.unit_id AND t.valid_from <= %s AND t.valid_to > %s
              AND {inside.format(column="d.path")}))""")  # noqa: S608 - our own text
        values.extend([*bounds, day, day, day, day, *bounds])
    return " ".join(parts), values


def _inside(within: Sequence[str]) -> tuple[str, list[Any]]:
    """Return the condition that a path column lies at or below one of the prefixes."""
    ranges = " OR ".join(["({column} >= %s AND {column} < %s)"] * len(within))
    return f"({ranges})", [bound for prefix in within for bound in (prefix, paths.end_of(prefix))]

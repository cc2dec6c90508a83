"""Writing many rows at once: numbers reserved ahead, rows copied in, on both databases."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Return `count` numbers for new rows of `model`, in ascending order.

    Inside a transaction. On SQLite the write lock keeps others out; on PostgreSQL the sequence
    hands them out.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                # The sequence is looked up once; beside nextval it would be for each number.
                "SELECT nextval(named) FROM (SELECT pg_get_serial_sequence(%s, 'id') AS named"
                " OFFSET 0) one, generate_series(1, %s)",
                [table, count],
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return list(range(first, first + count))


def listed(values: Iterable[str]) -> RawSQL:
    """Return many texts as one parameter, for `field__in`: a mark for each costs 30 µs."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::text[])", [list(values)])
    return _unpacked(list(values))


def numbered(values: Iterable[int]) -> RawSQL:
    """Return many numbers as one parameter, for `field__in`. What no key can be matches nothing, as
    it does in Django's own lookups.
    """
    kept = [value for value in values if abs(value) <= models.BigIntegerField.MAX_BIGINT]
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [kept])
    return _unpacked(kept)


def _unpacked(values: list[Any]) -> RawSQL:
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(values)])


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write `rows`, whose values stand in the order of `fields` (attribute names, `unit_id`).

    Every field without a database default must be named; Python defaults do not apply.
    """
    columns = [_column(model, name) for name in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        stream = iter(rows)
        while chunk := list(islice(stream, 10_000)):
            cursor.executemany(statement, chunk)


def insert_all(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write new rows of one model whose numbers are known: what `bulk_create` does, at a third of
    its cost. Nothing is filled in: every field is as it stands in Python.
    """
    fields = list(model._meta.concrete_fields)
    prepared = [(field.attname, field.get_db_prep_save) for field in fields]
    insert(
        model,
        [field.attname for field in fields],
        (
            tuple(prepare(getattr(row, name), connection) for name, prepare in prepared)
            for row in rows
        ),
    )


def change(model: type[models.Model], values: Mapping[int, Mapping[str, Any]]) -> None:
    """Give rows, by number, new values of some fields (field or attribute names), all the same."""
    if not values:
        return
    names = list(next(iter(values.values())))
    fields = {f.name: f for f in model._meta.concrete_fields}
    fields |= {f.attname: f for f in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    pairs = ", ".join(f"{quote(str(fields[name].column))} = %s" for name in names)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {pairs} WHERE id = %s"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                (*(fields[name].get_db_prep_save(row[name], connection) for name in names), number)
                for number, row in values.items()
            ],
        )


def renew_statistics() -> None:
    """Tell the database how many rows its tables now hold, after a great many were written.

    Without it PostgreSQL plans the next statements as if the tables were still empty.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")


def renew_as_they_grow(tables: Iterable[type[models.Model]], before: int, after: int) -> None:
    """Renew the statistics of tables into which an act has written `after` rows, `before` of them
    earlier, each time they are about four times as many.

    PostgreSQL keeps the plan by which a session looks up foreign keys, until statistics change:
    a walk through the whole table, when that was small.
    """
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    grown = before.bit_length() // 2 < after.bit_length() // 2
    if names and grown and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def _column(model: type[models.Model], attribute: str) -> str:
    for field in model._meta.concrete_fields:
        if field.attname == attribute:
            return str(field.column)
    raise ValueError(f"{model.__name__} has no field {attribute}")


def remove(model: type[models.Model], numbers: Sequence[int]) -> None:
    """Delete rows by number. The caller has seen that nothing refers to them: the database
    refuses otherwise, when the transaction ends.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    gone, pk = numbered(numbers), connection.ops.quote_name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {pk} IN ({gone.sql})", gone.params)  # noqa: S608 - our own names

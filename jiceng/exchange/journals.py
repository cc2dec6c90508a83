"""The journal of an import, chunk by chunk: written small, read backwards.

A created row is kept as its number and a digest of its fields, so that the undoing can tell
whether anybody has touched it since.
"""

import datetime
import hashlib
import json
from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models

from jiceng.core.bulk import insert, numbered, reserve_ids
from jiceng.core.journal import Change, Created, Journal
from jiceng.exchange.models import Import, JournalChange, JournalPart

_PRINT = 8  # bytes


def write(one: Import, sequence: int, journal: Journal) -> str:
    """Keep one chunk's journal and return its SHA-256. Two or three statements, and one read for
    each model written.
    """
    created, changed = _sorted(journal)
    parts = [
        JournalPart(of=one, sequence=sequence, model=model, **_packed(model, numbers))
        for model, numbers in created.items()
    ]
    JournalPart.objects.bulk_create(parts)
    if changed:
        _write_changes(one, sequence, changed)
    return _digest(parts, changed)


def _write_changes(one: Import, sequence: int, changed: Sequence[Change]) -> None:
    numbers = reserve_ids(JournalChange, len(changed))
    insert(
        JournalChange,
        ["id", "of_id", "sequence", "model", "number", "before", "after"],
        (
            (number, one.pk, sequence, change.model, change.pk, *map(_text, _both(change)))
            for number, change in zip(numbers, changed, strict=True)
        ),
    )


def _sorted(journal: Journal) -> tuple[dict[str, "array[int]"], list[Change]]:
    """Return the rows created, by model, and those changed: each once, as it was before the chunk
    and as the chunk leaves it. What was created and then changed is created as it is left.
    """
    created: dict[str, array[int]] = defaultdict(lambda: array("q"))
    changed: dict[tuple[str, int], Change] = {}
    for part in journal.parts:
        if isinstance(part, Created):
            created[part.model].extend(part.numbers)
            continue
        key = (part.model, part.pk)
        if (old := changed.get(key)) is None:
            changed[key] = part
        else:
            before = {**(part.before or {}), **(old.before or {})}
            changed[key] = Change(*key, before, {**old.after, **part.after})
    both = {model for model, _number in changed} & created.keys()
    new = {model: set(created[model]) for model in both}
    kept = [one for one in changed.values() if one.pk not in new.get(one.model, ())]
    return created, kept


def _digest(parts: Sequence[JournalPart], changed: Sequence[Change]) -> str:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part.model.encode() + part.numbers + part.digests)
    for change in changed:
        line = [change.model, change.pk, *_both(change)]
        sha.update(json.dumps(line, sort_keys=True, default=str).encode())
    return sha.hexdigest()


def _packed(model: str, numbers: "array[int]") -> dict[str, bytes]:
    found = prints_of(model, numbers)
    return {
        "numbers": numbers.tobytes(),
        "digests": b"".join(found[number] for number in numbers),
    }


def created_by(part: JournalPart) -> dict[int, bytes]:
    """Return the digest of each row that a part says was created."""
    numbers = array("q", bytes(part.numbers))
    digests = bytes(part.digests)
    return {n: digests[at * _PRINT : (at + 1) * _PRINT] for at, n in enumerate(numbers)}


def prints_of(model: str, numbers: Sequence[int]) -> dict[int, bytes]:
    """Return a digest of every field of each row; a row that is gone has none.

    PostgreSQL makes them itself: all fields of half a million rows need not be fetched and hashed
    one by one.
    """
    table = apps.get_model(model)
    quote = connection.ops.quote_name
    columns = [quote(f.column) for f in table._meta.concrete_fields if not f.primary_key]
    wanted, pk = numbered(numbers), quote(str(table._meta.pk.column))
    rows = f"FROM {quote(table._meta.db_table)} WHERE {pk} IN ({wanted.sql})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = f"convert_to(ROW({', '.join(columns)})::text, 'UTF8')"
            cursor.execute(
                f"SELECT {pk}, substring(sha256({text}) for {_PRINT}) {rows}",
                wanted.params,
            )
            return dict(cursor.fetchall())
        names = ", ".join(f"CAST({column} AS text)" for column in columns)
        cursor.execute(f"SELECT {pk}, {names} {rows}", wanted.params)
        return {number: _print(values) for number, *values in cursor.fetchall()}


def _print(values: list[str | None]) -> bytes:
    return hashlib.blake2b(repr(values).encode(), digest_size=_PRINT).digest()


def _both(change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    return _plain(change.before or {}), _plain(change.after)


def _text(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


def plain(value: Any) -> Any:
    """Return a field's value as the journal keeps it: dates as text."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def restored(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return kept values as the model's fields hold them."""
    fields = {field.name: field for field in model._meta.concrete_fields} | {
        field.attname: field for field in model._meta.concrete_fields
    }
    return {name: fields[name].to_python(value) for name, value in values.items()}

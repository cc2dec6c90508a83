"""The hashes of the audit chain. Pure: rows in, hexadecimal digits out.

Source: docs/methods/audit.md, eq. 2–4.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable

FIRST = "0" * 64  # what the first block follows


def canonical(value: object) -> str:
    """Return the one text that stands for `value`: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def moment(at: datetime.datetime) -> str:
    """Return a time in UTC to the microsecond, the same on every database."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def leaf_of(columns: dict[str, object]) -> str:
    """Return the hash of one entry; `columns` is all of its row by column name."""
    row = {
        name: moment(value) if isinstance(value, datetime.datetime) else value
        for name, value in columns.items()
    }
    return _hash(canonical(row))


def root_of(leaves: Iterable[str]) -> str:
    return _hash("\n".join(leaves))


def chain_of(
    *, number: int, count: int, root: str, sealed_at: datetime.datetime, previous: str
) -> str:
    return _hash(
        canonical(
            {
                "number": number,
                "count": count,
                "root": root,
                "sealed_at": moment(sealed_at),
                "previous": previous,
            }
        )
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

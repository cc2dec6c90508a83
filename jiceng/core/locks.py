"""One at a time, across processes."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


def alone(name: str) -> None:
    """Wait until no other transaction holds `name`, and hold it until this one ends.

    Inside a transaction. On SQLite its write lock does it: transactions begin IMMEDIATE.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


@contextmanager
def alone_here(name: str) -> Iterator[bool]:
    """Hold `name` against every other process and thread of this machine, over many transactions;
    say whether it was free. What a killed process held is free again.

    For work in chunks on SQLite, whose database lies on the machine.
    """
    folder = settings.DATA_DIR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

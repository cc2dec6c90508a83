"""One at a time, across processes."""

from django.db import connection


def alone(name: str) -> None:
    """Wait until no other transaction holds `name`, and hold it until this one ends.

    Inside a transaction. On SQLite its write lock does it: transactions begin IMMEDIATE.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])

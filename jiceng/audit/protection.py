"""Triggers that refuse to alter what was written. Made anew after every migration: a table that
SQLite rebuilds loses its own.
"""

from django.db import connection

# The one change allowed, as the law may demand it: a personal value and its salt go together.
_ERASES_ONLY = (
    "NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.field = OLD.field"
    " AND NEW.value = '' AND NEW.salt = '' AND NEW.erased_at IS NOT NULL"
)
_WHOLE = ("audit_entry", "audit_block", "audit_leaf")
_PRIVATE = "audit_privatevalue"
_REFUSAL = "audit rows are written once"

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$
"""


def protect(**_: object) -> None:
    """Create the triggers on this database. Connected to `post_migrate`."""
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def triggers() -> list[tuple[str, str]]:
    """Return (trigger, table) of every trigger that `protect` creates on this database."""
    kinds = ["update", "delete"]
    if connection.vendor == "postgresql":
        kinds.append("truncate")
    return [(f"{table}_no_{kind}", table) for table in (*_WHOLE, _PRIVATE) for kind in kinds]


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {_kind(name)} ON {table} {_when(name, table)}"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for name, table in triggers()
    ]


def _postgresql() -> list[str]:
    return [_FUNCTION] + [
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {_kind(name)} ON {table}"
        f" FOR EACH {'STATEMENT' if _kind(name) == 'TRUNCATE' else 'ROW'} {_when(name, table)}"
        f" EXECUTE FUNCTION audit_refuse()"
        for name, table in triggers()
    ]


def _kind(name: str) -> str:
    return name.rpartition("_")[2].upper()


def _when(name: str, table: str) -> str:
    erasing = table == _PRIVATE and _kind(name) == "UPDATE"
    return f"WHEN (NOT ({_ERASES_ONLY}))" if erasing else ""

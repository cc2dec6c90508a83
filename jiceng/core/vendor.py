"""Vendor-specific SQL for migrations, in one place."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class VendorSQL(Operation):
    """Run one list of statements on SQLite and another on PostgreSQL."""

    reversible = True

    def __init__(
        self,
        *,
        sqlite: Sequence[str] = (),
        postgresql: Sequence[str] = (),
        undo_sqlite: Sequence[str] = (),
        undo_postgresql: Sequence[str] = (),
    ) -> None:
        self.sqlite = list(sqlite)
        self.postgresql = list(postgresql)
        self.undo_sqlite = list(undo_sqlite)
        self.undo_postgresql = list(undo_postgresql)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that Django's models know of changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, self.sqlite, self.postgresql)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, self.undo_sqlite, self.undo_postgresql)

    def _run(
        self, editor: BaseDatabaseSchemaEditor, sqlite: list[str], postgresql: list[str]
    ) -> None:
        for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
            editor.execute(statement)


def no_overlap(table: str, name: str, *columns: str, where: str = "") -> VendorSQL:
    """Return the exclusion constraint that PostgreSQL keeps beside the shared operation:
    rows equal in `columns`, of those that `where` names, share no day.
    """
    equal = ", ".join(f"{column} WITH =" for column in columns)
    of_rows = f" WHERE ({where})" if where else ""
    return VendorSQL(
        postgresql=[
            f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
            f"({equal}, daterange(valid_from, valid_to) WITH &&){of_rows} "
            f"DEFERRABLE INITIALLY DEFERRED"
        ],
        undo_postgresql=[f"ALTER TABLE {table} DROP CONSTRAINT {name}"],
    )


def no_overlap_by_statement(table: str, name: str, *columns: str) -> VendorSQL:
    """Return triggers by which PostgreSQL refuses rows that are equal in `columns` and share a
    day, checked set-wise after each statement.

    For tables that a country's register fills at once: an exclusion constraint costs 20 µs a
    row there, this one or two. The owner's lock keeps concurrent writers apart, which the
    triggers do not (docs/decisions/0003-overlaps-in-large-tables.md).
    """
    equal = " AND ".join(f"o.{column} = n.{column}" for column in columns)
    function = (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "  # noqa: S608 - our own names
        # The planner knows nothing of the fresh rows: probe the index for each of them.
        f"SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off "
        f"AS $$ BEGIN "
        f"IF EXISTS (SELECT 1 FROM fresh n JOIN {table} o ON {equal} AND o.id <> n.id "
        f"AND o.valid_from < n.valid_to AND n.valid_from < o.valid_to) THEN "
        f"RAISE EXCEPTION 'rows of {table} overlap' "
        f"USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{name}'; "
        f"END IF; RETURN NULL; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table} "
        f"REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        for event in ("INSERT", "UPDATE")
    ]
    return VendorSQL(
        postgresql=[function, *triggers], undo_postgresql=[f"DROP FUNCTION {name}() CASCADE"]
    )

"""A new, migrated database for each function: SQLite in a folder, or one of a PostgreSQL server."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextmanager
def data_folder() -> Iterator[Path]:
    """Keep secret key, files and SQLite of this run in a folder that goes away."""
    folder = Path(tempfile.mkdtemp(prefix="jiceng-bench-"))
    os.environ["JICENG_DATA_DIR"] = str(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def choose(server: str, name: str) -> str:
    """Point JICENG_DATABASE at an empty database; return how figures call its engine."""
    if not server:
        os.environ["JICENG_DATABASE"] = ""
        return "sqlite"
    with psycopg.connect(_address(server, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    os.environ["JICENG_DATABASE"] = _address(server, name)
    return "postgresql"


def _address(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))

"""What this installation runs on: version, database, disk, and the jobs that its packages declare."""

import shutil
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.utils.module_loading import module_has_submodule

from jiceng.core.declarations import Registry

VERSION = "0.1.0"
_NOT_THEIRS = "jiceng.project"  # runs the jobs, declares none


@dataclass(frozen=True, slots=True)
class Database:
    kind: str  # "SQLite", "PostgreSQL"
    version: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk that holds a folder, in bytes."""

    free: int
    total: int


def database() -> Database:
    """Two statements."""
    if connection.vendor == "postgresql":
        version, size = "SHOW server_version", "SELECT pg_database_size(current_database())"
    else:
        version = "SELECT sqlite_version()"
        size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    with connection.cursor() as cursor:
        cursor.execute(version)
        named = str(cursor.fetchone()[0])
        cursor.execute(size)
        return Database(str(connection.display_name), named, int(cursor.fetchone()[0]))


def disk_of(folder: Path) -> Disk:
    usage = shutil.disk_usage(folder)
    return Disk(usage.free, usage.total)


def declared_jobs() -> Registry:
    """Collect `JOBS` from every package's module `jobs`."""
    found = Registry("job")
    for config in apps.get_app_configs():
        if (
            config.name.startswith("jiceng.")
            and config.name != _NOT_THEIRS
            and module_has_submodule(config.module, "jobs")
        ):
            found.add(*import_module(f"{config.name}.jobs").JOBS)
    return found

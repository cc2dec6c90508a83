"""`python -m bench [--only GROUP] [--server postgres://…]`: one JSON line a figure.

Every function runs in a process of its own, so that neither memory nor caches are inherited.
"""

import argparse
import importlib
import os
import pkgutil
import subprocess
import sys

import django
from django.core.management import call_command

import bench
from bench.databases import choose, data_folder
from bench.figures import figures_of

TOOLS = {"__main__", "addresses", "clients", "country", "databases", "figures", "serving"}


def groups() -> list[str]:
    return [
        module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in TOOLS
    ]


def run_one(group: str, name: str, server: str) -> None:
    """Run one function on a database of its own and print its figures."""
    with data_folder():
        database = choose(server, f"bench_{group}_{name}")
        django.setup()
        call_command("migrate", verbosity=0)
        for found in vars(importlib.import_module(f"bench.{group}"))[name]():
            print(found.line(database), flush=True)


def run_groups(only: str, server: str) -> int:
    """Run every function of the groups, each in a process of its own; return 1 if one failed."""
    if only and only not in groups():
        sys.exit(f"no group {only}; there are: {', '.join(groups())}")
    with data_folder():
        django.setup()  # groups import models
        failed = 0
        for one in [
            one for group in ([only] if only else groups()) for one in _functions_of(group)
        ]:
            command = [sys.executable, "-m", "bench", "--one", one, "--server", server]
            if subprocess.run(command, check=False).returncode:
                print(f"{one} failed", file=sys.stderr)
                failed = 1
    return failed


def _functions_of(group: str) -> list[str]:
    module = importlib.import_module(f"bench.{group}")
    return [f"{group}.{function.__name__}" for function in figures_of(module)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", default="", help="one group")
    parser.add_argument("--server", default="", help="PostgreSQL server; empty: SQLite")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        group, name = asked.one.split(".")
        run_one(group, name, asked.server)
        return 0
    return run_groups(asked.only, asked.server)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiceng.project.settings")
    sys.exit(main())

"""What the house tests read: files of the tree, syntax trees, models, routes."""

import ast
import configparser
import importlib
import pkgutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import module_has_submodule

import jiceng

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "jiceng"


def place(path: Path, line: int | None = None) -> str:
    """Return how a fault names a file."""
    where = str(path.relative_to(ROOT))
    return f"{where}:{line}" if line else where


@cache
def tree_files() -> tuple[Path, ...]:
    """Return every file of the tree, without what is installed, built or ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return tuple(path for path in paths if path.is_file())


@cache
def parsed() -> dict[Path, ast.Module]:
    """Return the syntax tree of every Python file of the house, migrations left out."""
    return {
        path: ast.parse(path.read_text())
        for path in sorted(HOUSE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def strings_in(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


@cache
def layers() -> dict[str, int]:
    """Return each package's floor, 0 at the top, as .importlinter orders them."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    floors = contracts["importlinter:contract:house"]["layers"].split("\n")
    return {
        package.strip(): floor
        for floor, line in enumerate(line for line in floors if line.strip())
        for package in line.split("|")
    }


def models() -> list[type[Model]]:
    """Return every model of the house."""
    return [model for model in apps.get_models() if model.__module__.startswith("jiceng.")]


@cache
def import_everything() -> None:
    """Import every module of the house, so that subclasses can be walked."""
    for module in pkgutil.walk_packages(jiceng.__path__, "jiceng."):
        if ".migrations" not in module.name and not module.name.endswith(".__main__"):
            importlib.import_module(module.name)


def declared(module: str, name: str) -> list[Any]:
    """Return what every package lists under `name` in its `module`."""
    found: list[Any] = []
    for package in layers():
        if module_has_submodule(importlib.import_module(f"jiceng.{package}"), module):
            found += getattr(importlib.import_module(f"jiceng.{package}.{module}"), name, ())
    return found


def routes() -> Iterator[tuple[str, str, URLPattern]]:
    """Yield name with its name space, path, and pattern of every address of the site."""
    yield from _below(get_resolver(), "", "")


def _below(resolver: URLResolver, space: str, path: str) -> Iterator[tuple[str, str, URLPattern]]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _below(entry, inner, here)
        else:
            yield f"{space}{entry.name}", here, entry

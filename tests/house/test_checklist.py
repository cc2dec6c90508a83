"""docs/checklist.md is complete, and what it says works names a test that exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NUMBERED = {"S0": 53, "S1": 98, "S2": 50, "S3": 68, "S4": 70}
EXPECTED = ["S0-R1", *(f"{s}-{n}" for s, count in NUMBERED.items() for n in range(1, count + 1))]
SHOWN = {"works", "partly", "replaced"}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows(text: str) -> list[list[str]]:
    """Return the cells of every row of the checklist's tables."""
    lines = [line for line in text.splitlines() if re.match(r"\| S\d-", line)]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def faults(row: list[str], root: Path) -> list[str]:
    """Say in words what is wrong with one row."""
    if len(row) != 4 or not all(row):
        return [f"{row[0]}: four filled cells wanted"]
    number, _, state, where = row
    if state == "not yet":
        return [] if re.search(r"`[a-z]+`", where) else [f"{number}: names no package"]
    if state not in SHOWN:
        return [f"{number}: {state} is no state"]
    named = TEST.findall(where)
    missing = [f"{number}: no {path}::{name}" for path, name in named if not has(root, path, name)]
    return missing if named else [f"{number}: {state}, but names no test"]


def has(root: Path, path: str, name: str) -> bool:
    file = root / path
    if not file.is_file():
        return False
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))


@pytest.fixture(scope="module")
def checklist():
    return rows((ROOT / "docs" / "checklist.md").read_text(encoding="utf-8"))


def test_holds_each_of_the_340_rows_once(checklist):
    assert len(EXPECTED) == 340
    assert sorted(row[0] for row in checklist) == sorted(EXPECTED)


def test_names_a_package_for_what_waits_and_a_test_for_what_is_shown(checklist):
    assert [fault for row in checklist for fault in faults(row, ROOT)] == []


@pytest.mark.parametrize(
    ("state", "where", "wrong"),
    [
        ("works", "`tests/a.py::test_there`", False),
        ("replaced", "板 `tests/a.py::test_there`", False),
        ("works", "`tests/a.py::test_gone`", True),
        ("partly", "`tests/b.py::test_there`", True),
        ("works", "`measures`", True),
        ("not yet", "`measures`", False),
        ("not yet", "later", True),
        ("done", "`tests/a.py::test_there`", True),
        ("works", "", True),
    ],
)
def test_finds_a_row_that_claims_what_no_test_shows(tmp_path, state, where, wrong):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "a.py").write_text("def test_there():\n    pass\n")

    assert bool(faults(["S0-1", "…", state, where], tmp_path)) is wrong

"""Every operation leaves its entry, and every action has its sentence."""

import ast
import re

from jiceng.audit.words import actions
from tests.house.sources import layers, parsed, place

# A step of a larger act, whose one entry covers it.
COVERED = {"undo_chunk"}
# Figures are computed from records, and computed anew at any time; only closing them is an act.
DERIVED = "jiceng/measures/operations/"
ACT = "closing.py"

ACTION = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z_]+")


def _operations():
    """Yield (path, tree) of every module that changes things."""
    for path, tree in parsed().items():
        parts = path.with_suffix("").parts
        if any(part in {"operations", "editions", "imports"} for part in parts):
            yield path, tree


def _named_actions():
    packages = set(layers())
    for _path, tree in parsed().items():
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) else None
            if (
                isinstance(text, str)
                and ACTION.fullmatch(text)
                and text.partition(".")[0] in packages
            ):
                yield text


def test_every_action_has_its_sentence_and_every_sentence_its_action():
    assert sorted(set(_named_actions()) - actions().keys()) == []
    assert sorted(actions().keys() - set(_named_actions())) == []


def _calls(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


def _is_atomic(function):
    return any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_every_public_transaction_leaves_an_entry():
    """A function reaches `audit.record` by itself or through what it calls, by name."""
    functions = [
        (path, node)
        for path, tree in _operations()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    ]
    recording = {"record"}
    while True:
        more = {
            node.name
            for _path, node in functions
            if node.name not in recording and recording & set(_calls(node))
        }
        if not more:
            break
        recording |= more
    silent = [
        f"{place(path, node.lineno)} {node.name}"
        for path, node in functions
        if _is_atomic(node) and not node.name.startswith("_") and node.name not in recording
    ]

    facts = [one for one in silent if not one.startswith(DERIVED) or ACT in one]
    assert [one for one in facts if one.split()[-1] not in COVERED] == []

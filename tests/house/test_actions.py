"""Every operation leaves its entry, and every action has its sentence."""

import ast
import re

from jiceng.audit.words import actions
from tests.house.sources import parsed, place

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


def _takers():
    """Return the functions that take an `action`, and its place among their arguments."""
    takers = {}
    for _path, tree in parsed().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args]
                if "action" in names + [argument.arg for argument in node.args.kwonlyargs]:
                    takers[node.name] = names.index("action") if "action" in names else None
    return takers


def _named_actions():
    """Yield every action code that is written out where an entry is left."""
    takers = _takers()
    for _path, tree in parsed().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from _codes_of(node, takers)


def _written_out():
    for _path, tree in parsed().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _codes_of(call, takers):
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    given = [word.value for word in call.keywords if word.arg == "action"]
    place_of = takers.get(name)
    if place_of is not None and len(call.args) > place_of:
        given.append(call.args[place_of])
    for part in given:
        for node in ast.walk(part):
            if isinstance(node, ast.Constant) and ACTION.fullmatch(str(node.value)):
                yield node.value


def test_every_action_has_its_sentence_and_every_sentence_its_action():
    assert sorted(set(_named_actions()) - actions().keys()) == []
    assert sorted(actions().keys() - set(_written_out())) == []


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

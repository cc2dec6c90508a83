"""Rules of the house that an import checker cannot see."""

import ast

import pytest

from jiceng.core.refusals import Refusal
from tests.house.sources import HOUSE, import_everything, layers, models, parsed, place

INTERFACES = ("web", "portal", "api")
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}


def test_every_package_has_its_floor():
    packages = {path.parent.name for path in HOUSE.glob("*/__init__.py")}

    assert packages == set(layers())


def _upward(model):
    floors = layers()
    here = model._meta.app_label
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        target = field.remote_field and field.remote_field.model._meta.app_label
        if target in floors and target != here and floors[target] <= floors[here]:
            yield f"{model._meta.label}.{field.name} points at {target}"


def test_foreign_keys_point_downwards():
    assert [fault for model in models() for fault in _upward(model)] == []


def _interfaces():
    for path, tree in parsed().items():
        parts = path.relative_to(HOUSE).parts
        if parts[0] in INTERFACES or "commands" in parts:
            yield path, tree


def _queries_or_writes(node):
    if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
        return True
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not _of_operations(node.func.value)
    )


def _of_operations(node):
    """Calls like `operations.update(…)` are what an interface is for."""
    return isinstance(node, ast.Name) and node.id.endswith("operations")


def test_interfaces_neither_query_nor_write():
    found = [
        place(path, node.lineno)
        for path, tree in _interfaces()
        for node in ast.walk(tree)
        if _queries_or_writes(node)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("Unit.objects.filter()", True),
        ("unit.save()", True),
        ("operations.create(unit)", False),
        ("queries.units()", False),
    ],
)
def test_the_rule_for_interfaces_sees(code, is_found):
    assert any(_queries_or_writes(node) for node in ast.walk(ast.parse(code))) is is_found


def _refusals():
    import_everything()
    waiting, found = [Refusal], set()
    while waiting:
        kind = waiting.pop()
        found.add(kind.__name__)
        waiting += kind.__subclasses__()
    return found


def _is_dropped(node, refusals):
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    called = node.value.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in refusals or name.endswith(("Error", "Exception", "Denied"))


def test_no_exception_is_built_and_dropped():
    refusals = _refusals()
    found = [
        place(path, node.lineno)
        for path, tree in parsed().items()
        for node in ast.walk(tree)
        if _is_dropped(node, refusals)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [("NotPermitted('no')", True), ("raise NotPermitted('no')", False), ("print('no')", False)],
)
def test_the_rule_for_dropped_exceptions_sees(code, is_found):
    refusals = _refusals()

    assert any(_is_dropped(node, refusals) for node in ast.walk(ast.parse(code))) is is_found

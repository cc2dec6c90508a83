"""Every permission that is declared is asked for somewhere, and every one asked for is declared."""

import re

from jiceng.access.declarations import PERMISSIONS, ROLES
from tests.house.sources import HOUSE, parsed, place, strings_in

DECLARING = {"permissions.py"}
# Calls of the gate; the permission is among their arguments.
GATE = re.compile(
    r"\b(?:require|scope_of|roles_with|label_of|\w+_for)\([^()]*?[\"']([a-z]+\.[a-z_]+)[\"']", re.S
)

# Their pages are being built; this set only ever shrinks.
NOT_YET = {
    "procedures.view",
    "procedures.advance",
    "procedures.oversee",
}


def _asked_for():
    """Return every string of the code and of the templates that could name a permission."""
    in_code = {
        node.value
        for path, tree in parsed().items()
        if path.name not in DECLARING
        for node in strings_in(tree)
    }
    in_pages = {
        word
        for path in HOUSE.rglob("*.html")
        for word in re.findall(r"[\"']([a-z]+\.[a-z_]+)[\"']", path.read_text())
    }
    return in_code | in_pages


def test_every_permission_is_asked_for():
    assert sorted(set(PERMISSIONS.entries) - _asked_for() - NOT_YET) == []


def test_every_permission_that_the_gate_is_asked_for_is_declared():
    unknown = [
        f"{place(path)} asks for {code}"
        for path in parsed()
        for code in GATE.findall(path.read_text())
        if code not in PERMISSIONS.entries
    ]

    assert unknown == []


def test_every_permission_of_a_role_is_declared_and_each_is_given_to_one():
    given = {code for role in ROLES for code in role.permissions}

    assert given == set(PERMISSIONS.entries)

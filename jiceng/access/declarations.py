"""What may be permitted, and what each role permits: collected from every package."""

from dataclasses import replace
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission, Registry, Role

PERMISSIONS = Registry("permission")
ROLES = Registry("role")

_FILE = Path(__file__).parent / "data" / "roles.yaml"


def collect(declared: list[Permission]) -> None:
    """Take a package's permissions; called once for each package when the site is ready."""
    PERMISSIONS.add(*declared)


def load_roles() -> None:
    """Read the roles. A role that names an undeclared permission is found by a house test."""
    for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8"))["roles"]:
        role = Role(**{**entry, "permissions": tuple(entry["permissions"])})
        ROLES.add(replace(role, title=_(role.title)))


def roles_with(permission: str, *, confirming: bool = False) -> list[str]:
    """Return the codes of the roles that permit `permission`; with `confirming`, of those only
    that may confirm.
    """
    return [
        role.code
        for role in ROLES
        if permission in role.permissions and (role.confirms or not confirming)
    ]


def label_of(permission: str) -> str:
    return str(PERMISSIONS[permission].title)


def chain_of(role: str) -> list[str]:
    """Return `role` and those it falls to while it is vacant, nearest first."""
    chain = [role]
    while (above := ROLES[chain[-1]].falls_to) and above not in chain:
        chain.append(above)
    return chain


def roles_falling_to(role: str) -> list[str]:
    """Return the roles that `role` answers for while they are vacant, itself among them."""
    return [below.code for below in ROLES if role in chain_of(below.code)]

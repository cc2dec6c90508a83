"""What a user may do and where: read together, asked one by one."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Value

from jiceng.access.declarations import ROLES, roles_with
from jiceng.access.models import Grant
from jiceng.access.queries.scopes import Scope, reach_of, scope_within
from jiceng.accounts.models import User
from jiceng.registry.models import Membership
from jiceng.registry.queries import shown

MEMBER = "member"  # the role that comes with a membership, never by a grant
_KEPT = "_kept_rights"


@dataclass(frozen=True, slots=True)
class Rights:
    """The roles that a user holds on a day, each at a unit, and how far those units reach."""

    held: frozenset[tuple[str, int]]  # role, unit
    reach: Mapping[int, list[str]]

    def permissions(self) -> set[str]:
        """Return everything he may do somewhere."""
        codes = {role for role, _unit in self.held}
        return {name for role in ROLES if role.code in codes for name in role.permissions}

    def scope(self, permission: str, *, confirming: bool = False) -> Scope:
        roles = set(roles_with(permission, confirming=confirming))
        units = {unit for role, unit in self.held if role in roles}
        return scope_within({unit: self.reach[unit] for unit in units})


def keep_rights(user: User) -> None:
    """Read the rights of this `user` once from here on. For the user of one request: what he may
    do is judged as it was when the request first asked.
    """
    setattr(user, _KEPT, {})


def rights_of(user: User, today: datetime.date) -> Rights:
    """Return what `user` holds. Two statements, a third where a grant is at an organisation, three
    more where a unit has ended; none when they were kept.
    """
    kept: dict[datetime.date, Rights] = getattr(user, _KEPT, {})
    if today not in kept:
        kept[today] = _read(user, today)
    return kept[today]


def _read(user: User, today: datetime.date) -> Rights:
    held = Grant.objects.on(today).filter(user=user).values_list("role", "unit_id")
    if user.person_number:  # members need no grant for what is theirs
        own = Membership.objects.on(today).filter(person__number=user.person_number)
        as_member = shown(own).annotate(role=Value(MEMBER))
        held = held.union(as_member.values_list("role", "organisation_id"))
    pairs = frozenset(held)
    return Rights(pairs, reach_of({unit for _role, unit in pairs}, today))


def scope_of(
    user: User, permission: str, today: datetime.date, *, confirming: bool = False
) -> Scope:
    """Return where `user` may do what `permission` names. Statements as `rights_of`.

    With `confirming`, only by roles that confirm; a clerk prepares.

    A grant on a unit that has ended reaches where its heirs stand today.
    """
    return rights_of(user, today).scope(permission, confirming=confirming)


def permissions_of(user: User, today: datetime.date) -> set[str]:
    """Return everything `user` may do somewhere. Statements as `rights_of`."""
    return rights_of(user, today).permissions()

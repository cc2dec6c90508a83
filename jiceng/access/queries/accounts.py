"""Whose accounts one may open, reset and unlock; and what a user may do himself."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.declarations import ROLES, label_of
from jiceng.access.models import Grant
from jiceng.access.posts import table
from jiceng.access.queries.gate import NotVisible, covers_everything, require, units_within, within
from jiceng.access.queries.rights import MEMBER, rights_of, scope_of
from jiceng.access.queries.scopes import reach_of
from jiceng.accounts.models import User
from jiceng.registry.models import Person, Post, Unit
from jiceng.registry.queries import described, shown


def accounts_for(user: User, today: datetime.date, *, text: str = "") -> QuerySet[User]:
    """Return the accounts that `user` may reset and unlock; with `text`, whose name has it.

    An account is his to reset only if all it may do lies within his scope: who may reset an
    account may enter by it. Administrators' accounts are the security administrator's, and
    nobody's own is his own.
    """
    mine = Q(post__isnull=False) & _at_units_of(user, "access.accounts", today)
    mine |= Q(post=None) & _at_units_of(user, "access.grants", today)
    held = Grant.objects.filter(valid_to__gt=today)
    return (
        User.objects.filter(pk__in=held.filter(mine).values("user"))
        .exclude(pk__in=held.exclude(mine).values("user"))
        .filter(Q(username__icontains=text) | Q(display_name__icontains=text))
        .exclude(pk=user.pk)
        .order_by("username")
    )


def _at_units_of(user: User, permission: str, today: datetime.date) -> Q:
    """Return the condition that a grant is at a unit where `user` holds `permission`."""
    scope = scope_of(user, permission, today)
    if not scope:
        return Q(pk__in=[])
    if covers_everything(scope, today):
        return Q()
    # Fetched, not nested: the databases would look the tree up again for every grant.
    return Q(unit__in=list(Unit.objects.filter(within(scope, today)).values_list("pk", flat=True)))


def chosen_accounts(user: User, numbers: Collection[int], today: datetime.date) -> list[User]:
    """Return the accounts chosen on a page.

    Raises:
        NotVisible: one of them is not his to reset or unlock, or none was chosen.
    """
    found = list(accounts_for(user, today).filter(pk__in=numbers))
    if not found or len(found) != len(set(numbers)):
        raise NotVisible(_("请选择账号；所选的须都在您可管理的范围内。"))
    return found


def posts_without_account(user: User, unit: Unit, today: datetime.date) -> QuerySet[Post]:
    """Return the posts at `unit` and below, its organisations included, that bring something and
    whose holders have no account yet, by unit. Nothing is asked until they are read or counted.

    The caller has fetched `unit` through the gate with `access.accounts`.
    """
    scope = scope_of(user, "access.accounts", today)
    below = units_within(scope.narrowed(unit.path), today)
    people = Person.objects.filter(number__in=User.objects.values("person_number"))
    return (
        shown(Post.objects.on(today))
        .filter(role__in=table().roles, unit__in=below)
        .exclude(person__in=people.values("pk"))
        .select_related("person")
        .order_by("unit", "pk")
    )


@dataclass(frozen=True, slots=True)
class Held:
    """One grant, in words."""

    grant: Grant
    role: str
    unit: Unit
    permissions: list[str]


def grants_of(user: User, today: datetime.date) -> list[Held]:
    """Return what `user` may do, where, and until when. Three statements."""
    return _held(Grant.objects.on(today).filter(user=user), today)


@dataclass(frozen=True, slots=True)
class AsMember:
    """What a membership brings with it, in words; no grant is needed for it."""

    unit: Unit
    role: str
    permissions: list[str]


def rights_as_member(user: User, today: datetime.date) -> list[AsMember]:
    """Return what `user` may do as a member. One statement beside his rights, none if he is none."""
    units = {unit for role, unit in rights_of(user, today).held if role == MEMBER}
    role = ROLES[MEMBER]
    return [
        AsMember(unit, str(role.title), [label_of(name) for name in role.permissions])
        for unit in described(units, today).values()
    ]


def grants_by_user(users: Iterable[User], today: datetime.date) -> dict[int, list[Held]]:
    """Return what each of `users` may do. Three statements."""
    found: dict[int, list[Held]] = {user.pk: [] for user in users}
    for held in _held(Grant.objects.on(today).filter(user__in=found), today):
        found[held.grant.user_id].append(held)
    return found


def administrators_for(user: User, today: datetime.date) -> list[Held]:
    """Return the grants without a post that `user` gives and takes back.

    Raises:
        NotPermitted: he holds `access.grants` nowhere.
    """
    scope = require(user, "access.grants", today=today)
    found = _held(Grant.objects.on(today).filter(post=None), today)
    reach = reach_of({held.grant.unit_id for held in found}, today)
    return [held for held in found if scope.covers_any(reach[held.grant.unit_id])]


def administrator_grant_for(user: User, number: int, today: datetime.date) -> Grant:
    """Return one of `administrators_for`.

    Raises:
        NotVisible: no such grant there.
    """
    for held in administrators_for(user, today):
        if held.grant.pk == number:
            return held.grant
    raise NotVisible(_("没有这项授权，或者您无权查看。"))


def _held(grants: QuerySet[Grant], today: datetime.date) -> list[Held]:
    rows = list(grants.select_related("post", "user").order_by("unit", "role", "pk"))
    units = described({grant.unit_id for grant in rows}, today)
    return [
        Held(
            grant,
            ROLES[grant.role].title,
            units[grant.unit_id],
            [label_of(permission) for permission in ROLES[grant.role].permissions],
        )
        for grant in rows
    ]


def failed_log_ins_for(user: User, today: datetime.date) -> QuerySet[AccessFailureLog]:
    """Return the wrong passwords that are still kept: a security log, counted nowhere.

    A log-in or an unlocking does not clear it; only its time does.

    Raises:
        NotPermitted: he is not the security administrator.
    """
    require(user, "access.security_log", today=today)
    return AccessFailureLog.objects.order_by("-attempt_time", "-pk")


def locked_names(users: Iterable[User]) -> set[str]:
    """Return the account names that are locked out at the moment. One statement."""
    names = [user.username for user in users]
    attempts = AccessAttempt.objects.filter(
        username__in=names, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    )
    return set(attempts.values_list("username", flat=True))

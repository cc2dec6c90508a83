"""Whose accounts one may open, reset and unlock; and what a user may do himself."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.declarations import ROLES, label_of
from jiceng.access.models import Grant, HandOver
from jiceng.access.posts import Brought, brought_by
from jiceng.access.queries.gate import NotPermitted, NotVisible, require, within
from jiceng.access.queries.scopes import scope_of
from jiceng.accounts.models import User
from jiceng.registry.models import Person, Post, Unit
from jiceng.registry.queries import described, shown


def accounts_for(user: User, today: datetime.date) -> QuerySet[User]:
    """Return the accounts that `user` may reset and unlock.

    An account is his to reset only if all it may do lies within his scope: who may reset an
    account may enter by it. Administrators' accounts are the security administrator's, and
    nobody's own is his own.
    """
    inside = Unit.objects.filter(within(scope_of(user, "access.accounts", today), today))
    guarded = Unit.objects.filter(within(scope_of(user, "access.grants", today), today))
    held = Grant.objects.filter(user=OuterRef("pk"), valid_to__gt=today)
    mine = Q(post__isnull=False, unit__in=inside.values("pk"))
    mine |= Q(post=None, unit__in=guarded.values("pk"))
    return (
        User.objects.filter(Exists(held.filter(mine)), ~Exists(held.exclude(mine)))
        .exclude(pk=user.pk)
        .order_by("username")
    )


def chosen_accounts(user: User, numbers: Collection[int], today: datetime.date) -> list[User]:
    """Return the accounts chosen on a page.

    Raises:
        NotVisible: one of them is not his to reset or unlock, or none was chosen.
    """
    found = list(accounts_for(user, today).filter(pk__in=numbers))
    if not found or len(found) != len(set(numbers)):
        raise NotVisible(_("请选择账号；所选的须都在您可管理的范围内。"))
    return found


def posts_without_account(
    user: User, unit: Unit, today: datetime.date
) -> tuple[list[Brought], dict[int, Unit]]:
    """Return the posts at `unit` and below, its organisations included, whose holders have no
    account yet, each once with what it brings; and the units by number.

    The caller has fetched `unit` through the gate with `access.accounts`.
    """
    scope = scope_of(user, "access.accounts", today)
    below = Unit.objects.filter(within(scope.narrowed(unit.path), today))
    people = Person.objects.filter(number__in=User.objects.values("person_number"))
    posts = (
        shown(Post.objects.on(today))
        .filter(unit__in=below.values("pk"))
        .exclude(person__in=people.values("pk"))
        .select_related("person")
        .order_by("unit", "pk")
    )
    first = {row.post.pk: row for row in reversed(brought_by(posts, today))}
    rows = sorted(first.values(), key=lambda row: (row.post.unit_id, row.post.pk))
    return rows, described({row.post.unit_id for row in rows}, today)


def post_for(user: User, number: int, today: datetime.date) -> Post:
    """Return a post, ended or not, whose unit lies where `user` administers accounts.

    Raises:
        NotVisible: no such post there.
    """
    inside = Unit.objects.filter(within(scope_of(user, "access.accounts", today), today))
    posts = shown(Post.objects.filter(pk=number, unit__in=inside.values("pk")))
    post = posts.select_related("person").first()
    if post is None:
        raise NotVisible(_("没有这个岗位，或者您无权查看。"))
    return post


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


def administrators_for(user: User, today: datetime.date) -> list[Held]:
    """Return the grants without a post that `user` gives and takes back.

    Raises:
        NotPermitted: he holds `access.grants` nowhere.
    """
    scope = require(user, "access.grants", today=today)
    inside = Unit.objects.filter(within(scope, today)).values("pk")
    return _held(Grant.objects.on(today).filter(post=None, unit__in=inside), today)


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


def hand_overs_waiting_for(user: User, today: datetime.date) -> QuerySet[HandOver]:
    """Return the lists that `user` is to confirm: of posts he has taken over."""
    taken = Grant.objects.on(today).filter(
        user=user, post__unit=OuterRef("post__unit"), post__role=OuterRef("post__role")
    )
    return (
        HandOver.objects.filter(Exists(taken), confirmed_at=None, post__valid_to__lte=today)
        .exclude(post__person__number=user.person_number)
        .select_related("post__person")
        .order_by("listed_at")
    )


def hand_over_for(user: User, number: int, today: datetime.date) -> HandOver:
    """Return a list that `user` is to confirm, or that he drew up.

    Raises:
        NotVisible: neither.
    """
    waiting = hand_overs_waiting_for(user, today).filter(pk=number).first()
    if waiting is not None:
        return waiting
    hand_over = HandOver.objects.select_related("post__person", "confirmed_by").filter(pk=number)
    found = hand_over.first()
    if found is None:
        raise NotVisible(_("没有这份交接清单，或者您无权查看。"))
    post_for(user, found.post_id, today)
    return found


def require_confirmer(user: User, permission: str, *, unit: Unit, today: datetime.date) -> None:
    """Make sure that `user` may confirm, not only prepare: he holds the permission at the unit by
    a role that answers for it. Who prepared and who confirmed may be one responsible person.

    Raises:
        NotPermitted: he holds it as a clerk, or not there.
    """
    scope = scope_of(user, permission, today, confirming=True)
    if not scope.covers(unit.path):
        raise NotPermitted(
            _("“%s”须由负责人确认；您可以经办，请提交负责人。") % label_of(permission)
        )


def failed_log_ins_for(user: User, today: datetime.date) -> QuerySet[AccessAttempt]:
    """Return the wrong passwords that are still kept: a security log, counted nowhere.

    Raises:
        NotPermitted: he is not the security administrator.
    """
    require(user, "access.security_log", today=today)
    return AccessAttempt.objects.order_by("-attempt_time")


def locked_names(users: Collection[User]) -> set[str]:
    """Return the account names that are locked out at the moment. One statement."""
    names = [user.username for user in users]
    attempts = AccessAttempt.objects.filter(
        username__in=names, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    )
    return set(attempts.values_list("username", flat=True))

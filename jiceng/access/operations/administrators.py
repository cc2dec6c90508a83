"""The three administrators: separate people, granted without a post, always until a day."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jiceng.access.declarations import ROLES
from jiceng.access.models import Grant
from jiceng.access.operations.accounts import replace_codes
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.periods import DAY
from jiceng.core.refusals import Conflict, Denied, Invalid

LONGEST = datetime.timedelta(days=3 * 366)  # at most; who still serves is granted anew


class NotAnAdministrator(Invalid):
    """The role comes with a post; it is not granted by hand."""


class WrongEnd(Invalid):
    """The last day is past, or too far away."""


class HoldsAnother(Conflict):
    """One person may not hold two of the three roles."""


class OwnGrant(Denied):
    """Nobody gives himself a role, or takes his own away."""


@transaction.atomic
def appoint_administrator(
    *,
    username: str,
    display_name: str,
    role: str,
    unit: int,
    until: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> tuple[User, str]:
    """Make one of the three administrators of `unit` and all below; the account is opened when
    there is none of this name. Return the user and a one-time code, empty for a known account.

    Args:
        until: the last day of the grant.

    Raises:
        NotAnAdministrator, WrongEnd, HoldsAnother, OwnGrant: as the names say.
    """
    user, created = User.objects.get_or_create(
        username=username,
        defaults={"display_name": display_name, "password": "!", "created_at": at},
    )
    grant = _grant(user, role, unit, until, by, at)
    audit.record(
        action="access.administrator.appointed",
        subject=user,
        subject_text=str(user),
        unit=unit,
        by=by,
        at=at,
        key=key,
        after={"grant": grant.pk, "role": role, "until": until},
    )
    return user, replace_codes([user], at)[user.pk] if created else ""


@transaction.atomic
def withdraw_grant(
    grant: Grant, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> None:
    """Take back an administrator's grant, from now on.

    Raises:
        NotAnAdministrator: it hangs on a post; end the post instead.
        OwnGrant: it is one's own.
    """
    if grant.post_id is not None:
        raise NotAnAdministrator(_("这项权限随岗位而来。请在名录中结束任职，权限即止。"))
    if grant.user == by:
        raise OwnGrant(_("不能收回自己的权限，请由另一位安全管理员办理。"))
    today = day_of(at)
    before = {"valid_to": grant.valid_to}
    if grant.valid_from >= today:
        grant_number = grant.pk  # a grant that began today never held: the entry tells of it
        grant.delete()
        grant.pk = grant_number
    else:
        Grant.objects.filter(pk=grant.pk, valid_to__gt=today).update(valid_to=today)
    audit.record(
        action="access.administrator.withdrawn",
        subject=f"{Grant._meta.label_lower}:{grant.pk}",
        subject_text=str(grant.user),
        unit=grant.unit_id,
        by=by,
        at=at,
        key=key,
        before=before,
        after={"valid_to": today},
    )


def _grant(
    user: User,
    role: str,
    unit: int,
    until: datetime.date,
    by: "User | str",
    at: datetime.datetime,
) -> Grant:
    today = day_of(at)
    if role not in {declared.code for declared in ROLES if not declared.by_post}:
        raise NotAnAdministrator(_("只有三类管理员可以直接授予；其他权限随岗位而来。"))
    if not today <= until <= today + LONGEST:
        raise WrongEnd(_("截止日须在今天之后、三年之内。"))
    if user == by:
        raise OwnGrant(_("不能给自己授权，请由另一位安全管理员办理。"))
    _refuse_another_role(user, role, today)
    return Grant.objects.create(
        user=user,
        role=role,
        unit_id=unit,
        valid_from=today,
        valid_to=until + DAY,
        recorded_at=at,
    )


def _refuse_another_role(user: User, role: str, today: datetime.date) -> None:
    """One person, not one account: accounts made for the same person count together."""
    same_person = Q(pk=user.pk)
    if user.person_number:
        same_person |= Q(person_number=user.person_number)
    accounts = list(User.objects.select_for_update().filter(same_person).order_by("pk"))
    others = Grant.objects.filter(user__in=accounts, post=None, valid_to__gt=today)
    if held := others.exclude(role=role).first():
        raise HoldsAnother(
            _("%(who)s已是%(role)s。系统、安全、审计三类管理员须由三人分任。")
            % {"who": user.display_name, "role": ROLES[held.role].title}
        )

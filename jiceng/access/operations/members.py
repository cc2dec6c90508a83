"""Accounts of members: their rights come from membership, and end with it."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.access.operations.accounts import replace_codes
from jiceng.access.operations.opening import Slip
from jiceng.accounts.models import User
from jiceng.accounts.queries import users_of_persons
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.refusals import Conflict, Invalid
from jiceng.registry.models import Membership
from jiceng.registry.queries import shown

MEMBERS_AT_ONCE = 900  # an account and a code each: under 2,000 rows in a transaction


class TooManyMembers(Invalid):
    """More memberships than one transaction takes."""


class NoMember(Conflict):
    """A membership does not hold today."""


@transaction.atomic
def open_member_accounts(
    memberships: Sequence[int],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> list[Slip]:
    """Make accounts for members, and return a slip for each account that is new.

    Raises:
        TooManyMembers: more than 900 memberships.
        NoMember: a membership does not hold today.
    """
    if len(memberships) > MEMBERS_AT_ONCE:
        raise TooManyMembers(_("一次最多为 %s 名党员开户，请分批办理。") % MEMBERS_AT_ONCE)
    rows = list(
        shown(Membership.objects.on(day_of(at)))
        .filter(pk__in=set(memberships))
        .select_related("person")
        .order_by("pk")
    )
    if len(rows) != len(set(memberships)):
        raise NoMember(_("有人今天不是这个组织的党员，请刷新名单后再开户。"))
    known = users_of_persons(row.person.number for row in rows)
    fresh = [
        User(
            username=row.person.number,
            display_name=row.person.name,
            person_number=row.person.number,
            created_at=at,
        )
        for row in rows
        if row.person.number not in known
    ]
    for user in fresh:
        user.set_unusable_password()
    User.objects.bulk_create(fresh)
    codes = replace_codes(fresh, at)
    audit.record(
        action="access.account.opened",
        subject=rows[0] if rows else "registry.membership:0",
        unit=rows[0].organisation_id if rows else None,
        by=by,
        at=at,
        key=key,
        after={"accounts": sorted(user.username for user in fresh)},
        count=len(rows),
    )
    organisation_of = {row.person.number: row.organisation_id for row in rows}
    return [
        Slip(user, str(_("党员")), organisation_of[user.username], codes[user.pk]) for user in fresh
    ]

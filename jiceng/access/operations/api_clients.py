"""Keys of the API are issued for a purpose and a time, and ended. The key is told once."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.access.operations.administrators import LONGEST, WrongEnd
from jiceng.accounts.clients import KEY, SCOPES, draw_key
from jiceng.accounts.codes import digest_of
from jiceng.accounts.models import ApiClient, User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.refusals import Conflict, Invalid, NotFound


class WrongTerms(Invalid):
    """A key needs a name, known scopes and a rate."""


class HasAKey(Conflict):
    """A client of this name holds a key."""


class NoSuchClient(NotFound):
    """No client of this name holds a key."""


@transaction.atomic
def issue_key(
    *,
    name: str,
    scopes: Collection[str],
    per_minute: int,
    until: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> tuple[ApiClient, str]:
    """Give a program a key; the caller has checked that `by` may.

    Args:
        until: the last day on which it holds.

    Raises:
        WrongTerms, WrongEnd, HasAKey.
    """
    name = name.strip()
    if not name or per_minute < 1 or not scopes or set(scopes) - set(SCOPES):
        raise WrongTerms(_("请写明名称、每分钟次数和范围（%s）。") % "、".join(SCOPES))
    if not day_of(at) <= until <= day_of(at) + LONGEST:
        raise WrongEnd(_("期限须在今天之后，最长三年。"))
    if ApiClient.objects.filter(name=name).exists():
        raise HasAKey(_("已有名为“%s”的接口用户。请换一个名称，停用的名称不再使用。") % name)
    drawn = draw_key()
    client = ApiClient.objects.create(
        name=name,
        digest=digest_of(KEY, drawn),
        scopes=" ".join(sorted(set(scopes))),
        per_minute=per_minute,
        issued_at=at,
        ends_on=until + datetime.timedelta(days=1),
    )
    after = {"scopes": client.scopes, "per_minute": per_minute, "until": str(until)}
    audit.record(
        action="access.api_key.issued",
        subject=client,
        subject_text=name,
        by=by,
        at=at,
        key=key,
        after=after,
    )
    return client, drawn


@transaction.atomic
def end_key(
    name: str, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> ApiClient:
    """Take a program's key away.

    Raises:
        NoSuchClient: nobody of this name holds one.
    """
    client = ApiClient.objects.select_for_update().filter(name=name, ended_at=None).first()
    if client is None:
        raise NoSuchClient(_("没有名为“%s”的接口用户，或者已经停用。") % name)
    client.ended_at = at
    client.save(update_fields=["ended_at"])
    audit.record(
        action="access.api_key.ended", subject=client, subject_text=name, by=by, at=at, key=key
    )
    return client

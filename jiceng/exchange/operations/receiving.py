"""Taking a file in: stored with its digest, and left to the job that checks it."""

import datetime
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.access.queries import require, scope_of
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core import clock
from jiceng.exchange import folders
from jiceng.exchange.declarations import KINDS, Kind
from jiceng.exchange.models import Import
from jiceng.exchange.operations import tasks
from jiceng.exchange.refusals import KindNotPermitted, TooLarge, UnknownKind
from jiceng.registry import paths


def receive(
    chunks: Iterable[bytes],
    *,
    kind: str,
    name: str,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Import:
    """Keep an uploaded file that speaks of `day`, and have it checked.

    Raises:
        UnknownKind, KindNotPermitted: there is no such kind, or the sender may not import it.
        TooLarge: more bytes than this installation takes.
    """
    reach = _reach_of(by, _kind(kind), at)
    folder, digest, size = folders.keep(_limited(chunks))
    with transaction.atomic():
        one = Import.objects.create(
            kind=kind,
            name=name[-120:],
            folder=folder,
            digest=digest,
            size=size,
            day=day,
            reach=reach,
            by=by if isinstance(by, User) else None,
            uploaded_at=at,
            touched_at=at,
        )
        audit.record(
            action="exchange.import.received",
            subject=one,
            subject_text=name,
            by=by,
            at=at,
            key=key,
            after={"kind": kind, "day": day, "digest": digest, "bytes": size},
        )
        transaction.on_commit(lambda: tasks.take_up(one.pk))
    return one


def _kind(code: str) -> Kind:
    if code not in KINDS.entries:
        raise UnknownKind(_("没有这一类导入文件。"))
    return KINDS[code]


def _reach_of(by: "User | str", kind: Kind, at: datetime.datetime) -> str:
    """Return the path within which all the sender's rights lie; empty for the system."""
    if not isinstance(by, User):
        return ""
    today = clock.day_of(at)
    scope = require(by, "exchange.import", today=today)
    for permission in kind.permissions:
        require_kind(by, permission, today)
    return paths.common_of(scope.ranges)


def require_kind(user: User, permission: str, today: datetime.date) -> None:
    """Refuse a user without the permission that a kind of file asks for besides.

    Raises:
        KindNotPermitted: he holds it nowhere.
    """
    if not scope_of(user, permission, today):
        raise KindNotPermitted(_("您没有处理这一类数据的权限。"))


def _limited(chunks: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT_BYTES:
            raise TooLarge(
                _("文件超过 %d 兆字节。请拆成几个文件，分次上传。")
                % (settings.UPLOAD_LIMIT_BYTES // (1024 * 1024))
            )
        yield chunk

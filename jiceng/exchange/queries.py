"""Imports as their senders, and who answers above them, may see them; and exports."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries import require, scope_of
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.exchange import folders
from jiceng.exchange.declarations import KINDS, Kind, kinds
from jiceng.exchange.models import Import
from jiceng.exchange.refusals import KindNotPermitted, NoSuchImport, UnknownKind
from jiceng.exchange.rows import Reading
from jiceng.exchange.staging import Staged, Staging

_SHOWN = 100


def imports_for(user: User) -> QuerySet[Import]:
    """Return a user's own imports and those sent from within his subtree, latest first; of kinds
    that he may import himself.
    """
    kinds = [kind.code for kind in kinds_for(user, "exchange.import")]
    scope = scope_of(user, "exchange.import", clock.today())
    inside = scope.on("reach") & ~Q(reach="")
    found = Import.objects.filter(Q(by=user) | inside, kind__in=kinds)
    return found.select_related("by").order_by("-pk")


def import_for(user: User, number: int) -> Import:
    """Return one import, checked.

    Raises:
        NoSuchImport: there is none, or the user may not know of it.
        NotPermitted: the user may not import at all.
    """
    require(user, "exchange.import")
    found = imports_for(user).filter(pk=number).first()
    if found is None:
        raise NoSuchImport(_("没有这次导入，或者您无权查看。"))
    return found


def import_numbered(number: int) -> Import:
    """Return one import, unchecked: for the system's own commands."""
    return Import.objects.get(pk=number)


def kinds_for(user: User, permission: str) -> list[Kind]:
    """Return the kinds of file that a user may import, or export."""
    today = clock.today()
    require(user, permission)
    return [
        kind
        for kind in kinds()
        if all(scope_of(user, needed, today) for needed in _needed(kind, permission))
    ]


def kind_for(user: User, permission: str, code: str) -> Kind:
    """Return one kind of file, checked.

    Raises:
        UnknownKind: there is none.
        KindNotPermitted: the user may not import, or export, this kind.
    """
    if code not in KINDS.entries:
        raise UnknownKind(_("没有这一类文件。"))
    if KINDS[code] not in kinds_for(user, permission):
        raise KindNotPermitted(_("您没有处理这一类数据的权限。"))
    return KINDS[code]


def _needed(kind: Kind, permission: str) -> tuple[str, ...]:
    """What one may write one may read: an export asks for no more than the reading."""
    if permission == "exchange.export":
        return tuple("standards.view" if p == "standards.record" else p for p in kind.permissions)
    return kind.permissions


@dataclass(frozen=True, slots=True)
class Preview:
    """What a checked file holds, for a page."""

    header: list[str]
    ignored: list[str]
    encoding: str
    first: list[Staged]
    sorts: list[tuple[str, str, int]]  # column, what, rows
    faults: list[tuple[int, str, str]]  # row, column, sentence
    doubtful: list[Staged]


def preview_of(one: Import) -> Preview | None:
    """Return the first rows, the faults by sort and one by one, and who is to be decided on."""
    path = folders.staging_of(one)
    if not path.exists() or one.working:
        return None
    with Staging(path) as staging:
        return Preview(
            header=staging.noted("header") or [],
            ignored=staging.noted("ignored") or [],
            encoding=staging.noted("encoding") or "",
            first=staging.first(5),
            sorts=staging.sorts_of_faults(),
            faults=staging.faults(_SHOWN),
            doubtful=staging.doubtful(_SHOWN),
        )


def faulty_workbook(one: Import) -> Path:
    """Return the workbook that gives the faulty rows back.

    Raises:
        NoSuchImport: there are none, or the import was given up.
    """
    path = folders.faulty_of(one)
    if not path.exists():
        raise NoSuchImport(_("这次导入没有有误的行。"))
    return path


def reading_for(user: User, kind: Kind, day: datetime.date) -> Reading:
    """Return what an export of a kind may hold for a user.

    A kind that asks for a permission of its own is read within that permission's scope.
    """
    today = clock.today()
    scope = require(user, "exchange.export")
    for permission in _needed(kind, "exchange.export"):
        own = scope_of(user, permission, today)
        scope = own if all(scope.covers(path) for path in own.ranges) else scope
    return Reading(day=day, today=today, scope=scope)

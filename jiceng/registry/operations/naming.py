"""New names and new codes for units that stay the same."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.registry import search
from jiceng.registry.dated import replace_from
from jiceng.registry.models import UnitCode, UnitName
from jiceng.registry.operations.entries import leave_entry, own_or_given
from jiceng.registry.operations.locking import lock_trees, lock_units
from jiceng.registry.refusals import CodeTaken


@transaction.atomic
def rename_units(
    names: Mapping[int, tuple[str, str]],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
    document: str = "",
) -> None:
    """Give units a new (name, kind) from `day` on.

    Raises:
        NoSuchUnit: a unit does not exist on `day`.
        ChangedLater: a name that begins after `day` already stands.
    """
    own, journal = own_or_given(journal)
    lock_units(list(names), day)
    replace_from(
        UnitName,
        "unit_id",
        {
            unit: {"name": name, "kind": kind, "document": document}
            for unit, (name, kind) in names.items()
        },
        day=day,
        journal=journal,
        sentence=_("该单位在%s之后已有新的名称，请先更正后一条。") % day,
    )
    report(["registry.UnitName"], [day], at)
    fresh = UnitName.objects.on(day).filter(unit__in=list(names))
    search.index_names(fresh.values_list("pk", "name"))
    if own:
        leave_entry(
            "registry.unit.renamed",
            list(names),
            journal,
            by=by,
            at=at,
            key=key,
            text=next(iter(names.values()))[0],
            day=day,
            document=document,
        )


@transaction.atomic
def recode_units(
    codes: Mapping[int, str],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
    document: str = "",
) -> None:
    """Give units a new official code from `day` on; codes may change hands within the call.

    Raises:
        NoSuchUnit: a unit does not exist on `day`.
        CodeTaken: a unit outside the call holds one of the codes, or two would get the same.
        ChangedLater: a code that begins after `day` already stands.
    """
    own, journal = own_or_given(journal)
    lock_trees()
    lock_units(list(codes), day)
    if len(set(codes.values())) != len(codes):
        raise CodeTaken(_("同一代码不能同时给两个单位。"))
    taken = (
        UnitCode.objects.filter(code__in=set(codes.values()), valid_to__gt=day)
        .exclude(unit__in=list(codes))
        .first()
    )
    if taken is not None:
        raise CodeTaken(_("代码 %s 当日已属于另一单位。") % taken.code)
    replace_from(
        UnitCode,
        "unit_id",
        {unit: {"code": code, "document": document} for unit, code in codes.items()},
        day=day,
        journal=journal,
        sentence=_("该单位在%s之后已有新的代码，请先更正后一条。") % day,
    )
    if own:
        leave_entry(
            "registry.unit.recoded",
            list(codes),
            journal,
            by=by,
            at=at,
            key=key,
            day=day,
            code=next(iter(codes.values())),
            document=document,
        )

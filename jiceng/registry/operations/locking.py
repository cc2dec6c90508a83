"""Locking what dated rows hang on: the units themselves, and the shape of both trees."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.core.locks import alone
from jiceng.registry.models import Unit
from jiceng.registry.refusals import NoSuchUnit


def lock_trees() -> None:
    """Keep everyone else from founding, moving, ending and recoding until this transaction ends.

    Who stands below whom, who goes on in whom and who bears which code are facts of many units at
    once, some of which do not exist yet. Taken before any unit is locked, so that nobody waits
    for a unit while holding what its holder waits for.
    """
    alone("registry.trees")


def lock_units(units: Sequence[int], day: datetime.date) -> dict[int, Unit]:
    """Lock units, in order of number, and return them. Rows may still be hung on them.

    Raises:
        NoSuchUnit: one of them does not exist on `day`.
    """
    rows = Unit.objects.select_for_update(no_key=True).filter(pk__in=set(units)).order_by("pk")
    found = {unit.pk: unit for unit in rows if unit.valid_from <= day < unit.valid_to}
    if len(found) != len(set(units)):
        raise NoSuchUnit(_("有单位在%s不存在（尚未设立，或已经终止）。") % day)
    return found

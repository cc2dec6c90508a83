"""Locking the parents of dated rows: the units themselves."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.registry.models import Unit
from jiceng.registry.refusals import NoSuchUnit


def lock_units(units: Sequence[int], day: datetime.date) -> dict[int, Unit]:
    """Lock units, in order of number, and return them.

    Raises:
        NoSuchUnit: one of them does not exist on `day`.
    """
    rows = Unit.objects.select_for_update().filter(pk__in=set(units)).order_by("pk")
    found = {unit.pk: unit for unit in rows if unit.valid_from <= day < unit.valid_to}
    if len(found) != len(set(units)):
        raise NoSuchUnit(_("有单位在%s不存在（尚未设立，或已经终止）。") % day)
    return found

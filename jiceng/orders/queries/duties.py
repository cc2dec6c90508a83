"""What a unit's own duty list names."""

import datetime

from jiceng.orders.models import DutyItem
from jiceng.registry.queries import shown


def duties_of(unit: int, day: datetime.date) -> frozenset[str]:
    """Return the items of a unit's duty list in force on `day`; empty where none was entered."""
    rows = shown(DutyItem.objects.on(day).filter(unit=unit))
    return frozenset(rows.values_list("item", flat=True))

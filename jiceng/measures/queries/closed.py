"""What rests on the register as it is: closed figures."""

import datetime
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from jiceng.core.periods import Month
from jiceng.measures.models import Figures


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    month: Month
    closed_at: datetime.datetime
    closed_by: str


def closed_months() -> list[ClosedMonth]:
    """Return the months of which something is closed, the latest first. One statement."""
    closed = Figures.objects.exclude(closed_at=None).values("period", "closed_by")
    rows = closed.annotate(last=Max("closed_at")).order_by("-period", "-last")
    found: dict[str, ClosedMonth] = {}
    for row in rows:
        month = ClosedMonth(Month.parse(row["period"]), row["last"], row["closed_by"])
        found.setdefault(row["period"], month)
    return list(found.values())


def closed_since(day: datetime.date) -> list[str]:
    """Return a sentence for each closed month counted on a tree of `day` or later. One statement.

    What happened to units from `day` on can then no longer be undone.
    """
    closed = Figures.objects.exclude(closed_at=None).filter(day__gte=day)
    periods = closed.order_by("period").values_list("period", flat=True).distinct()
    return [
        _("%(year)s年%(month)s月的数据已经关账。") % {"year": month.year, "month": month.month}
        for month in map(Month.parse, periods)
    ]

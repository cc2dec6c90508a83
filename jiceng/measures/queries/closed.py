"""What rests on the register as it is: closed figures."""

import datetime

from django.utils.translation import gettext as _

from jiceng.core.periods import Month
from jiceng.measures.models import Figures


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

"""What is counted of orders: by place and by the day of the close. Nobody is counted, no refusal.

The three rates keep their denominators apart: unreachable, merged, excluded, terminated and
withdrawn orders cannot be assessed and are shown as coverage. Weights between the rates have no
published source and are not set here.
Source: 北京市接诉即办工作条例 Art. 32 (rates); the definitions are this software's defaults.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Indicator, Measure, Source, Words
from jiceng.registry.models.units import Level

ORDERS = "orders.Order"

SOURCES = [Source(model=ORDERS, title=_("已结案的诉求"), unit_field="place", day_field="closed_on")]

_DUTY = Q(track="duty")
_ASSESSABLE = _DUTY & Q(outcome="closed")
_ANSWERED = _ASSESSABLE & Q(reached=True)


def _closed(code: str, title: Words, definition: Words, condition: Q) -> Measure:
    return Measure(
        code=f"orders.{code}",
        title=title,
        unit=_("件"),
        source=ORDERS,
        kind="flow",
        condition=condition,
        definition=definition,
    )


MEASURES = [
    _closed("closed", _("结案诉求"), _("当期结案的职责办理诉求，不论如何结案。"), _DUTY),
    _closed(
        "assessable",
        _("可评价诉求"),
        _("当期办结并回访到的；联系不上、不予受理、并入、终止、撤回的不算。"),
        _ASSESSABLE,
    ),
    _closed(
        "contacted_in_time",
        _("按时联系的诉求"),
        _("可评价诉求中，在时限内联系了群众的；依法暂停的时间不算。"),
        _ASSESSABLE & Q(contacted_at__lte=F("due_at")),
    ),
    _closed("answered", _("群众作答的诉求"), _("可评价诉求中，群众在回访中作答的。"), _ANSWERED),
    _closed(
        "solved",
        _("群众说已解决的诉求"),
        _("作答的群众中，说已经解决的。"),
        _ANSWERED & Q(solved=True),
    ),
    _closed(
        "satisfied",
        _("群众满意的诉求"),
        _("作答的群众中，说满意的。"),
        _ANSWERED & Q(satisfied=True),
    ),
    _closed(
        "settled.village",
        _("村级办结的诉求"),
        _("可评价诉求中，由村（社区）或网格办结的。"),
        _ASSESSABLE & Q(settled_at__gte=Level.VILLAGE),
    ),
    _closed(
        "settled.town",
        _("乡镇办结的诉求"),
        _("可评价诉求中，由乡镇（街道）办结的。"),
        _ASSESSABLE & Q(settled_at=Level.TOWN),
    ),
    _closed(
        "settled.county",
        _("县级以上办结的诉求"),
        _("可评价诉求中，由县级部门或更上一级办结的。"),
        _ASSESSABLE & Q(settled_at__lte=Level.COUNTY, settled_at__gt=0),
    ),
]


def _rate(
    code: str, title: Words, numerator: str, denominator: str, definition: Words
) -> Indicator:
    return Indicator(
        f"orders.{code}", title, f"orders.{numerator}", f"orders.{denominator}", definition
    )


INDICATORS = [
    _rate(
        "response_rate",
        _("响应率"),
        "contacted_in_time",
        "assessable",
        _("在时限内联系了群众的诉求，占当期结案的可评价诉求的比例。"),
    ),
    _rate(
        "resolution_rate",
        _("解决率"),
        "solved",
        "answered",
        _("群众说已解决的，占群众作答的比例。"),
    ),
    _rate(
        "satisfaction_rate",
        _("满意率"),
        "satisfied",
        "answered",
        _("群众满意的，占群众作答的比例。"),
    ),
    _rate(
        "coverage_rate",
        _("可评价比例"),
        "assessable",
        "closed",
        _("可评价诉求占当期全部结案诉求的比例；比例低时，三率要小心看。"),
    ),
    _rate(
        "village_share",
        _("村级办结比例"),
        "settled.village",
        "assessable",
        _("村（社区）和网格办结的，占可评价诉求的比例：小事不出村。"),
    ),
    _rate(
        "town_share",
        _("乡镇办结比例"),
        "settled.town",
        "assessable",
        _("乡镇（街道）办结的，占可评价诉求的比例。"),
    ),
    _rate(
        "county_share",
        _("县级办结比例"),
        "settled.county",
        "assessable",
        _("县级以上办结的，占可评价诉求的比例。"),
    ),
]

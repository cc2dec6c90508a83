"""What a unit that ended leaves behind here: its duties and its roster are not handed on."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.exchange.editions.legacies import Ended, Legacy, register
from jiceng.orders.models import DutyItem, DutyShift
from jiceng.registry.queries import shown


def propose_duties(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    names = {one.unit: one.name for one in ended}
    rows = shown(DutyItem.objects.on(today).filter(unit__in=list(names))).order_by("unit", "pk")
    lines = [
        _("%(unit)s：%(title)s（%(document)s）")
        % {"unit": names[row.unit_id], "title": row.title, "document": row.document}
        for row in rows
    ]
    advice = _("职责清单随原单位终止；承继单位按新的文件登记自己的清单，登记之前派单须报县里批准。")
    return Legacy("orders.duties", _("职责清单"), advice, lines) if lines else None


def propose_shifts(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    names = {one.unit: one.name for one in ended}
    rows = DutyShift.objects.on(today).filter(unit__in=list(names))
    lines = [
        _("%(unit)s：%(title)s（%(document)s）")
        % {"unit": names[row.unit_id], "title": row.post.title, "document": row.phone}
        for row in rows.select_related("post").order_by("unit", "pk")
    ]
    advice = _("值班表随原单位终止；请承继单位排好自己的值班表，此前按上一级的电话联系。")
    return Legacy("orders.shifts", _("值班"), advice, lines) if lines else None


register(propose_duties, propose_shifts)

"""What a village that ended leaves behind here: its delegations fall with its assembly, and what
was put forward there is not decided by another village.
"""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.decisions.catalogue import shipped
from jiceng.decisions.models import Delegation, Motion
from jiceng.exchange.editions.legacies import Ended, Legacy, register


def propose_delegations(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    names = {one.unit: one.name for one in ended}
    rows = Delegation.objects.on(today).filter(unit__in=list(names)).order_by("unit", "pk")
    matters = shipped().matters
    lines = [
        _("%(unit)s：%(matter)s（授权到 %(day)s，不含）")
        % {"unit": names[row.unit_id], "matter": matters[row.matter].words, "day": row.valid_to}
        for row in rows
    ]
    advice = _("授权随原村民会议终止，不自动承继；由承继单位的村民会议另行授权。")
    return Legacy("decisions.delegations", _("授权"), advice, lines) if lines else None


def propose_motions(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    names = {one.unit: one.name for one in ended}
    rows = Motion.objects.filter(unit__in=list(names), case__ended_on=None).order_by("unit", "pk")
    lines = [
        _("%(unit)s：%(title)s") % {"unit": names[row.unit_id], "title": row.title} for row in rows
    ]
    advice = _("原村没有办完的议题不由别的村决定；需要继续的，由承继单位重新提出。")
    return Legacy("decisions.motions", _("没有办完的议题"), advice, lines) if lines else None


register(propose_delegations)
register(propose_motions)

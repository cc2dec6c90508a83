"""Ratings of an ended unit: a level is never handed on."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.exchange.editions.legacies import Ended, Legacy, register
from jiceng.standards.models import Rating


def propose_ratings(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    names = {one.unit: one.name for one in ended}
    rows = Rating.objects.standing().filter(organisation__in=list(names))
    lines = [
        _("%(unit)s：%(standard)s（%(day)s 起）")
        % {
            "unit": names[row.organisation_id],
            "standard": row.standard.title,
            "day": row.valid_from,
        }
        for row in rows.select_related("standard").order_by("organisation", "valid_from")
    ]
    advice = _("评定留在原单位，随其终止，不自动承继；承继单位另行评定。")
    return Legacy("standards.ratings", _("评定"), advice, lines) if lines else None


register(propose_ratings)

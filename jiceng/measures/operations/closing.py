"""Closing a period: its figures are kept as they stand, with definition, tree and day."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core import clock
from jiceng.core.declarations import Measure
from jiceng.core.periods import Month
from jiceng.measures.models import Dirty, Figures
from jiceng.measures.refusals import AlreadyClosed, NotComputed, StillRunning
from jiceng.measures.registry import MEASURES


@transaction.atomic
def close_period(
    month: Month,
    measures: Collection[str],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Keep the figures of some measures as they stand. What is recorded later is a correction.

    Raises:
        StillRunning: the month has not ended.
        NotComputed: a figure is missing, was counted before the month had ended, or rows have
            changed since.
        AlreadyClosed: a figure is closed.
    """
    if clock.day_of(at) <= month.last:
        raise StillRunning(_("%s尚未结束，月末之后才能关账。") % month)
    declared = [MEASURES[code] for code in sorted(measures)]
    sources = {measure.source for measure in declared}
    rows = list(
        Figures.objects.select_for_update()
        .filter(measure__in=measures, period=str(month))
        .defer("own_units", "own_rows", "own_values", "rolled", "estimated")
    )
    if any(row.closed_at for row in rows):
        raise AlreadyClosed(_("%s的数据已经关账。") % month)
    since = Q(period=str(month)) | Q(onwards=True, period__lt=str(month))
    outdated = Dirty.objects.filter(since, source__in=sources).exists()
    wanted = {(measure.code, tree) for measure in declared for tree in measure.trees}
    counted = {(row.measure, row.tree) for row in rows if row.day == month.last}
    if outdated or wanted - counted:
        raise NotComputed(_("%s的数据还没有算完，请稍后再关账。") % month)
    for row in rows:
        row.closed_at, row.closed_by = at, str(by)[:96]
        row.definition = _definition(MEASURES[row.measure])
    Figures.objects.bulk_update(rows, ["closed_at", "closed_by", "definition"])
    audit.record(
        action="measures.period.closed",
        subject=f"measures.period:{month}",
        by=by,
        at=at,
        key=key,
        after={"measures": sorted(measures)},
        count=len(rows),
    )


def _definition(measure: Measure) -> dict[str, str]:
    return {
        "title": str(measure.title),
        "unit": str(measure.unit),
        "definition": str(measure.definition),
    }

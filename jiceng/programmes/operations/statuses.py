"""What confirming, turning down and correcting a status share: whose it is, the cap, the reason."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.core.journal import Journal
from jiceng.programmes.definition import Definition
from jiceng.programmes.models import PointStatus, Programme
from jiceng.programmes.operations.confirming import refuse_other_levels
from jiceng.programmes.queries.facts import statuses_on
from jiceng.programmes.refusals import OverCap, ReasonMissing


def refuse_higher_levels(
    definition: Definition,
    rows: Sequence[PointStatus],
    within: Sequence[str],
    today: datetime.date,
) -> None:
    """Refuse statuses that the file lets an officer of a higher level confirm.

    Raises:
        NotTheirs: with what he may not confirm.
    """
    asked: dict[int, list[tuple[str, str]]] = {}  # for each unit, which level confirms what
    for row in rows:
        rung = definition.rung(row.status)
        one = (rung.confirmed_by, rung.title) if rung else ("county", _("取消称号"))
        asked.setdefault(row.unit_id, []).append(one)
    refuse_other_levels(asked, within, today)


def refuse_beyond_cap(
    programme: Programme, definition: Definition, rows: Sequence[PointStatus]
) -> None:
    """Refuse to let more points stand than the file's cap, once `rows` count.

    Raises:
        OverCap: with the cap and the number.
    """
    if definition.cap_points is None:
        return
    latest = max(row.valid_from for row in rows)
    held = dict(statuses_on(programme, latest).values_list("unit_id", "status"))
    held |= {row.unit_id: row.status for row in rows}
    rungs = [definition.rung(status) for status in held.values()]
    count = sum(rung is not None and rung.point for rung in rungs)
    if count > definition.cap_points:
        raise OverCap(
            _("项目文件规定示范点不超过 %(cap)d 个，确认后将有 %(count)d 个。")
            % {"cap": definition.cap_points, "count": count}
        )


def refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("请写明原因。"))


def supersede(
    rows: Sequence[PointStatus], reason: str, at: datetime.datetime, journal: Journal
) -> None:
    """Let rows no longer stand, with the reason."""
    for row in rows:
        journal.changed(
            PointStatus, row.pk, {"superseded_at": None, "reason": ""}, {"superseded_at": at}
        )
    PointStatus.objects.filter(pk__in=[row.pk for row in rows]).update(
        superseded_at=at, reason=reason
    )

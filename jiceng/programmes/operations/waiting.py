"""What waits for the officers who confirm: one item for each of them, however many proposals."""

import datetime
from collections import Counter

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiceng.access.posts import table
from jiceng.access.queries import reach_of
from jiceng.agenda.operations import Asked, ask, close
from jiceng.audit.operations import label_of
from jiceng.core.clock import day_of
from jiceng.programmes.definition import LEVELS, definition_of
from jiceng.programmes.models import PointStatus, Programme
from jiceng.programmes.operations.confirming import at_level, levels_along
from jiceng.registry import paths

KIND = "programmes.confirm"


def renew_waiting(programme: Programme, *, at: datetime.datetime) -> None:
    """Ask for the confirmations that wait now, and close what waits no more.

    Inside the operation that proposed, confirmed or turned down. About eight statements.
    """
    close(KIND, [label_of(programme)], at=at)
    ask(
        [
            Asked(
                role=table().leading[level],
                unit=unit,
                kind=KIND,
                subject=label_of(programme),
                title=format_lazy(
                    _("确认示范点 {count} 个：{title}"), count=count, title=programme.title
                ),
                address=f"/programmes/{programme.code}/points/waiting/",
            )
            for (level, unit), count in sorted(_officers(programme, at).items())
        ],
        at=at,
    )


def _officers(programme: Programme, at: datetime.datetime) -> Counter[tuple[int, int]]:
    """Return, by level and unit, how many proposals its officers are to confirm."""
    definition = definition_of(programme.file)
    rows = (
        PointStatus.objects.waiting().filter(programme=programme).values_list("unit_id", "status")
    )
    reach = reach_of({unit for unit, _status in rows}, day_of(at))
    levels = levels_along(path for found in reach.values() for path in found)
    officers: Counter[tuple[int, int]] = Counter()
    for unit, status in rows:
        rung = definition.rung(status)
        level = LEVELS[rung.confirmed_by if rung else "county"]
        above = {at_level(path, level, levels) for path in reach[unit]} - {""}
        for path in sorted(above)[:1]:
            officers[level, paths.id_of(path[-paths.WIDTH :])] += 1
    return officers

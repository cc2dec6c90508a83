"""No organisation is moved below itself: neither as the register stands nor as the file leaves it,
on the day of the move or later.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from jiceng.exchange.kinds.organisations.columns import PARENT, said_of
from jiceng.exchange.lookups import codes_of, holdings_of
from jiceng.exchange.rows import Context, Row
from jiceng.registry import paths
from jiceng.registry.models import UnitPath


@dataclass(frozen=True, slots=True)
class _Walk:
    """The way up from a moved organisation's new parent, from a day on."""

    row: Row
    at: str  # code of the organisation from which the next steps are taken
    day: datetime.date
    way: list[str] = field(default_factory=list)
    steps: Sequence[str] = ()  # codes upwards in the register, from `at`


def check_circles(rows: Sequence[Row], context: Context) -> None:
    """Fault moves that would put an organisation below itself. Rows of the file that move what
    lies on the way count, if they do so on the day or earlier.

    Five statements, and as many again for each moved organisation that one way leads through.
    """
    walks = [_Walk(row, row["parent"], row.found["day"]) for row in rows if row["parent"]]
    while walks:
        legs = _legs(walks, context)
        staged = context.staged({code for leg in legs for code in leg.steps})
        found = [_follow(leg, staged, context) for leg in legs]
        walks = [walk for walk in found if walk is not None]


def _legs(walks: Sequence[_Walk], context: Context) -> list[_Walk]:
    """Return each way with its steps as the register stands: one for every period from the day
    on in which they are the same.
    """
    known = holdings_of((walk.at for walk in walks), context)
    units = [
        next((h.unit for h in known.get(w.at, []) if h.valid_from <= w.day < h.valid_to), 0)
        for w in walks
    ]
    intervals: dict[int, list[UnitPath]] = defaultdict(list)
    for path in UnitPath.objects.filter(unit__in=set(units)).order_by("valid_from"):
        intervals[path.unit_id].append(path)
    legs = [
        (walk, max(walk.day, path.valid_from), paths.ids_of(path.path)[::-1])
        for walk, unit in zip(walks, units, strict=True)
        for path in intervals[unit]
        if path.valid_to > walk.day
    ]
    codes = codes_of({unit for _walk, _day, step in legs for unit in step}, context.day)
    return [
        replace(walk, day=day, way=[*walk.way], steps=[codes.get(unit, "") for unit in step])
        for walk, day, step in legs
    ] + [
        replace(walk, steps=[walk.at])  # founded by the file
        for walk, unit in zip(walks, units, strict=True)
        if not intervals[unit]
    ]


def _follow(walk: _Walk, staged: Mapping[str, Row], context: Context) -> _Walk | None:
    """Go up one way; return the way that goes on from where a row of the file turns it to."""
    row = walk.row
    for place, code in enumerate(walk.steps):
        if code == row["code"]:
            _fault(walk)
            return None
        if code in walk.way:
            return None  # others go in a circle: told of them
        walk.way.append(code)
        other, beyond = staged.get(code), walk.steps[place + 1 :]
        if other is None or other["parent"] == (beyond[0] if beyond else None):
            continue
        if said_of(other, context) <= walk.day:
            row.needs.append(other.number)  # whether this way is right depends on that row
            return replace(walk, at=other["parent"], steps=()) if other["parent"] else None
    return None


def _fault(walk: _Walk) -> None:
    if any(fault.column == PARENT.title for fault in walk.row.faults):
        return
    own = _("%(code)s（第 %(row)d 行）") % {"code": walk.row["code"], "row": walk.row.number}
    walk.row.fault(
        PARENT.title,
        _("上级成环"),
        _("不能移到它自己的下级之下：%s。请改正上级代码，或先把下级移走。")
        % "→".join([own, *walk.way, walk.row["code"]]),
    )

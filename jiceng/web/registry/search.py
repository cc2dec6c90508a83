"""What a search shows: units by any of their names, with where they stand."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from jiceng.access.queries import scope_of
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.registry import paths, queries
from jiceng.registry import search as index
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Kind

_UNDER = "\N{NO-BREAK SPACE}· "  # a line never begins with the point
LISTED = 50  # on the page; a picker offers fewer


@dataclass(frozen=True, slots=True)
class Result:
    """A unit found: as it is on the day, the name that matched if another, and its ancestors."""

    unit: Unit
    kind: str
    matched: str
    above: str


def results(
    user: User,
    text: str,
    day: datetime.date,
    *,
    limit: int,
    tree: str = "",
    levels: Sequence[int] = (),
) -> list[Result]:
    """Return matches within the reader's scope. Five statements, whatever is found."""
    scope = scope_of(user, "registry.view", clock.today())
    hits = index.find(
        text, day=day, tree=tree, within=list(scope.ranges), levels=levels, limit=limit
    )
    wanted = {number for hit in hits for number in paths.ids_of(hit.path)}
    units = queries.described(wanted, day)
    return [
        Result(
            unit=units[hit.unit],
            kind=str(Kind(units[hit.unit].kind).label),
            matched="" if hit.name == units[hit.unit].name else hit.name,
            above=_UNDER.join(
                units[number].name for number in paths.ids_of(hit.path)[1:-1] if number in units
            ),
        )
        for hit in hits
    ]

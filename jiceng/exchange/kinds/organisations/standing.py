"""What stands in the register of the organisations that a file speaks of."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jiceng.exchange.rows import Row
from jiceng.registry.models import Placement, Seat, Unit, UnitCode, UnitName


@dataclass(slots=True)
class Standing:
    """An organisation on the day of a row, and from which day on it is said to be otherwise."""

    unit: int
    domain: str = ""
    name: str = ""
    kind: str = ""
    parent: int | None = None
    seat: int | None = None
    later: dict[str, datetime.date] = field(default_factory=dict)  # "name" → first later row
    last: datetime.date = datetime.date.min  # on which the latest of its rows begins


_Dated = tuple[datetime.date, datetime.date, tuple[object, ...]]


def standing_of(rows: Sequence[Row]) -> dict[int, Standing]:
    """Return, by number of the row, what stands of each row's unit on the row's day. Five
    statements. The rows have `unit` and `day` among what was found.
    """
    units = {row.found["unit"].unit for row in rows}
    if not units:
        return {}
    domains = dict(Unit.objects.filter(pk__in=units).values_list("pk", "domain"))
    names = _periods(UnitName, "unit_id", ("name", "kind"), units)
    parents = _periods(Placement, "unit_id", ("parent_id",), units)
    seats = _periods(Seat, "organisation_id", ("division_id",), units)
    codes = _periods(UnitCode, "unit_id", ("code",), units)
    found: dict[int, Standing] = {}
    for row in rows:
        unit, day = row.found["unit"].unit, row.found["day"]
        one = found[row.number] = Standing(unit, domains[unit])
        one.name, one.kind = _on(names[unit], day, one, "name") or ("", "")
        (one.parent,) = _on(parents[unit], day, one, "parent") or (None,)
        (one.seat,) = _on(seats[unit], day, one, "seat") or (None,)
        _on(codes[unit], day, one, "code")
    return found


def _periods(
    model: type[UnitName | UnitCode | Placement | Seat],
    owner: str,
    fields: Sequence[str],
    units: Iterable[int],
) -> dict[int, list[_Dated]]:
    found: dict[int, list[_Dated]] = defaultdict(list)
    rows = model.objects.filter(**{f"{owner}__in": units}).order_by("valid_from")
    for unit, start, end, *values in rows.values_list(owner, "valid_from", "valid_to", *fields):
        found[unit].append((start, end, tuple(values)))
    return found


def _on(periods: list[_Dated], day: datetime.date, one: Standing, what: str) -> tuple | None:
    values = None
    for start, end, found in periods:
        one.last = max(one.last, start)
        if start <= day < end:
            values = found
        elif start > day:
            one.later.setdefault(what, start)
    return values

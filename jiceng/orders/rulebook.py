"""The rules of orders in force at a place on a day, read together and asked one by one."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from jiceng.registry import paths
from jiceng.registry.queries import units_on
from jiceng.rules.choosing import nearest
from jiceng.rules.models import LocalRule
from jiceng.rules.queries import Rule, Where, where_of
from jiceng.rules.queries.in_force import candidates_among, local_rows

KEYS = (
    "order.accept",
    "order.call_back",
    "order.call_back_tries",
    "order.called_reply",
    "order.contact_kept",
    "order.default_limit",
    "order.dispatch",
    "order.extend",
    "order.review",
    "order.tiers",
    "petition.close",
    "petition.extend",
    "petition.route",
)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What holds at one place on one day."""

    where: Where
    day: datetime.date
    rows: Mapping[str, list[LocalRule]]
    kept: dict[tuple[str, str], Rule | None] = field(default_factory=dict)

    def find(self, key: str, kind: str = "") -> Rule | None:
        """Return the rule in force for a kind, or None where there is none."""
        if (key, kind) not in self.kept:
            found = candidates_among(key, self.rows.get(key, []), self.where, self.day, kind)
            best = nearest(found)
            self.kept[key, kind] = best.said if best else None
        return self.kept[key, kind]


def rulebook_of(place: int, day: datetime.date) -> Rulebook:
    """Return what holds at a place on a day. Three statements."""
    where = where_of(place, day)
    return Rulebook(where, day, local_rows(where, day, KEYS))


def rulebooks_of(places: Collection[int], day: datetime.date) -> dict[int, Rulebook]:
    """Return what holds at each of many divisions on a day. Three statements; places with equal
    rules above them share one.
    """
    own = {unit.pk: unit for unit in units_on(day).filter(pk__in=set(places))}
    lines = {number: paths.ids_of(unit.path) for number, unit in own.items()}
    wanted = {one for line in lines.values() for one in line}
    units = {unit.pk: unit for unit in units_on(day).filter(pk__in=wanted)}
    rows = LocalRule.objects.on(day).filter(key__in=KEYS, withdrawn_at=None)
    local = {row.unit_id for row in rows}
    by_unit: dict[int, list[LocalRule]] = {number: [] for number in local}
    for row in rows:
        by_unit[row.unit_id].append(row)
    shared: dict[object, Rulebook] = {}
    found = {}
    for number, line in lines.items():
        ruled = tuple(one for one in line if one in local)
        # A shipped rule asks for the leading digits of a code, a county's at the longest.
        alike = (ruled, str(units[number].code or "")[:6])
        if alike not in shared:
            where = Where(tuple(units[one] for one in line if one in units))
            here: dict[str, list[LocalRule]] = {}
            for one in ruled:
                for row in by_unit[one]:
                    here.setdefault(row.key, []).append(row)
            shared[alike] = Rulebook(where, day, here)
        found[number] = shared[alike]
    return found

"""What a unit's page shows: composed from the register, and later from each domain's queries."""

import datetime

from jiceng.access.queries import Scope, reach_of
from jiceng.core import clock
from jiceng.registry import queries
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Domain, Kind, Level, Tree
from jiceng.registry.queries.history import Event

_NAMED = 60  # organisations named on a village's page; all of them are on the list behind


def compose(unit: Unit, day: datetime.date, people: Scope) -> dict[str, object]:
    """Return the page's context. A fixed number of statements, whatever hangs on the unit."""
    division = unit.tree == Tree.DIVISION
    context: dict[str, object] = {
        "unit": unit,
        "day": day,
        "kind": Kind(unit.kind).label,
        "domain": Domain(unit.domain).label if unit.domain else "",
        "division": division,
        "lowest": division and unit.level >= Level.VILLAGE,
        "trail": queries.ancestors_of(unit.path, day),
        "children": list(queries.children_of(unit.path, day)) if unit.standing else [],
        "facts": queries.facts_of(unit.pk, day),
        "bodies": queries.bodies_of(unit.pk, day),
        "premises": queries.premises_of(unit.pk, day),
        **_history(unit, day),
    }
    if people.covers_any(reach_of([unit.pk], clock.today()).get(unit.pk, [])):
        context["posts"] = queries.posts_of(unit.pk, day)
    if division:
        context |= _seated(unit, day)
    else:
        seat = queries.seat_of(unit.pk, day)
        context["seat"] = queries.described([seat], day).get(seat) if seat else None
    return context


def _seated(unit: Unit, day: datetime.date) -> dict[str, object]:
    """Return how many organisations stand in a division; in a village, which."""
    if not unit.standing:
        return {"organisations": [], "two_new": 0, "named": []}
    counts = queries.organisation_counts_in(unit.path, day)
    village = unit.level >= Level.VILLAGE
    return {
        "organisations": [
            (domain, label, counts[domain]) for domain, label in Domain.choices if domain in counts
        ],
        "two_new": queries.two_new_in(unit.path, day).count(),
        "named": list(queries.organisations_in(unit.path, day).order_by("path")[:_NAMED])
        if village
        else [],
    }


def _history(unit: Unit, day: datetime.date) -> dict[str, object]:
    """Return names, codes and places over time, and from whom the unit came or in whom it went."""
    events = queries.history_of(unit.pk)
    before = list(queries.predecessors_of(unit.pk))
    after = list(queries.successors_of(unit.pk))
    wanted = {event.unit for event in events if event.unit}
    wanted |= {row.old_id for row in before} | {row.new_id for row in after}
    others = queries.described(wanted, day)
    return {
        "events": [(event, _said(event, others)) for event in events],
        "predecessors": [(row, others[row.old_id]) for row in before],
        "successors": [(row, others[row.new_id]) for row in after],
    }


def _said(event: Event, others: dict[int, Unit]) -> str:
    return others[event.unit].name if event.unit in others else event.text

"""What a unit's page shows: composed from the register, and later from each domain's queries."""

import datetime

from jiceng.access.queries import Scope, reach_of
from jiceng.core import clock
from jiceng.registry import queries
from jiceng.registry.models import Post, Unit
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
        "children": list(queries.children_of(unit.path, day)) if unit.standing else [],
        "remarks": queries.remarks_of(unit.pk, day),
        "facts": queries.facts_of(unit.pk, day),
        "bodies": queries.bodies_of(unit.pk, day),
        "premises": queries.premises_of(unit.pk, day),
        **_history(unit, day),
    }
    if (posts := _posts(unit, day, people)) is not None:
        context["posts"] = posts
    if division:
        context |= _seated(unit, day)
    else:
        seat = queries.seat_of(unit.pk, day)
        context["seat"] = queries.described([seat], day).get(seat) if seat else None
    return context


def _posts(unit: Unit, day: datetime.date, people: Scope) -> list[tuple[Post, Unit]] | None:
    """Return the posts at the unit and, of a village, at its own organisations, each with where it
    is; None when the reader may not see who holds them.
    """
    places = {unit.pk: unit}
    if unit.tree == Tree.DIVISION and unit.level == Level.VILLAGE and unit.standing:
        own = queries.own_organisations_of(unit.path, day)[:_NAMED]
        places |= {organisation.pk: organisation for organisation in own}
    reach = reach_of(places, clock.today())
    seen = [number for number in places if people.covers_any(reach.get(number, []))]
    if unit.pk not in seen:
        return None
    return [(post, places[post.unit_id]) for post in queries.posts_of(seen, day)]


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

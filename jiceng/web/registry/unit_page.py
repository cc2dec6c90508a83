"""What a unit's page shows: composed from the register, and later from each domain's queries."""

import datetime
from collections import Counter

from jiceng.access.queries import Scope, reach_of
from jiceng.core import clock
from jiceng.registry import queries
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Domain, Kind, Level, Tree
from jiceng.registry.queries.history import Event
from jiceng.registry.queries.holdings import VILLAGE_DOMAINS

_NAMED = 60  # organisations named on a village's page; all of them are on the list behind


def compose(unit: Unit, day: datetime.date, *, people: Scope, edit: Scope) -> dict[str, object]:
    """Return the page's context. A fixed number of statements, whatever hangs on the unit.

    Args:
        people: where the reader may see who holds a post.
        edit: where he may change the register.
    """
    division = unit.tree == Tree.DIVISION
    seated = _seated_in_village(unit, day)
    places = _places(unit, seated)
    reach = reach_of(places, clock.today())
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
        "editable": edit.covers_any(reach.get(unit.pk, [])),
        **_history(unit, day),
    }
    seen = [number for number in places if people.covers_any(reach.get(number, []))]
    if unit.pk in seen:
        posts = queries.posts_of(seen, day)
        context["posts"] = [(post, places[post.unit_id]) for post in posts]
    if division:
        context |= _seated(unit, day, seated)
    else:
        seat = queries.seat_of(unit.pk, day)
        context["seat"] = queries.described([seat], day).get(seat) if seat else None
    return context


def _seated_in_village(unit: Unit, day: datetime.date) -> list[Unit] | None:
    """Return the organisations that stand in a village, in depth-first order; None elsewhere,
    where they are only counted. One statement.
    """
    if unit.tree != Tree.DIVISION or unit.level < Level.VILLAGE or not unit.standing:
        return None
    return list(queries.organisations_in(unit.path, day).order_by("path"))


def _places(unit: Unit, seated: list[Unit] | None) -> dict[int, Unit]:
    """Return where the posts are that the page names: at the unit and, of a village, at its own
    organisations.
    """
    places = {unit.pk: unit}
    if seated is not None and unit.level == Level.VILLAGE:
        own = [one for one in seated if one.domain in VILLAGE_DOMAINS]
        places |= {organisation.pk: organisation for organisation in own[:_NAMED]}
    return places


def _seated(unit: Unit, day: datetime.date, seated: list[Unit] | None) -> dict[str, object]:
    """Return how many organisations stand in a division; in a village, which."""
    if not unit.standing:
        return {"organisations": [], "two_new": 0, "named": []}
    if seated is None:
        counts = queries.organisation_counts_in(unit.path, day)
    else:
        counts = Counter(organisation.domain for organisation in seated)
    return {
        "organisations": [
            (domain, label, counts[domain]) for domain, label in Domain.choices if domain in counts
        ],
        "two_new": queries.two_new_in(unit.path, day).count(),
        "named": (seated or [])[:_NAMED],
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

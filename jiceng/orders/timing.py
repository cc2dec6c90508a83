"""The clocks of an order by the rules in force where it was placed."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from jiceng.access.posts import table
from jiceng.core.clock import day_of
from jiceng.orders import catalogue
from jiceng.orders.catalogue import Service
from jiceng.orders.clocks import Clock, Limit, Stop, clock_of
from jiceng.orders.models import Order, Pause
from jiceng.orders.rulebook import Rulebook, rulebook_of
from jiceng.procedures import catalogue as procedures
from jiceng.procedures.declarations import Step
from jiceng.procedures.timing import Due
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.rules.queries import Rule
from jiceng.rules.values import Period

_KINDS = {"order.dispatch": "dispatch_tier", "order.accept": "tier", "order.tiers": "tier"}


def rule_of(key: str, order: Order, day: datetime.date) -> Rule | None:
    """Return the rule in force where the order was placed, for its kind of service. Three
    statements at the first asking, none after.
    """
    kept = order.__dict__.setdefault("_rulebooks", {})  # for the one operation that has it
    if day not in kept:
        kept[day] = rulebook_of(order.place_id, day)
    return rule_in(kept[day], key, catalogue.service(order.kind))


def rule_in(rules: Rulebook, key: str, service: Service) -> Rule | None:
    return rules.find(key, getattr(service, _KINDS.get(key, ""), ""))


def limit_in(rules: Rulebook, service: Service) -> Rule | None:
    """Return the rule of the resident's clock: the tier of the kind, else the general limit."""
    found = rule_in(rules, "order.tiers", service) if service.tier else None
    return found or rules.find("order.default_limit")


def set_residents_clock(order: Order, rule: Rule | None) -> None:
    """Start the resident's clock. An order is taken also where no rule sets one."""
    if rule is None or not isinstance(rule.value, Period):
        return
    order.limit_count, order.limit_unit = rule.value.count, rule.value.unit
    order.limit_rule = rule.sentence()[:200]
    count_residents_clock(order, [])


def count_residents_clock(order: Order, stops: Sequence[Stop]) -> None:
    """Count the resident's clock anew, with every stop there was and the extension."""
    limit = residents_limit(order)
    if limit is None:
        return
    clock = _count(order, order.placed_at, limit, stops)
    order.due_at, order.second_at, order.third_at = clock.due_at, clock.second_at, clock.third_at
    order.provisional = clock.provisional


def _count(order: Order, start: datetime.datetime, limit: Limit, stops: Sequence[Stop]) -> Clock:
    extension = Limit(order.extended_count, order.extended_unit) if order.extended_count else None
    here = [Stop(timezone.localtime(s.from_at), timezone.localtime(s.until_at)) for s in stops]
    return clock_of(timezone.localtime(start), limit, stops=here, extension=extension)


def residents_limit(order: Order) -> Limit | None:
    return Limit(order.limit_count, order.limit_unit) if order.limit_count else None


def handlers_clock(
    order: Order, given_at: datetime.datetime, stops: Sequence[Stop] = ()
) -> Clock | None:
    """Return the clock of a unit that was given the order at `given_at`: the same limit, from
    then on, with the stops and the extension since.
    """
    limit = residents_limit(order)
    since = [stop for stop in stops if stop.from_at >= given_at]
    return _count(order, given_at, limit, since) if limit else None


def stops_of(order: Order) -> list[Stop]:
    """Return the pauses of an order that have ended. One statement."""
    rows = Pause.objects.filter(order=order, until_at__isnull=False).order_by("from_at")
    return [Stop(row.from_at, row.until_at) for row in rows if row.until_at]


def role_at(unit: Unit, roles: Sequence[str]) -> str:
    """Return the one of `roles` that is asked at a unit: by the level of a division, and of an
    organisation its officer.
    """
    if unit.tree != Tree.DIVISION:
        role = "department.officer"
    elif unit.level >= Level.GRID:
        role = "grid.worker"
    else:
        role = table().leading.get(unit.level, "")
    return role if role in roles else roles[0]


def due_of_step(step: Step, order: Order, at: datetime.datetime) -> Due | None:
    """Return by when the step is due that the order has reached at `at`: by its own rule, else
    by the handler's clock.
    """
    if step.within is None:
        if order.handler_due_at is None or order.paused_at is not None:
            return None
        due = order.handler_due_at
        return Due(day_of(due), order.limit_rule, order.provisional, due)
    rule = rule_of(step.within.rule, order, day_of(at))
    return due_by(rule, at)


def first_due(
    procedure: str, service: Service, rules: Rulebook, at: datetime.datetime
) -> Due | None:
    """Return by when the first step of an order placed at `at` is due."""
    shipped = procedures.latest(procedure)
    within = shipped.procedure.first.within if shipped else None
    return due_by(rule_in(rules, within.rule, service), at) if within else None


def due_by(rule: Rule | None, at: datetime.datetime) -> Due | None:
    """Return when the period of a rule that begins at `at` runs out."""
    if rule is None or not isinstance(rule.value, Period):
        return None
    clock = clock_of(timezone.localtime(at), Limit(rule.value.count, rule.value.unit))
    return Due(clock.due_at.date(), rule.sentence(), clock.provisional, clock.due_at)

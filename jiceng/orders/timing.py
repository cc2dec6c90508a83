"""The clocks of an order by the rules in force where it was placed."""

import datetime

from django.utils import timezone

from jiceng.core.clock import day_of
from jiceng.orders import catalogue
from jiceng.orders.clocks import Clock, Limit, Stop, clock_of
from jiceng.orders.models import Order
from jiceng.procedures import catalogue as procedures
from jiceng.procedures.declarations import Step
from jiceng.procedures.timing import Due
from jiceng.rules.queries import Rule, find_rule
from jiceng.rules.values import Period

_KINDS = {"order.dispatch": "dispatch_tier", "order.accept": "tier", "order.tiers": "tier"}


def rule_of(key: str, order: Order, day: datetime.date) -> Rule | None:
    """Return the rule in force where the order was placed, for its kind of service."""
    return rule_at(key, order.kind, order.place_id, day)


def rule_at(key: str, kind: str, place: int, day: datetime.date) -> Rule | None:
    tier = getattr(catalogue.service(kind), _KINDS.get(key, ""), "")
    return find_rule(key, unit=place, day=day, kind=tier)


def limit_of(kind: str, place: int, day: datetime.date) -> Rule | None:
    """Return the rule of the resident's clock: the tier of the kind, else the general limit."""
    tier = catalogue.service(kind).tier
    found = find_rule("order.tiers", unit=place, day=day, kind=tier) if tier else None
    return found or find_rule("order.default_limit", unit=place, day=day)


def set_residents_clock(order: Order, rule: Rule | None) -> None:
    """Start the resident's clock. An order is taken also where no rule sets one."""
    if rule is None or not isinstance(rule.value, Period):
        return
    order.limit_count, order.limit_unit = rule.value.count, rule.value.unit
    order.limit_rule = rule.sentence()[:200]
    count_residents_clock(order, [])


def count_residents_clock(order: Order, stops: list[Stop]) -> None:
    """Count the resident's clock anew, with every stop there was and the extension."""
    limit = residents_limit(order)
    if limit is None:
        return
    extension = Limit(order.extended_count, order.extended_unit) if order.extended_count else None
    here = [Stop(timezone.localtime(s.from_at), timezone.localtime(s.until_at)) for s in stops]
    clock = clock_of(timezone.localtime(order.placed_at), limit, stops=here, extension=extension)
    order.due_at, order.second_at, order.third_at = clock.due_at, clock.second_at, clock.third_at
    order.provisional = clock.provisional


def residents_limit(order: Order) -> Limit | None:
    return Limit(order.limit_count, order.limit_unit) if order.limit_count else None


def handlers_clock(order: Order, at: datetime.datetime) -> Clock | None:
    """Return the clock of a unit that is given the order at `at`: the same limit, from then on."""
    limit = residents_limit(order)
    return clock_of(timezone.localtime(at), limit) if limit else None


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


def first_due(procedure: str, kind: str, place: int, at: datetime.datetime) -> Due | None:
    """Return by when the first step of an order placed at `at` is due."""
    shipped = procedures.latest(procedure)
    within = shipped.procedure.first.within if shipped else None
    return due_by(rule_at(within.rule, kind, place, day_of(at)), at) if within else None


def due_by(rule: Rule | None, at: datetime.datetime) -> Due | None:
    """Return when the period of a rule that begins at `at` runs out."""
    if rule is None or not isinstance(rule.value, Period):
        return None
    clock = clock_of(timezone.localtime(at), Limit(rule.value.count, rule.value.unit))
    return Due(clock.due_at.date(), rule.sentence(), clock.provisional, clock.due_at)

"""The rule in force for a matter, at a unit, on a day; and what pages list of rules."""

from jiceng.rules.queries.in_force import (
    Rule,
    Where,
    candidates_for,
    find_rule,
    find_rules,
    rule_for,
    rule_of,
    rule_of_row,
    rules_for,
    where_of,
)
from jiceng.rules.queries.lists import (
    Here,
    Listed,
    Own,
    adoptable,
    local_rule_for,
    local_rules_of,
    matter_named,
    rules_at,
)

__all__ = [
    "Here",
    "Listed",
    "Own",
    "Rule",
    "Where",
    "adoptable",
    "candidates_for",
    "find_rule",
    "find_rules",
    "local_rule_for",
    "local_rules_of",
    "matter_named",
    "rule_for",
    "rule_of",
    "rule_of_row",
    "rules_at",
    "rules_for",
    "where_of",
]

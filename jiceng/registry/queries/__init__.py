"""Reading the register as of a day. Rows of unfinished batches are seen by nobody."""

from jiceng.registry.queries.history import history_of, predecessors_of, successors_of
from jiceng.registry.queries.holdings import (
    bodies_of,
    facts_of,
    organisation_counts_in,
    posts_of,
    premises_of,
    seat_of,
    two_new_in,
)
from jiceng.registry.queries.units import (
    ancestors_of,
    children_of,
    described,
    organisations_in,
    path_of,
    paths_of,
    shown,
    subtree_of,
    top_on,
    unit_by_code,
    unit_on,
    units_at,
    units_on,
)

__all__ = [
    "ancestors_of",
    "bodies_of",
    "children_of",
    "described",
    "facts_of",
    "history_of",
    "organisation_counts_in",
    "organisations_in",
    "path_of",
    "paths_of",
    "posts_of",
    "predecessors_of",
    "premises_of",
    "seat_of",
    "shown",
    "subtree_of",
    "successors_of",
    "top_on",
    "two_new_in",
    "unit_by_code",
    "unit_on",
    "units_at",
    "units_on",
]

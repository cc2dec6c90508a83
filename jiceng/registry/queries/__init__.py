"""Reading the register as of a day. Rows of unfinished batches are seen by nobody."""

from jiceng.registry.queries.history import history_of, predecessors_of, successors_of
from jiceng.registry.queries.units import (
    ancestors_of,
    children_of,
    described,
    organisations_in,
    path_of,
    paths_of,
    shown,
    subtree_of,
    unit_by_code,
    unit_on,
    units_on,
)

__all__ = [
    "ancestors_of",
    "children_of",
    "described",
    "history_of",
    "organisations_in",
    "path_of",
    "paths_of",
    "predecessors_of",
    "shown",
    "subtree_of",
    "successors_of",
    "unit_by_code",
    "unit_on",
    "units_on",
]

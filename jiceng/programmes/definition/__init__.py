"""A programme's file: what it may declare, and what is wrong with it."""

from jiceng.programmes.definition.declarations import (
    LEVELS,
    BeltLevel,
    Definition,
    Named,
    Rung,
    Target,
)
from jiceng.programmes.definition.reading import FaultyFile, definition_of
from jiceng.programmes.definition.sections import Fault
from jiceng.programmes.definition.thresholds import Threshold

__all__ = [
    "LEVELS",
    "BeltLevel",
    "Definition",
    "Fault",
    "FaultyFile",
    "Named",
    "Rung",
    "Target",
    "Threshold",
    "definition_of",
]

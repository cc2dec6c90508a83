"""Changing the register: each operation is bulk, the single one its case of one.

An operation that is given a `journal` is part of a larger one, which leaves the audit entry.
"""

from jiceng.registry.operations.ending import Inheritance, end_units, succeed
from jiceng.registry.operations.founding import Founding, found_units
from jiceng.registry.operations.naming import recode_units, rename_units
from jiceng.registry.operations.placing import move_units, rebuild_paths, seat_organisations

__all__ = [
    "Founding",
    "Inheritance",
    "end_units",
    "found_units",
    "move_units",
    "rebuild_paths",
    "recode_units",
    "rename_units",
    "seat_organisations",
    "succeed",
]

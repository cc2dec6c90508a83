"""Everything that changes a case. There is one way to take a step: `take_step`."""

from jiceng.procedures.operations.changing import (
    correct_step,
    extend_step,
    return_case,
    withdraw_case,
)
from jiceng.procedures.operations.opening import Opening, open_case, open_cases
from jiceng.procedures.operations.publishing import publish_version
from jiceng.procedures.operations.sheets import enter_sheet
from jiceng.procedures.operations.taking import take_step

__all__ = [
    "Opening",
    "correct_step",
    "enter_sheet",
    "extend_step",
    "open_case",
    "open_cases",
    "publish_version",
    "return_case",
    "take_step",
    "withdraw_case",
]

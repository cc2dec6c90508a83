"""Changing programmes: each operation is bulk, the single one its case of one.

From its sunset day on, a programme refuses every one of them.
"""

from jiceng.programmes.operations.areas import AreaPlan, record_areas, set_area_units
from jiceng.programmes.operations.belt_members import MemberPlan, set_members
from jiceng.programmes.operations.belts import BeltEdit, BeltPlan, edit_belt, record_belts
from jiceng.programmes.operations.building import confirm_built, withdraw_built
from jiceng.programmes.operations.correcting import correct_statuses
from jiceng.programmes.operations.costs import Expense, correct_cost, record_costs
from jiceng.programmes.operations.deciding import confirm_statuses, turn_down_proposals
from jiceng.programmes.operations.programmes import load_programme
from jiceng.programmes.operations.proposing import Proposal, propose_statuses
from jiceng.programmes.operations.verdicts import judge_programme, refresh_verdicts

__all__ = [
    "AreaPlan",
    "BeltEdit",
    "BeltPlan",
    "Expense",
    "MemberPlan",
    "Proposal",
    "confirm_built",
    "confirm_statuses",
    "correct_cost",
    "correct_statuses",
    "edit_belt",
    "judge_programme",
    "load_programme",
    "propose_statuses",
    "record_areas",
    "record_belts",
    "record_costs",
    "refresh_verdicts",
    "set_area_units",
    "set_members",
    "turn_down_proposals",
    "withdraw_built",
]

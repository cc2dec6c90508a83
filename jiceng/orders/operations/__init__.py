"""Everything that changes orders, wishes and voluntary service. A step of an order is one operation;
so is what happens beside steps.
"""

from jiceng.orders.operations.acting import (
    accept,
    ask_to_end,
    call_back,
    dispatch,
    exclude,
    finish,
    give_back,
    judge_ending,
    object_to_dispatch,
    pass_up,
    review_objection,
    take_up,
)
from jiceng.orders.operations.placing import Placed, Placing, place_order

__all__ = [
    "Placed",
    "Placing",
    "accept",
    "ask_to_end",
    "call_back",
    "dispatch",
    "exclude",
    "finish",
    "give_back",
    "judge_ending",
    "object_to_dispatch",
    "pass_up",
    "place_order",
    "review_objection",
    "take_up",
]

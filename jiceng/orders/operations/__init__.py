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
    merge,
    object_to_dispatch,
    pass_up,
    review_objection,
    take_up,
)
from jiceng.orders.operations.asking import add, reissue_code, withdraw
from jiceng.orders.operations.contacts import erase_contacts, reveal_contact
from jiceng.orders.operations.helping import (
    answer_task,
    ask_to_assist,
    call_in,
    judge_task,
    return_task,
)
from jiceng.orders.operations.pausing import ask_extension, decide_extension, pause, resume
from jiceng.orders.operations.placing import Placed, Placing, place_order, place_orders
from jiceng.orders.operations.releasing import release_summary, take_off_board

__all__ = [
    "Placed",
    "Placing",
    "accept",
    "add",
    "answer_task",
    "ask_extension",
    "ask_to_assist",
    "ask_to_end",
    "call_back",
    "call_in",
    "decide_extension",
    "dispatch",
    "erase_contacts",
    "exclude",
    "finish",
    "give_back",
    "judge_ending",
    "judge_task",
    "merge",
    "object_to_dispatch",
    "pass_up",
    "pause",
    "place_order",
    "place_orders",
    "reissue_code",
    "release_summary",
    "resume",
    "return_task",
    "reveal_contact",
    "review_objection",
    "take_off_board",
    "take_up",
    "withdraw",
]

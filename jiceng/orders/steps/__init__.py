"""The kinds of step that only orders know."""

from jiceng.orders.steps.calling import CallBack
from jiceng.orders.steps.conduct import Examine, Screen
from jiceng.orders.steps.giving import Accept, Dispatch, Review
from jiceng.orders.steps.handling import Ending, Handle, Settle

KINDS = (
    Dispatch(),
    Accept(),
    Review(),
    Handle(),
    Ending(),
    CallBack(),
    Settle(),
    Screen(),
    Examine(),
)

"""An import from its arrival to its undoing; and exports."""

from jiceng.exchange.operations.carrying import carry_on
from jiceng.exchange.operations.deciding import decide
from jiceng.exchange.operations.exporting import export
from jiceng.exchange.operations.receiving import receive
from jiceng.exchange.operations.starting import begin_applying, begin_undoing, resume, withdraw

__all__ = [
    "begin_applying",
    "begin_undoing",
    "carry_on",
    "decide",
    "export",
    "receive",
    "resume",
    "withdraw",
]

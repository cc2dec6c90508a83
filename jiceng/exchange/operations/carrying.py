"""What the job does with an import: whatever its state asks for, as far as it goes."""

import datetime

from jiceng.core.memory import rarely_collected
from jiceng.exchange.models import Import
from jiceng.exchange.operations.applying import apply
from jiceng.exchange.operations.checking import check
from jiceng.exchange.operations.undoing import undo

_WORK = {
    Import.State.UPLOADED: check,
    Import.State.CHECKING: check,
    Import.State.APPLYING: apply,
    Import.State.UNDOING: undo,
}


def carry_on(number: int, *, at: datetime.datetime) -> None:
    """Check, apply or undo an import, from where an earlier job left it. Repeatable: when there
    is nothing to do it does nothing.
    """
    one = Import.objects.get(pk=number)
    work = _WORK.get(Import.State(one.state))
    if work is not None:
        with rarely_collected():
            work(one, at=at)

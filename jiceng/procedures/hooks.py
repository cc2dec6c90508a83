"""What packages above keep in step with a case; called inside the operation that moves it."""

import datetime
from collections.abc import Callable

from jiceng.procedures.models import Case

Hook = Callable[[Case, datetime.datetime], None]
_on_move: dict[str, list[Hook]] = {}


def on_move(procedure: str, hook: Hook) -> None:
    """Call `hook` whenever a case of the procedure of this code has moved, ended or reopened: it
    reads where the case stands and brings its own rows there, whatever they were.
    """
    _on_move.setdefault(procedure, []).append(hook)


def moved(case: Case, at: datetime.datetime) -> None:
    for hook in _on_move.get(case.procedure.code, []):
        hook(case, at)

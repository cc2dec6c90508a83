"""Telling those above that rows changed, without knowing them: a lower package reports, a higher
one listens. Used for nothing but marking what is derived from rows as outdated.
"""

import datetime
from collections.abc import Callable, Iterable

Listener = Callable[[str, Iterable[datetime.date], datetime.datetime], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` with every report, in the transaction of the operation that changed rows."""
    _listeners.append(listener)


def report(model: str, days: Iterable[datetime.date], at: datetime.datetime) -> None:
    """Say that rows of `model` ("registry.Unit") changed that hold, or happened, from `days` on."""
    days = list(days)
    for listener in _listeners:
        listener(model, days, at)

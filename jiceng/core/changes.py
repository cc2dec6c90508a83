"""Telling those above that rows changed, without knowing them: a lower package reports, a higher
one listens. Used for nothing but marking what is derived from rows as outdated.
"""

import datetime
from collections.abc import Callable, Iterable

Listener = Callable[[set[str], set[datetime.date], datetime.datetime], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` with the models, days and moment of every report, inside the transaction of
    the operation that changed rows.
    """
    _listeners.append(listener)


def report(models: Iterable[str], days: Iterable[datetime.date], at: datetime.datetime) -> None:
    """Say that rows of some models ("registry.Unit") changed that hold, or happened, from `days`
    on. Rows of a bulk act that hides them until it is finished are reported then, too.
    """
    named, found = set(models), set(days)
    for listener in _listeners:
        listener(named, found, at)

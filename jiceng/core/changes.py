"""Telling those above that rows changed, without knowing them: a lower package reports, a higher
one listens. Used for nothing but marking what is derived from rows as outdated.
"""

import datetime
from collections.abc import Callable, Iterable

from django.db.models import Model

Listener = Callable[[str, set[datetime.date], datetime.datetime], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` with the label, days and moment of every report, inside the transaction of
    the operation that changed rows.
    """
    _listeners.append(listener)


def report(model: type[Model], days: Iterable[datetime.date], at: datetime.datetime) -> None:
    """Say that rows of `model` changed that hold, or happened, from `days` on."""
    found = set(days)
    for listener in _listeners:
        listener(model._meta.label, found, at)

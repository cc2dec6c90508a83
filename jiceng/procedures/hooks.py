"""What packages above keep in step with a case; called inside the operation that moves it."""

import datetime
from collections.abc import Callable

from django.urls import reverse

from jiceng.procedures.models import Case

Hook = Callable[[Case, datetime.datetime], None]
_on_move: dict[str, list[Hook]] = {}
_pages: dict[str, str] = {}  # procedure → name of the page that shows a case


def on_move(procedure: str, hook: Hook) -> None:
    """Call `hook` whenever a case of the procedure of this code has moved, ended or reopened: it
    reads where the case stands and brings its own rows there, whatever they were.
    """
    _on_move.setdefault(procedure, []).append(hook)


def moved(case: Case, at: datetime.datetime) -> None:
    for hook in _on_move.get(case.procedure.code, []):
        hook(case, at)


def shown_at(procedure: str, page: str) -> None:
    """Show the cases of a procedure at the page of this name, which takes the number."""
    _pages[procedure] = page


def address_of(case: Case) -> str:
    """Return the path of the page where the case is taken on."""
    return reverse(_pages.get(case.procedure.code, "web:case"), args=[case.number])

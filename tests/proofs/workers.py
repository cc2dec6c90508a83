"""Processes that act at the same moment, each with a database connection of its own."""

import multiprocessing
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections

from jiceng.core.refusals import Refusal

WORKERS = 8
_LONGEST = 1_500  # seconds until a proof that hangs fails
_mine: dict[str, Any] = {}  # what the parent handed to this process


def at_once(act: Callable[[Any], Any], arguments: Iterable[Any] = range(WORKERS)) -> list[Any]:
    """Run `act` once for each argument, each in a process of its own, all begun together.

    Return the answers in order. What a process raises is raised here.
    """
    arguments = list(arguments)
    connections.close_all()  # a connection must not be shared by two processes
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(len(arguments))
    pool = context.Pool(len(arguments), _begin, (act, gate))
    try:
        return pool.map_async(_act, arguments, chunksize=1).get(_LONGEST)
    finally:
        pool.terminate()
        pool.join()


def _begin(act: Callable[[Any], Any], gate: Any) -> None:
    _mine.update(act=act, gate=gate)


def _act(argument: Any) -> Any:
    _mine["gate"].wait()
    try:
        return _mine["act"](argument)
    finally:
        connections.close_all()


def told(act: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[Any, str]:
    """Return what `act` answered and "", or nothing and the name of its refusal."""
    try:
        return act(*arguments, **named), ""
    except Refusal as refusal:
        return None, type(refusal).__name__

"""What a post may leave behind: each package tells of its own, collected by code."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from jiceng.core.declarations import Registry

Addressee = tuple[str, int]  # role, unit


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that the successor takes over."""

    title: str
    kind: str  # in words: 待办, 草稿 …
    address: str = ""  # path within the site
    due_on: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A package's answer to "what is left?", found as `HAND_OVERS` in its module `hand_overs`."""

    code: str  # "agenda.waiting"
    left_by: Callable[[Collection[Addressee], datetime.date], list[Left]]


LEAVINGS = Registry("hand-over")

"""Who is proposed to handle an order, and why. Pure: a person confirms.

The tree says which units stand above the place, the duty lists say whose task it is. A task
that stands in nobody's list needs the county's approval.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jiceng.orders.catalogue import First, Service

LEVELS: dict[First, int] = {"county": 3, "town": 4, "village": 5}
Why = Literal["named", "duty", "line", "level", "supervision", "branch", "nobody"]


@dataclass(frozen=True, slots=True)
class Station:
    """A division that holds the place, and its level by law (3 county, 4 town, 5 village)."""

    unit: int
    level: int


@dataclass(frozen=True, slots=True)
class Duty:
    """That a unit's duty list holds an item; `level` is that of the division it serves."""

    unit: int
    level: int
    item: str
    title: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The unit to handle an order, why, and whether the county must approve it first."""

    unit: int | None  # None: no division at the place reaches that level
    why: Why
    needs_approval: bool = False
    duty: Duty | None = None


def propose(
    service: Service,
    above: Sequence[Station],
    duties: Iterable[Duty] = (),
    *,
    named: int | None = None,
    concerned: Collection[int] = (),
) -> Proposal:
    """Return who is to handle an order of a kind at a place.

    Args:
        above: the divisions that hold the place, itself among them.
        duties: the items of duty lists around the place that might meet the kind's.
        named: the handler that the county has named for the kind, by its own document.
        concerned: the units an order about a person's conduct is about; never proposed.
    """
    if service.track == "conduct":
        return _supervision(above, concerned)
    if service.track == "voluntary":
        return Proposal(_at(above, LEVELS["village"]), "branch")
    held = {duty.unit: duty for duty in duties if duty.item == service.duty_item}
    if named is not None:
        return Proposal(named, "named", needs_approval=named not in held, duty=held.get(named))
    first = LEVELS[service.first]
    if (unit := _at(above, first)) in held:
        return Proposal(unit, "duty", duty=held[unit])
    if held:
        nearest = min(held.values(), key=lambda duty: (abs(duty.level - first), -duty.level))
        return Proposal(nearest.unit, "line", duty=nearest)
    return Proposal(unit, "level" if unit else "nobody", needs_approval=True)


def _supervision(above: Sequence[Station], concerned: Collection[int]) -> Proposal:
    """Propose the county, or what stands above it when the county itself is concerned."""
    fit = [one for one in above if one.level <= LEVELS["county"] and one.unit not in concerned]
    nearest = max(fit, key=lambda one: one.level, default=None)
    return Proposal(nearest.unit if nearest else None, "supervision" if nearest else "nobody")


def _at(above: Sequence[Station], level: int) -> int | None:
    """Return the division of a level; a place higher up answers for the levels it lacks."""
    reaching = [one for one in above if one.level <= level]
    nearest = max(reaching, key=lambda one: one.level, default=None)
    return nearest.unit if nearest else None

"""Who might be asked: those who said they can do it, in the order of the alphabet. Pure.

A proposal, never an assignment; nobody stands before another for what he has done (N3).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Volunteer:
    """A member of a branch and what he says he can do."""

    person: int
    name: str
    reading: str  # by which names are put in order
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A volunteer, and what of the wanted he can do; nothing: he may be asked all the same."""

    volunteer: Volunteer
    fits: tuple[str, ...]


def proposals(wanted: Collection[str], volunteers: Iterable[Volunteer]) -> list[Proposal]:
    """Return whom one might ask: who can do something of what is wanted, then everybody else; by
    name, never by how much one can or has done.
    """
    found = [
        Proposal(one, tuple(skill for skill in wanted if skill in one.skills)) for one in volunteers
    ]
    return sorted(
        found,
        key=lambda one: (
            not one.fits,
            one.volunteer.reading,
            one.volunteer.name,
            one.volunteer.person,
        ),
    )


def fits(wanted: Collection[str], has: Collection[str]) -> bool:
    """Say whether somebody can do something of what is wanted; nothing special suits everybody."""
    return not wanted or any(skill in has for skill in wanted)

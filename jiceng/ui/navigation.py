"""The sections that the header leads to; each package of pages registers its own."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from jiceng.access.queries import permissions_of
from jiceng.core import clock


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the main navigation.

    It is the current one on its own page and those below its address, the longest winning.
    """

    order: int
    title: str
    name: str  # of its address: "web:today"
    permission: str = ""  # shown only to who holds it somewhere; empty: to everyone


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    address: str
    current: bool


SECTIONS: list[Section] = []


def register(*sections: Section) -> None:
    SECTIONS.extend(sections)
    SECTIONS.sort(key=lambda section: section.order)


def navigation_of(request: HttpRequest) -> list[Shown]:
    """Return the sections this user may use. One query."""
    held = permissions_of(request.user, clock.today())
    open_to_him = [s for s in SECTIONS if not s.permission or s.permission in held]
    addresses = {section.name: reverse(section.name) for section in open_to_him}
    around = [a for a in addresses.values() if request.path.startswith(a) and a != "/"]
    here = max(around, key=len, default=request.path)
    return [Shown(str(s.title), addresses[s.name], addresses[s.name] == here) for s in open_to_him]

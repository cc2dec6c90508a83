"""The sections that the header leads to; each package of pages registers its own."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from jiceng.access.queries import permissions_of, scope_of
from jiceng.access.queries.gate import covers_everything
from jiceng.core import clock
from jiceng.ui.requests import StaffRequest


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the main navigation.

    It is the current one on its own page, on those it names, on those below its address and on those
    below the other paths it names; the longest path wins.
    """

    order: int
    title: str | Promise
    name: str  # of its address: "web:today"
    permission: str = ""  # shown only to who holds it somewhere; empty: to everyone
    paths: tuple[str, ...] = ()  # "/units/"
    pages: tuple[str, ...] = ()  # names of addresses that lie below another section's path
    whole: bool = False  # its page asks for the permission over the whole installation
    unless: str = ""  # left out for who holds this permission: another section leads him there
    about: str | Promise = ""  # one line: what one finds there


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    title: str
    address: str
    current: bool
    about: str


SECTIONS: list[Section] = []


def register(*sections: Section) -> None:
    SECTIONS.extend(sections)
    SECTIONS.sort(key=lambda section: section.order)


def navigation_of(request: StaffRequest) -> list[Shown]:
    """Return the sections this user may use. No statement beyond reading his rights, which the
    page has done; for whoever holds the permission of a `whole` one somewhere two more.
    """
    held = permissions_of(request.user, clock.today())
    open_to_him = [
        section
        for section in SECTIONS
        if section.unless not in held
        and (
            not section.permission
            or (section.permission in held and _reaches_far_enough(request, section))
        )
    ]
    here = max(open_to_him, key=lambda section: _nearness(section, request), default=None)
    return [
        Shown(
            s.name,
            str(s.title),
            reverse(s.name),
            s is here and _nearness(s, request) > 0,
            str(s.about),
        )
        for s in open_to_him
    ]


def _reaches_far_enough(request: StaffRequest, section: Section) -> bool:
    today = clock.today()
    return not section.whole or covers_everything(
        scope_of(request.user, section.permission, today), today
    )


def _nearness(section: Section, request: StaffRequest) -> int:
    """Return how much of the address leads to `section`; the first page lies above no other."""
    path, address = request.path, reverse(section.name)
    page = request.resolver_match.view_name if request.resolver_match else ""
    if path == address or page in section.pages:
        return len(path)
    above = [p for p in (address, *section.paths) if p != "/" and path.startswith(p)]
    return max(map(len, above), default=0)

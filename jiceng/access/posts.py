"""Which role a post brings, and where: from `data/posts.yaml`."""

import datetime
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from jiceng.registry.models import Placement, Post, Seat, Unit, UnitName
from jiceng.registry.models.units import Domain, Kind, Level

_FILE = Path(__file__).parent / "data" / "posts.yaml"
# What leads a village is its own organisation, not that of a firm that stands in it.
_OF_VILLAGES = {Domain.VILLAGE, Domain.COMMUNITY}
_OF_PLACES = {Domain.ORGAN, ""}
_COMMITTEES = {Kind.PARTY_COMMITTEE, Kind.PARTY_WORKING_COMMITTEE}


@dataclass(frozen=True, slots=True)
class Brought:
    """A role that a post brings, and the unit at which it does."""

    post: Post
    role: str
    unit: int


@dataclass(frozen=True, slots=True)
class _Table:
    roles: dict[str, str]  # post → role
    leads: frozenset[str]  # posts whose holder may lead a place
    leading: dict[int, str]  # level of the place → role


@functools.cache
def table() -> _Table:
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return _Table(
        {row["post"]: row["role"] for row in read["posts"]},
        frozenset(row["post"] for row in read["posts"] if row.get("leads")),
        {int(level): role for level, role in read["leading"].items()},
    )


def brought_by(posts: Iterable[Post], day: datetime.date) -> list[Brought]:
    """Return what each post brings as of `day`; nothing for one that is not listed.

    Four statements, whatever the number of posts.
    """
    posts = [post for post in posts if post.role in table().roles]
    places = _places_led({p.unit_id for p in posts if p.role in table().leads}, day)
    found: list[Brought] = []
    for post in posts:
        place = places.get(post.unit_id) if post.role in table().leads else None
        role = table().leading[place.level] if place else table().roles[post.role]
        found.append(Brought(post, role, post.unit_id))
        if place:
            found.append(Brought(post, role, place.pk))
    return found


def _places_led(organisations: set[int], day: datetime.date) -> dict[int, Unit]:
    """Return the division that each organisation leads, if it is the topmost one seated there."""
    parents = dict(
        Placement.objects.on(day).filter(unit__in=organisations).values_list("unit_id", "parent_id")
    )
    wanted = organisations | {parent for parent in parents.values() if parent}
    seats = {
        seat.organisation_id: seat.division
        for seat in Seat.objects.on(day).filter(organisation__in=wanted).select_related("division")
    }
    kinds = dict(
        UnitName.objects.on(day).filter(unit__in=organisations).values_list("unit_id", "kind")
    )
    domains = dict(Unit.objects.filter(pk__in=organisations).values_list("pk", "domain"))
    return {
        organisation: seats[organisation]
        for organisation in organisations
        if organisation in seats
        and seats[organisation] != seats.get(parents.get(organisation) or 0)
        and _fits(seats[organisation].level, kinds.get(organisation), domains.get(organisation))
    }


def _fits(level: int, kind: str | None, domain: str | None) -> bool:
    if level == Level.VILLAGE:
        return domain in _OF_VILLAGES
    return level in table().leading and kind in _COMMITTEES and domain in _OF_PLACES

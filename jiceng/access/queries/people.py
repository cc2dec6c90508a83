"""People through the gate: found by whole name or number, where the reader may see who is there."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from jiceng.access.queries.gate import NotVisible
from jiceng.access.queries.rights import scope_of
from jiceng.access.queries.scopes import reach_of
from jiceng.accounts.models import User
from jiceng.registry.models import Membership, Person, Post, Unit
from jiceng.registry.queries import described, shown

_MOST = 50  # people of one name that are looked at


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the register, and the place by which the reader may know of him."""

    person: Person
    unit: Unit
    title: str  # of the post; empty: a member there


def people_for(user: User, text: str, today: datetime.date) -> list[Known]:
    """Return the people of exactly this name or number whom `user` may see, by a post or a
    membership, past or present. Nobody is found by a part of his name. At most twelve statements.
    """
    named = shown(Person.objects.filter(Q(name=text) | Q(number=text)))
    return _visible(user, list(named.order_by("number")[:_MOST]), today)


def person_for(user: User, number: int, today: datetime.date) -> Person:
    """Return one person.

    Raises:
        NotVisible: there is nobody of this number whom `user` may see.
    """
    found = _visible(user, list(shown(Person.objects.filter(pk=number))), today)
    if not found:
        raise NotVisible(_("没有这个人，或者您无权查看。"))
    return found[0].person


def _visible(user: User, people: list[Person], today: datetime.date) -> list[Known]:
    if not people:
        return []
    scope = scope_of(user, "registry.people", today)
    places = _places_of(people)
    units = {unit for rows in places.values() for unit, _title in rows}
    reach = reach_of(units, today)
    seen = {unit for unit in units if scope.covers_any(reach.get(unit, []))}
    words = described(seen, today)
    found = []
    for person in people:
        open_to_him = [(unit, title) for unit, title in places[person.pk] if unit in seen]
        if open_to_him:
            unit, title = open_to_him[0]
            found.append(Known(person, words[unit], title))
    return found


def _places_of(people: Iterable[Person]) -> dict[int, list[tuple[int, str]]]:
    """Return each person's places: posts before memberships, the latest of each first."""
    people = list(people)
    places: dict[int, list[tuple[int, str]]] = {person.pk: [] for person in people}
    posts = shown(Post.objects.filter(person__in=people)).order_by("-valid_to", "-valid_from", "pk")
    for post in posts:
        places[post.person_id].append((post.unit_id, post.title))
    members = shown(Membership.objects.filter(person__in=people))
    for row in members.order_by("-valid_to", "-valid_from", "pk"):
        places[row.person_id].append((row.organisation_id, ""))
    return places

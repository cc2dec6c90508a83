"""Programmes through the gate: which a user sees, and where in it his rights reach."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from jiceng.access.declarations import label_of
from jiceng.access.queries import Scope, reach_of, scope_of
from jiceng.access.queries.gate import NotPermitted
from jiceng.accounts.models import User
from jiceng.programmes.definition import Definition, Named, definition_of
from jiceng.programmes.models import Programme
from jiceng.programmes.refusals import NoSuchProgramme, NoSuchThing
from jiceng.registry import paths


@dataclass(frozen=True)
class Seen:
    """A programme with the part of it that a user's permission reaches, by today's tree."""

    programme: Programme
    scope: Scope
    path: str  # of the programme's unit today
    today: datetime.date

    @cached_property
    def definition(self) -> Definition:
        return definition_of(self.programme.file)

    @property
    def closed(self) -> bool:
        return self.today >= self.programme.sunset_on

    @property
    def whole(self) -> bool:
        """Whether the user's right covers the whole programme."""
        return self.scope.covers(self.path)

    @property
    def top(self) -> int:
        """The highest unit of the programme that the user's right covers."""
        if self.whole:
            return self.programme.unit_id
        inside = [prefix for prefix in self.scope.ranges if paths.covers(self.path, prefix)]
        return paths.id_of(inside[0][-paths.WIDTH :])

    def refuse_outside(self, units: list[int]) -> None:
        """Raise NoSuchThing unless the user's right reaches each unit."""
        reach = reach_of(units, self.today)
        if not all(self.scope.covers_any(reach[unit]) for unit in units):
            raise NoSuchThing(_("没有这个单位，或者您无权查看。"))


def _reaches(scope: Scope, path: str) -> bool:
    """Say whether a scope covers the unit at `path`, or something below it."""
    return any(paths.covers(p, path) or paths.covers(path, p) for p in scope.ranges)


def programmes_for(user: User, today: datetime.date) -> list[Seen]:
    """Return the programmes that a user may look at, running ones first. Seven statements."""
    scope = scope_of(user, "programmes.view", today)
    rows = list(Programme.objects.select_related("unit").order_by("-sunset_on", "code"))
    reach = reach_of({row.unit_id for row in rows}, today)
    return [
        Seen(row, scope, path, today)
        for row in rows
        for path in reach[row.unit_id][:1]
        if _reaches(scope, path)
    ]


def parts_of(user: User, seen: Seen) -> list[tuple[Named, Seen | None]]:
    """Return the parts of the campaign that a programme belongs to, each with its own programme;
    None where nobody has loaded it, or the user may not look at it. Seven statements.
    """
    campaign = seen.definition.campaign
    if campaign is None:
        return []
    standing = {one.programme.code: one for one in programmes_for(user, seen.today)}
    return [(part, standing.get(part.code)) for part in campaign.parts]


def programme_by_code(code: str) -> Programme:
    """Return a programme for whoever runs the machine; pages go through `programme_for`.

    Raises:
        NoSuchProgramme: there is none.
    """
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        raise NoSuchProgramme(_("没有这个项目，或者您无权查看。"))
    return programme


def programme_for(user: User, permission: str, *, code: str, today: datetime.date) -> Seen:
    """Return one programme, checked, with where the permission reaches. Six statements.

    Raises:
        NoSuchProgramme: there is none, or the user may not know of it.
        NotPermitted: he may look at it but not do this.
    """
    programme = Programme.objects.filter(code=code).first()
    if programme is not None:
        path = next(iter(reach_of([programme.unit_id], today)[programme.unit_id]), "")
        scope = scope_of(user, permission, today)
        if _reaches(scope, path):
            return Seen(programme, scope, path, today)
        if _reaches(scope_of(user, "programmes.view", today), path):
            raise NotPermitted(_("您没有“%s”的权限。") % label_of(permission))
    raise NoSuchProgramme(_("没有这个项目，或者您无权查看。"))

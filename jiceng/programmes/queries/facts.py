"""Collecting what held on a day, as far as a programme's targets ask, in a fixed number of
statements.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from jiceng.core.bulk import numbered
from jiceng.programmes.definition import Target, definition_of
from jiceng.programmes.definition.declarations import BeltsBuilt, Coverage
from jiceng.programmes.judging import Area, Belt, Facts, Member, Point, Unit
from jiceng.programmes.models import (
    AreaMember,
    BeltCompletion,
    BeltMember,
    PointStatus,
    Programme,
)
from jiceng.programmes.models import Belt as BeltRow
from jiceng.programmes.queries.ended import paths_of_ended
from jiceng.registry import paths
from jiceng.registry.models import OrganisationLink, Seat, UnitPath
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import path_of, shown
from jiceng.standards.models import Rating

Seats = dict[int, tuple[int, str]]  # organisation → number and path of the division it stands in


def facts_on(
    programme: Programme,
    day: datetime.date,
    *,
    within: str = "",
    belt: int | None = None,
    target: Target | None = None,
) -> Facts:
    """Return everything that is judged on `day`. Twelve statements, four more when a point's unit
    has ended by then.

    Args:
        within: take only the divisions at this path and below it, and what stands there.
        belt: take only this belt and what stands on it.
        target: take only what this target asks for.
    """
    level = target.counted.belt_level if target and isinstance(target.counted, BeltsBuilt) else ""
    ask = _Ask(programme, day, within, belt, level)
    root_path = path_of(programme.unit_id, day)
    if target is not None and _asks_for_places_alone(target):
        return _places_alone(ask, root_path)
    divisions = ask.divisions(root_path)
    statuses, domains = ask.statuses
    organisations = ask.organisations()
    units = divisions | organisations
    seats = ask.seats()
    return Facts(
        day=day,
        root=divisions.get(programme.unit_id) or Unit(programme.unit_id, root_path, "", 0),
        units=units,
        belts=ask.belts(),
        members=ask.members,
        statuses=statuses,
        points=tuple(_points(statuses, domains, units, seats, day, root_path)),
        stars=ask.stars(),
        party_of=ask.party_organisations,
        seated=_seated(organisations, seats),
        areas=ask.areas(),
    )


def statuses_on(programme: Programme, day: datetime.date) -> QuerySet[PointStatus]:
    """Return what was confirmed by `day`; nothing from the sunset on: titles are void."""
    rows = shown(PointStatus.objects.in_force(day).filter(programme=programme))
    return rows if day < programme.sunset_on else rows.none()


def _asks_for_places_alone(target: Target) -> bool:
    """Say whether a target asks for villages and belts, but for no status and no star."""
    return isinstance(target.counted, Coverage) and not target.counted.built_only


def _places_alone(ask: "_Ask", root_path: str) -> Facts:
    units = ask.divisions(root_path)
    return Facts(
        day=ask.day,
        root=Unit(ask.programme.unit_id, ask.within or root_path, "", 0),
        units=units,
        belts=ask.belts(),
        members=ask.members,
        areas=ask.areas(),
    )


@dataclass(frozen=True)
class _Ask:
    """What is asked of the database, for one programme and day.

    Who stands on the belts is read first and goes into the other statements as numbers: nested
    into each of them, their conditions took longer to put together and to plan than to answer.
    """

    programme: Programme
    day: datetime.date
    within: str
    belt: int | None
    level: str  # of the belts taken; empty: all

    @property
    def _belts_alone(self) -> bool:
        """Whether only some belts are asked for, and what stands on them."""
        return self.belt is not None or bool(self.level)

    def divisions(self, root: str) -> dict[int, Unit]:
        """Return the divisions down to the village, by number."""
        root = self.within or root
        rows = shown(
            UnitPath.objects.on(self.day).filter(
                path__gte=root,
                path__lt=paths.end_of(root),
                unit__tree=Tree.DIVISION,
                unit__level__lte=Level.VILLAGE,
            )
        ).filter(unit__names__valid_from__lte=self.day, unit__names__valid_to__gt=self.day)
        if self._belts_alone:
            rows = rows.filter(unit__in=numbered(self._units_on_belts))
        columns = ("unit_id", "path", "unit__names__kind", "unit__level")
        return {
            number: Unit(number, path, kind, level)
            for number, path, kind, level in rows.values_list(*columns)
        }

    def belts(self) -> tuple[Belt, ...]:
        completed = BeltCompletion.objects.filter(
            belt=OuterRef("pk"), superseded_at=None, built_on__lte=self.day
        )
        rows = (
            self._belts()
            .filter(unit__paths__valid_from__lte=self.day, unit__paths__valid_to__gt=self.day)
            .annotate(confirmed=Exists(completed))
            .order_by("number")
        )
        columns = ("pk", "level", "unit__paths__path", "confirmed")
        return tuple(Belt(*row) for row in rows.values_list(*columns))

    def _belts(self) -> QuerySet[BeltRow]:
        rows = shown(BeltRow.objects.on(self.day).filter(programme=self.programme))
        if self.level:
            rows = rows.filter(level=self.level)
        return rows if self.belt is None else rows.filter(pk=self.belt)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        rows = shown(BeltMember.objects.on(self.day).filter(belt__in=self._belts().values("pk")))
        if self.within:
            below = UnitPath.objects.on(self.day).filter(
                path__gte=self.within, path__lt=paths.end_of(self.within)
            )
            rows = rows.filter(unit__in=below.values("unit"))
        columns = ("belt_id", "unit_id", "two_new_org_id", "on_main_road")
        ordered = rows.order_by("belt", "order", "pk")
        return tuple(Member(*row) for row in ordered.values_list(*columns))

    @property
    def _units_on_belts(self) -> set[int]:
        return {member.unit for member in self.members if member.unit}

    @cached_property
    def statuses(self) -> tuple[dict[int, str], dict[int, str]]:
        """Return the last status of each unit, and each one's domain."""
        rows = statuses_on(self.programme, self.day)
        if self._belts_alone:
            rows = rows.filter(unit__in=numbered(self._units_on_belts))
        found = list(rows.values_list("unit_id", "status", "unit__domain"))
        return (
            {unit: status for unit, status, _ in found},
            {unit: domain for unit, _, domain in found},
        )

    @cached_property
    def party_organisations(self) -> dict[int, tuple[int, ...]]:
        """Return the party organisations of each two-new organisation on a belt."""
        enterprises = {member.two_new for member in self.members if member.two_new}
        links = OrganisationLink.objects.on(self.day).filter(two_new_org__in=numbered(enterprises))
        found: dict[int, list[int]] = defaultdict(list)
        rows = shown(links).order_by("organisation")
        for enterprise, organisation in rows.values_list("two_new_org_id", "organisation_id"):
            found[enterprise].append(organisation)
        return {enterprise: tuple(own) for enterprise, own in found.items()}

    @cached_property
    def _concerned(self) -> RawSQL:
        """The units on a belt, the organisations linked to what is on one, and what has a status."""
        linked = {number for own in self.party_organisations.values() for number in own}
        return numbered(self._units_on_belts | linked | self.statuses[0].keys())

    def organisations(self) -> dict[int, Unit]:
        rows = shown(
            UnitPath.objects.on(self.day).filter(
                unit__in=self._concerned, unit__tree=Tree.ORGANISATION
            )
        )
        columns = ("unit_id", "path", "unit__level", "unit__domain")
        return {
            number: Unit(number, path, "", level, domain)
            for number, path, level, domain in rows.values_list(*columns)
        }

    def seats(self) -> Seats:
        rows = shown(Seat.objects.on(self.day).filter(organisation__in=self._concerned)).filter(
            division__paths__valid_from__lte=self.day, division__paths__valid_to__gt=self.day
        )
        columns = ("organisation_id", "division_id", "division__paths__path")
        return {unit: (division, path) for unit, division, path in rows.values_list(*columns)}

    def stars(self) -> dict[tuple[str, int], int]:
        """Return the levels held against the standards that the file's targets name."""
        standards = {
            target.counted.standard
            for target in definition_of(self.programme.file).targets
            if hasattr(target.counted, "standard")
        }
        rows = shown(
            Rating.objects.in_force(self.day).filter(
                organisation__in=self._concerned, standard__code__in=standards
            )
        )
        columns = ("standard__code", "organisation_id", "level")
        return {(standard, unit): level for standard, unit, level in rows.values_list(*columns)}

    def areas(self) -> tuple[Area, ...]:
        rows = (
            shown(AreaMember.objects.on(self.day))
            .filter(
                area__programme=self.programme,
                area__valid_from__lte=self.day,
                area__valid_to__gt=self.day,
                unit__paths__valid_from__lte=self.day,
                unit__paths__valid_to__gt=self.day,
            )
            .annotate(path=F("unit__paths__path"))
            .order_by("area__code", "path")
        )
        found: dict[tuple[int, str], list[str]] = defaultdict(list)
        for area, kind, path in rows.values_list("area_id", "area__kind", "path"):
            found[area, kind].append(path)
        return tuple(Area(area, kind, tuple(own)) for (area, kind), own in found.items())


def _seated(organisations: dict[int, Unit], seats: Seats) -> dict[int, tuple[int, ...]]:
    """Return the village's and community's own party organisations of each division."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, unit in organisations.items():
        if unit.domain in ("village", "community") and number in seats:
            found[seats[number][0]].append(number)
    return {division: tuple(own) for division, own in found.items()}


def _points(
    statuses: dict[int, str],
    domains: dict[int, str],
    units: dict[int, Unit],
    seats: Seats,
    day: datetime.date,
    root: str,
) -> Iterator[Point]:
    """Yield every unit with a status, and the path under which it counts."""
    holders = [unit for unit, status in statuses.items() if status]
    under = paths_of_ended([unit for unit in holders if unit not in units], day)
    for number in holders:
        if number in seats:
            path = seats[number][1]
        elif number in units and not domains[number]:
            path = units[number].path
        else:
            path = under.get(number, root)  # an organisation that stands nowhere: the whole's
        yield Point(number, path, domains[number])

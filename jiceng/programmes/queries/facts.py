"""Collecting what held on a day, as far as a programme's targets ask: a fixed number of statements."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jiceng.programmes.definition import definition_of
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


def facts_on(programme: Programme, day: datetime.date, *, within: str = "") -> Facts:
    """Return everything that is judged on `day`; only the divisions below the path `within`,
    where it is given. Twelve statements, four more when a point's unit has ended by then.
    """
    root_path = path_of(programme.unit_id, day)
    divisions = _divisions(within or root_path, day)
    members = _members(programme, day)
    statuses, domains = _statuses(programme, day)
    organisations = _organisations(programme, day)
    units = divisions | organisations
    seats = _seats(programme, day)
    return Facts(
        day=day,
        root=divisions.get(programme.unit_id) or Unit(programme.unit_id, root_path, "", 0),
        units=units,
        belts=_belts(programme, day),
        members=tuple(members),
        statuses=statuses,
        points=tuple(_points(statuses, domains, units, seats, day, root_path)),
        stars=_stars(programme, day),
        party_of=_party_organisations(programme, day),
        seated=_seated(organisations, seats),
        areas=_areas(programme, day),
    )


def _divisions(root: str, day: datetime.date) -> dict[int, Unit]:
    """Return the divisions down to the village, by number. One statement."""
    if not root:
        return {}
    rows = shown(
        UnitPath.objects.on(day).filter(
            path__gte=root,
            path__lt=paths.end_of(root),
            unit__tree=Tree.DIVISION,
            unit__level__lte=Level.VILLAGE,
        )
    ).filter(unit__names__valid_from__lte=day, unit__names__valid_to__gt=day)
    columns = ("unit_id", "path", "unit__names__kind", "unit__level")
    return {
        number: Unit(number, path, kind, level)
        for number, path, kind, level in rows.values_list(*columns)
    }


def _belts_on(programme: Programme, day: datetime.date) -> QuerySet[BeltRow]:
    return shown(BeltRow.objects.on(day).filter(programme=programme))


def _belts(programme: Programme, day: datetime.date) -> tuple[Belt, ...]:
    completed = BeltCompletion.objects.filter(
        belt=OuterRef("pk"), superseded_at=None, built_on__lte=day
    )
    rows = (
        _belts_on(programme, day)
        .filter(unit__paths__valid_from__lte=day, unit__paths__valid_to__gt=day)
        .annotate(confirmed=Exists(completed))
        .order_by("number")
    )
    return tuple(
        Belt(*row) for row in rows.values_list("pk", "level", "unit__paths__path", "confirmed")
    )


def _members_on(programme: Programme, day: datetime.date) -> QuerySet[BeltMember]:
    belts = _belts_on(programme, day).values("pk")
    return shown(BeltMember.objects.on(day).filter(belt__in=belts))


def _members(programme: Programme, day: datetime.date) -> list[Member]:
    rows = _members_on(programme, day).order_by("belt", "order", "pk")
    columns = ("belt_id", "unit_id", "two_new_org_id", "on_main_road")
    return [Member(*row) for row in rows.values_list(*columns)]


def statuses_on(programme: Programme, day: datetime.date) -> QuerySet[PointStatus]:
    """Return what was confirmed by `day`; nothing from the sunset on: titles are void."""
    rows = shown(PointStatus.objects.in_force(day).filter(programme=programme))
    return rows if day < programme.sunset_on else rows.none()


def _statuses(programme: Programme, day: datetime.date) -> tuple[dict[int, str], dict[int, str]]:
    """Return the last status of each unit, and each one's domain."""
    rows = list(statuses_on(programme, day).values_list("unit_id", "status", "unit__domain"))
    return {unit: status for unit, status, _ in rows}, {unit: domain for unit, _, domain in rows}


def _links(programme: Programme, day: datetime.date) -> QuerySet[OrganisationLink]:
    enterprises = _members_on(programme, day).filter(two_new_org__isnull=False)
    return shown(
        OrganisationLink.objects.on(day).filter(two_new_org__in=enterprises.values("two_new_org"))
    )


def _party_organisations(programme: Programme, day: datetime.date) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = _links(programme, day).order_by("organisation")
    for enterprise, organisation in rows.values_list("two_new_org_id", "organisation_id"):
        found[enterprise].append(organisation)
    return {enterprise: tuple(own) for enterprise, own in found.items()}


def _concerned(programme: Programme, day: datetime.date, field: str) -> Q:
    """Return the condition that `field` names an organisation on a belt, linked to one or with a
    status.
    """
    on_belts = _members_on(programme, day).filter(unit__tree=Tree.ORGANISATION)
    with_status = statuses_on(programme, day).filter(unit__tree=Tree.ORGANISATION).order_by()
    return (
        Q(**{f"{field}__in": on_belts.values("unit")})
        | Q(**{f"{field}__in": _links(programme, day).values("organisation")})
        | Q(**{f"{field}__in": with_status.values("unit")})
    )


def _organisations(programme: Programme, day: datetime.date) -> dict[int, Unit]:
    rows = shown(
        UnitPath.objects.on(day).filter(
            _concerned(programme, day, "unit"), unit__tree=Tree.ORGANISATION
        )
    )
    columns = ("unit_id", "path", "unit__level", "unit__domain")
    return {
        number: Unit(number, path, "", level, domain)
        for number, path, level, domain in rows.values_list(*columns)
    }


def _seats(programme: Programme, day: datetime.date) -> dict[int, tuple[int, str]]:
    """Return where organisations stand: number and path of the division."""
    rows = shown(Seat.objects.on(day).filter(_concerned(programme, day, "organisation"))).filter(
        division__paths__valid_from__lte=day, division__paths__valid_to__gt=day
    )
    columns = ("organisation_id", "division_id", "division__paths__path")
    return {unit: (division, path) for unit, division, path in rows.values_list(*columns)}


def _seated(
    organisations: dict[int, Unit], seats: dict[int, tuple[int, str]]
) -> dict[int, tuple[int, ...]]:
    """Return the village's and community's own party organisations of each division."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, unit in organisations.items():
        if unit.domain in ("village", "community") and number in seats:
            found[seats[number][0]].append(number)
    return {division: tuple(own) for division, own in found.items()}


def _stars(programme: Programme, day: datetime.date) -> dict[tuple[str, int], int]:
    standards = {
        target.counted.standard
        for target in definition_of(programme.file).targets
        if hasattr(target.counted, "standard")
    }
    rows = shown(
        Rating.objects.in_force(day).filter(
            _concerned(programme, day, "organisation"), standard__code__in=standards
        )
    )
    columns = ("standard__code", "organisation_id", "level")
    return {(standard, unit): level for standard, unit, level in rows.values_list(*columns)}


def _areas(programme: Programme, day: datetime.date) -> tuple[Area, ...]:
    rows = (
        shown(AreaMember.objects.on(day))
        .filter(
            area__programme=programme,
            area__valid_from__lte=day,
            area__valid_to__gt=day,
            unit__paths__valid_from__lte=day,
            unit__paths__valid_to__gt=day,
        )
        .annotate(path=F("unit__paths__path"))
        .order_by("area__code", "path")
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for area, kind, path in rows.values_list("area_id", "area__kind", "path"):
        found[area, kind].append(path)
    return tuple(Area(area, kind, tuple(own)) for (area, kind), own in found.items())


def _points(
    statuses: dict[int, str],
    domains: dict[int, str],
    units: dict[int, Unit],
    seats: dict[int, tuple[int, str]],
    day: datetime.date,
    root: str,
) -> Iterable[Point]:
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

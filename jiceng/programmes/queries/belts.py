"""Belts: the list, one belt with its members in order, and what may be taken near a line."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from jiceng.access.queries import reach_of
from jiceng.programmes.judging import Facts, Finding, judge_one
from jiceng.programmes.lines import near
from jiceng.programmes.models import Belt, BeltCompletion, BeltMember, Judging, Verdict
from jiceng.programmes.queries.facts import facts_on, statuses_on
from jiceng.programmes.queries.programmes import Seen
from jiceng.programmes.refusals import NoSuchThing
from jiceng.registry import paths
from jiceng.registry.models import Position, TwoNewOrg, Unit, UnitPath
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import described, path_of, shown, subtree_of

NEAR_LIMIT = 400  # villages taken along a line at once


@dataclass(frozen=True, slots=True)
class Stop:
    """One member of a belt, in its place."""

    member: BeltMember
    name: str
    above: str
    kind: str  # village, community …; "organisation" or "two_new"
    status: str
    stars: int | None
    party: str = ""  # party organisation of a two-new organisation


def belts_in(seen: Seen, day: datetime.date, *, within: str = "") -> QuerySet[Belt]:
    """Return the belts standing on `day` that the user's right reaches, with `built_on` and
    `size`, in order of number; of units at the path `within` and below it, where it is given.
    """
    built = BeltCompletion.objects.filter(
        belt=OuterRef("pk"), superseded_at=None, built_on__lte=day
    )
    standing = Q(members__valid_from__lte=day, members__valid_to__gt=day)
    rows = shown(Belt.objects.on(day)).filter(programme=seen.programme)
    if not seen.whole:
        reach = reach_of(set(rows.values_list("unit_id", flat=True)), seen.today)
        inside = [unit for unit, found in reach.items() if seen.scope.covers_any(found)]
        rows = rows.filter(unit__in=inside)
    if within:
        below = UnitPath.objects.on(day).filter(path__gte=within, path__lt=paths.end_of(within))
        rows = rows.filter(unit__in=below.values("unit"))
    return rows.annotate(
        built_on=Subquery(built.values("built_on")[:1]),
        built_by=Subquery(built.values("confirmed_by")[:1]),
        size=Count("members", filter=standing),
    ).order_by("level", "number")


def length_in_metres(seen: Seen, day: datetime.date) -> int:
    """Return how long the belts that the user's right reaches are together."""
    return belts_in(seen, day).aggregate(total=Sum("length_m"))["total"] or 0


def belt_for(seen: Seen, number: str, day: datetime.date) -> Belt:
    """Return one belt of a programme by its number, checked.

    Raises:
        NoSuchThing: there is none on `day`, or the user may not see whose belt it is.
    """
    belt = belts_in(seen, day).filter(number=number).first()
    if belt is None:
        raise NoSuchThing(_("没有这条示范带，或者您无权查看。"))
    return belt


def members_of(belt: Belt, day: datetime.date) -> list[BeltMember]:
    """Return a belt's members on `day` in their order. One statement."""
    rows = shown(BeltMember.objects.on(day)).filter(belt=belt)
    return list(rows.select_related("two_new_org").order_by("order", "pk"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A belt opened: its members in order, what its own conditions come to, and from which facts."""

    members: list[BeltMember]
    conditions: list[Finding]
    facts: Facts


def sheet_of(seen: Seen, belt: Belt, day: datetime.date) -> Sheet:
    """Return a belt's members on `day`, and its conditions judged from the records at this moment.

    About twelve statements, whatever its length.
    """
    facts = facts_on(seen.programme, day, belt=belt.pk)
    conditions = [
        finding
        for target in seen.definition.conditions_of(belt.level)
        for finding in judge_one(seen.definition, target, facts)
    ]
    return Sheet(members_of(belt, day), conditions, facts)


def stops_of(
    seen: Seen, facts: Facts, members: Iterable[BeltMember], day: datetime.date
) -> list[Stop]:
    """Return members as they are shown, in the order given. Four statements at most."""
    members = list(members)
    enterprises = {m.two_new_org_id for m in members if m.two_new_org_id}
    party = {number for one in enterprises for number in facts.party_of.get(one, ())}
    units = described({m.unit_id for m in members if m.unit_id} | party, day)
    places = described({n for unit in units.values() for n in paths.ids_of(unit.path)[2:-1]}, day)
    stars = {organisation: level for (_standard, organisation), level in facts.stars.items()}
    return [_stop(seen, member, facts, stars, units, places) for member in members]


def _stop(
    seen: Seen,
    member: BeltMember,
    facts: Facts,
    stars: Mapping[int, int],
    units: dict[int, Unit],
    places: dict[int, Unit],
) -> Stop:
    if member.two_new_org is not None:
        own = facts.party_of.get(member.two_new_org.pk, ())
        levels = [stars.get(number) for number in own]
        rated = [level for level in levels if level is not None]
        lowest = min(rated) if rated and len(rated) == len(own) else None
        party = "、".join(units[number].name for number in own if number in units)
        return Stop(member, member.two_new_org.name, "", "two_new", "", lowest, party)
    unit = units[member.unit_id or 0]
    return Stop(
        member,
        unit.name,
        " · ".join(places[n].name for n in paths.ids_of(unit.path)[2:-1] if n in places),
        unit.kind if unit.tree == Tree.DIVISION else "organisation",
        seen.definition.title_of(facts.statuses.get(unit.pk, "")),
        stars.get(unit.pk),
    )


def verdicts_of_belts(judging: Judging | None) -> dict[int, list[Verdict]]:
    """Return the verdicts of each belt. One statement."""
    found: dict[int, list[Verdict]] = {}
    if judging is not None:
        for verdict in Verdict.objects.filter(judging=judging, belt__isnull=False):
            found.setdefault(verdict.belt_id or 0, []).append(verdict)
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """A village that a belt may take."""

    unit: Unit
    above: str


def villages_in(unit: int, day: datetime.date) -> list[Choice]:
    """Return the villages and communities below a unit on `day`, in depth-first order."""
    path = path_of(unit, day)
    if not path:
        return []
    rows = list(subtree_of(path, day).filter(level__in=(Level.TOWN, Level.VILLAGE)))
    towns = {row.pk: row.name for row in rows if row.level == Level.TOWN}
    return [
        Choice(row, towns.get(paths.id_of(row.path[-2 * paths.WIDTH : -paths.WIDTH]), ""))
        for row in rows
        if row.level == Level.VILLAGE
    ]


@dataclass(frozen=True, slots=True)
class Holding:
    """A village with the title of the status it holds."""

    unit: Unit
    above: str
    status: str
    rank: int


def villages_held(seen: Seen, unit: int, day: datetime.date) -> list[Holding]:
    """Return the villages below a unit with their status, highest first. Three statements."""
    held = dict(statuses_on(seen.programme, day).values_list("unit_id", "status"))
    definition = seen.definition
    found = [
        Holding(
            choice.unit,
            choice.above,
            definition.title_of(held.get(choice.unit.pk, "")),
            definition.rank(held.get(choice.unit.pk, "")),
        )
        for choice in villages_in(unit, day)
    ]
    return sorted(found, key=lambda one: -one.rank)


def villages_near(
    unit: int, line: Mapping[str, object], metres: int, day: datetime.date
) -> list[Choice]:
    """Return the villages below a unit within `metres` of a line, in order along it."""
    choices = {choice.unit.pk: choice for choice in villages_in(unit, day)}
    rows = shown(Position.objects.on(day)).filter(
        unit__paths__path__gte=path_of(unit, day),
        unit__paths__path__lt=paths.end_of(path_of(unit, day)),
        unit__paths__valid_from__lte=day,
        unit__paths__valid_to__gt=day,
    )
    places = [
        place
        for place in rows.values_list("unit_id", "longitude", "latitude")
        if place[0] in choices
    ]
    return [choices[number] for number in near(line, places, metres)[:NEAR_LIMIT]]


def choices_of(units: Sequence[int], day: datetime.date) -> list[Choice]:
    """Return units as choices, in the order given. Three statements."""
    found = described(units, day)
    parents = {
        n: paths.id_of(paths.parent_of(u.path)[-paths.WIDTH :])
        for n, u in found.items()
        if paths.parent_of(u.path)
    }
    names = described(parents.values(), day)
    return [
        Choice(found[n], names[parents[n]].name if parents.get(n) in names else "")
        for n in units
        if n in found
    ]


def two_new_along(unit: int, day: datetime.date) -> QuerySet[TwoNewOrg]:
    """Return the two-new organisations that stand below a unit on `day`."""
    path = path_of(unit, day)
    return (
        shown(TwoNewOrg.objects.on(day))
        .filter(
            division__paths__path__gte=path,
            division__paths__path__lt=paths.end_of(path),
            division__paths__valid_from__lte=day,
            division__paths__valid_to__gt=day,
        )
        .annotate(path=F("division__paths__path"))
        .order_by("path", "name", "pk")
    )

"""Points: what holds, what waits for confirmation, and what is spent."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from jiceng.programmes.models import Area, AreaMember, Cost, PointStatus
from jiceng.programmes.queries.programmes import Seen
from jiceng.programmes.refusals import NoSuchThing
from jiceng.registry import paths
from jiceng.registry.models import Seat, Unit, UnitPath
from jiceng.registry.queries import described, shown


@dataclass(frozen=True, slots=True)
class Held:
    """A status with its unit's name and place."""

    row: PointStatus
    unit: Unit
    above: str
    title: str


def _within(seen: Seen) -> Q:
    """Return the condition that the user's right reaches a status's unit, by today's tree."""
    if seen.whole:
        return Q()
    inside = UnitPath.objects.on(seen.today).filter(seen.scope.on("path")).values("unit")
    seated = Seat.objects.on(seen.today).filter(division__in=inside).values("organisation")
    return Q(unit__in=inside) | Q(unit__in=seated)


def points_on(seen: Seen, day: datetime.date, status: str = "") -> QuerySet[PointStatus]:
    """Return the last confirmed status of each unit on `day`, withdrawn ones left out.

    From the sunset on there is none: titles are void.
    """
    rows = shown(PointStatus.objects.in_force(day)).filter(programme=seen.programme)
    last = rows.order_by().annotate(
        place=Window(
            RowNumber(), partition_by=F("unit"), order_by=[F("valid_from").desc(), F("pk").desc()]
        )
    )
    held = PointStatus.objects.filter(pk__in=last.filter(place=1).values("pk")).exclude(status="")
    if day >= seen.programme.sunset_on:
        held = held.none()
    if status:
        held = held.filter(status=status)
    return held.filter(_within(seen)).order_by("-status", "unit")


def waiting_in(seen: Seen) -> QuerySet[PointStatus]:
    """Return the proposals that wait for a confirmation, oldest first."""
    rows = shown(PointStatus.objects.waiting()).filter(programme=seen.programme)
    return rows.filter(_within(seen)).order_by("recorded_at", "pk")


def point_for(seen: Seen, number: int) -> PointStatus:
    """Return one standing, confirmed status, checked.

    Raises:
        NoSuchThing: there is none, or the user's right does not reach its unit.
    """
    rows = PointStatus.objects.standing().filter(
        _within(seen), programme=seen.programme, pk=number, confirmed_on__isnull=False
    )
    row = rows.first()
    if row is None:
        raise NoSuchThing(_("没有这条记录，或者它已经更正。"))
    return row


def held(seen: Seen, rows: Iterable[PointStatus], day: datetime.date) -> list[Held]:
    """Return statuses with the names of their units. Six statements at most."""
    found = list(rows)
    units = described({row.unit_id for row in found}, day)
    seats = dict(
        Seat.objects.on(day)
        .filter(organisation__in=units)
        .values_list("organisation_id", "division__paths__path")
    )
    way = {
        number: paths.ids_of(seats.get(number) or paths.parent_of(unit.path))[2:]
        for number, unit in units.items()
    }
    names = described({n for steps in way.values() for n in steps}, day)
    return [
        Held(
            row,
            units[row.unit_id],
            " · ".join(names[n].name for n in way[row.unit_id] if n in names),
            seen.definition.title_of(row.status),
        )
        for row in found
        if row.unit_id in units
    ]


def areas_on(seen: Seen, day: datetime.date) -> list[tuple[Area, list[Unit]]]:
    """Return the areas of a programme with their units. Four statements."""
    rows = list(
        shown(Area.objects.on(day)).filter(programme=seen.programme).order_by("kind", "code")
    )
    members: dict[int, list[int]] = {}
    pairs = shown(AreaMember.objects.on(day)).filter(area__in=rows).order_by("pk")
    for area, unit in pairs.values_list("area_id", "unit_id"):
        members.setdefault(area, []).append(unit)
    units = described({unit for own in members.values() for unit in own}, day)
    return [(row, [units[n] for n in members.get(row.pk, []) if n in units]) for row in rows]


def area_for(seen: Seen, code: str) -> tuple[Area, list[Unit]]:
    """Return one area with its units of today, or of its first day when that is still to come.

    Raises:
        NoSuchThing: the programme has none of this code.
    """
    area = shown(Area.objects.filter(programme=seen.programme, code=code)).first()
    if area is None:
        raise NoSuchThing(_("没有这个片区。"))
    day = max(seen.today, area.valid_from)
    members = shown(AreaMember.objects.on(day)).filter(area=area).order_by("pk")
    numbers = list(members.values_list("unit_id", flat=True))
    units = described(numbers, day)
    return area, [units[number] for number in numbers]


def cost_for(seen: Seen, number: int) -> Cost:
    """Return one cost that stands.

    Raises:
        NoSuchThing: there is none where the user's right reaches, or it has been corrected.
    """
    cost = costs_of(seen).filter(pk=number, superseded_at=None).first()
    if cost is None:
        raise NoSuchThing(_("没有这笔支出，或者已经更正过。"))
    return cost


def costs_of(seen: Seen) -> QuerySet[Cost]:
    """Return every cost, corrected ones too, latest first."""
    rows = Cost.objects.filter(programme=seen.programme).select_related("recorded_by")
    return rows.filter(_within(seen)).order_by("-spent_on", "-pk")


def spent_fen(seen: Seen) -> int:
    """Return what the programme has cost to date, in fen."""
    rows = Cost.objects.filter(programme=seen.programme, superseded_at=None)
    return rows.aggregate(total=Sum("amount_fen"))["total"] or 0

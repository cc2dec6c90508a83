"""The catalogue as it holds at a place, and who is proposed to handle an order there."""

import dataclasses
import datetime
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q

from jiceng.orders import catalogue, routing
from jiceng.orders.catalogue import Service
from jiceng.orders.models import DutyItem, LocalService
from jiceng.registry import paths
from jiceng.registry.models import Seat, Unit
from jiceng.registry.queries import ancestors_of, shown, unit_on


@dataclasses.dataclass(frozen=True, slots=True)
class Offered:
    """A kind of service as it holds at a place; `local` is what changed it."""

    service: Service
    offered: bool = True
    named: int | None = None  # the handler that a document names
    local: LocalService | None = None


def services_at(place: Unit, day: datetime.date) -> list[Offered]:
    """Return every kind of service as at a place on a day, in the order of the file. `place` is a
    division with its path of the day. One statement.
    """
    above = paths.ids_of(place.path)
    rows = LocalService.objects.on(day).filter(unit__in=above).select_related("unit")
    nearest: dict[str, LocalService] = {}
    for row in sorted(rows, key=lambda row: above.index(row.unit_id)):
        nearest[row.service] = row
    return [_as_at(service, nearest.get(service.code)) for service in catalogue.services()]


def service_at(code: str, place: Unit, day: datetime.date) -> Offered:
    """Return one kind of service as at a place on a day. One statement.

    Raises:
        KeyError: there is no such kind.
    """
    service = catalogue.service(code)
    above = paths.ids_of(place.path)
    rows = LocalService.objects.on(day).filter(unit__in=above, service=code)
    return _as_at(service, max(rows, key=lambda row: above.index(row.unit_id), default=None))


def services_for(asked: Sequence[tuple[str, Unit]], day: datetime.date) -> list[Offered]:
    """Return kinds of service, each as at a place on a day. One statement, however many.

    Raises:
        KeyError: there is no such kind.
    """
    rows = LocalService.objects.on(day).filter(service__in={code for code, _place in asked})
    here: dict[str, list[LocalService]] = {}
    for row in rows:
        here.setdefault(row.service, []).append(row)
    found = []
    for code, place in asked:
        above = paths.ids_of(place.path) if code in here else []
        near = [row for row in here.get(code, ()) if row.unit_id in above]
        nearest = max(near, key=lambda row: above.index(row.unit_id), default=None)
        found.append(_as_at(catalogue.service(code), nearest))
    return found


def _as_at(service: Service, row: LocalService | None) -> Offered:
    if row is None:
        return Offered(service)
    changed = dataclasses.replace(
        service,
        tier=row.tier or service.tier,
        direct=service.direct if row.direct is None else row.direct,
        source=row.document,
        grade="P",
    )
    return Offered(changed, row.offered, row.handler_id, row)


def propose_handler(
    code: str, place: Unit | int, day: datetime.date, *, concerned: Collection[int] = ()
) -> routing.Proposal:
    """Return who is proposed to handle an order of a kind at a place on a day, and why. Four
    statements, five for a number.

    Raises:
        KeyError: there is no such kind.
        NoSuchUnit: there is no such place.
    """
    unit = unit_on(place, day) if isinstance(place, int) else place
    above = [*ancestors_of(unit.path, day), unit]
    at = service_at(code, unit, day)
    duties = duties_around(at.service.duty_item, above, day) if at.service.duty_item else ()
    stations = [routing.Station(one.pk, one.level) for one in above]
    return routing.propose(
        at.service, stations, duties, named=at.named, concerned=frozenset(concerned)
    )


def duties_around(item: str, above: Sequence[Unit], day: datetime.date) -> Iterable[routing.Duty]:
    """Return who holds a duty among divisions and the organisations that stand in them: a
    department serves the division it stands in. Two statements.
    """
    levels = {one.pk: one.level for one in above}
    seats = Seat.objects.on(day).filter(division__in=list(levels))
    rows = (
        shown(DutyItem.objects.on(day).filter(item=item))
        .filter(Q(unit__in=list(levels)) | Q(unit__in=seats.values("organisation")))
        .order_by("unit", "pk")
    )
    held = list(rows)
    seated = dict(
        Seat.objects.on(day)
        .filter(organisation__in=[row.unit_id for row in held if row.unit_id not in levels])
        .values_list("organisation_id", "division_id")
    )
    for row in held:
        division = row.unit_id if row.unit_id in levels else seated[row.unit_id]
        yield routing.Duty(row.unit_id, levels[division], row.item, row.title, row.document)

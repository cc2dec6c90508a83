"""To which unit an order may be given, from where it waits."""

import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from jiceng.access.models import Grant
from jiceng.access.queries import reach_of
from jiceng.orders import catalogue
from jiceng.orders.models import Order
from jiceng.orders.queries.duties import duties_of
from jiceng.orders.queries.grids import may_be_given
from jiceng.orders.queries.stations import stations_of
from jiceng.orders.refusals import OutOfReach
from jiceng.procedures.kinds import Missing
from jiceng.registry import paths
from jiceng.registry.models import Seat, Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import described, unit_on

if TYPE_CHECKING:
    from jiceng.procedures.about import About


def check_may_be_given(order: Order, handler: int, about: "About") -> tuple[Missing, ...]:
    """Return what giving the order to a unit still wants: the county's approval, where the unit's
    duty list does not name it (N12); a place on the access list, where the unit is a grid.

    Raises:
        OutOfReach: the unit stands neither where the order waits nor below, or has had it back.
    """
    station = about.case.waits_at
    steps = steps_below(station.pk, handler, about.day)
    if steps is None:
        raise OutOfReach(_("只能派给本级、下级或驻在本级的单位；不属于本级的，请报上一级派单。"))
    if station.level + steps >= Level.GRID:  # deep enough to be a grid: only then is it looked up
        unit = unit_on(handler, about.day)
        if unit.tree == Tree.DIVISION and unit.level >= Level.GRID:
            return _access_missing(order, unit, about.day)
    return _duty_missing(order, handler, about)


def reaches(station: int, unit: int, day: datetime.date) -> bool:
    """Say whether a unit stands at a station or below it, or has its seat there. Two statements."""
    return steps_below(station, unit, day) is not None


def steps_below(station: int, unit: int, day: datetime.date) -> int | None:
    """Return how many steps below a station a unit stands or has its seat; None: it does not. Two
    statements.
    """
    lines = [paths.ids_of(path) for path in reach_of([unit], day).get(unit, [])]
    depths = [len(line) - 1 - line.index(station) for line in lines if station in line]
    return max(depths, default=None)


def _access_missing(order: Order, grid: Unit, day: datetime.date) -> tuple[Missing, ...]:
    """Nothing that stands outside the access list is given to a grid, by whomever."""
    admission = may_be_given(order.kind, grid, day)
    if admission.may:
        return ()
    return (Missing(admission.reason, source=admission.source, hard=True),)


def _duty_missing(order: Order, handler: int, about: "About") -> tuple[Missing, ...]:
    service = catalogue.service(order.kind)
    duties = duties_of(handler, about.day)
    if service.duty_item in duties:
        return ()
    by_county = about.case.waits_at.level <= Level.COUNTY
    words = (
        _("“%s”不在这个单位的职责清单内。")
        if duties
        else _("这个单位还没有登记职责清单，不能派“%s”。")
    )
    after = (
        _("县级批准派给它的，请勾选“知悉并继续”。")
        if by_county
        else _("须经县级批准：请报上一级派单。")
    )
    return (
        Missing(
            words % service.title + after,
            source=_("职责清单；中办国办《整治形式主义为基层减负若干规定》"),
            hard=not by_county,
        ),
    )


def departments_for(order: Order, day: datetime.date) -> list[Unit]:
    """Return the departments that may be called to an order: organisations with an officer of
    their own that have their seat in the county or city of its place. Five statements.
    """
    above = [one.unit for one in stations_of(order.place_id, day) if one.level <= Level.COUNTY]
    held = Grant.objects.on(day).filter(role="department.officer").values("unit")
    seats = Seat.objects.on(day).filter(division__in=above, organisation__in=held)
    found = described(seats.values_list("organisation", flat=True), day)
    return sorted(found.values(), key=lambda unit: unit.name)

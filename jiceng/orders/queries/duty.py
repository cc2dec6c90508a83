"""Duty lists as pages and the gate ask for them."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.access.queries import unit_for
from jiceng.accounts.models import User
from jiceng.core.models import Dated
from jiceng.core.refusals import NotFound
from jiceng.orders.duties import Duty, duties
from jiceng.orders.models import (
    DutyItem,
    DutyShift,
    GridAccessItem,
    GridLine,
    LocalService,
    ObservationPoint,
)
from jiceng.registry.models import Unit
from jiceng.registry.queries import shown


class NotOnTheList(NotFound):
    """There is no such row, or the user may not know of it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A heading of duty lists, and what the unit's own list says of it."""

    duty: Duty
    own: DutyItem | None


def duty_list_of(unit: int, day: datetime.date) -> list[Listed]:
    """Return every heading with a unit's own items on a day. One statement."""
    rows = shown(DutyItem.objects.on(day).filter(unit=unit))
    own = {row.item: row for row in rows}
    return [Listed(duty, own.get(code)) for code, duty in duties().items()]


_OWNERS: dict[type[Dated], str] = {
    DutyItem: "unit_id",
    DutyShift: "unit_id",
    GridAccessItem: "unit_id",
    GridLine: "grid_id",
    LocalService: "unit_id",
    ObservationPoint: "grid_id",
}


def duty_item_for(user: User, permission: str, *, number: int) -> tuple[DutyItem, Unit]:
    return _row_for(DutyItem, user, permission, number)


def shift_for(user: User, permission: str, *, number: int) -> tuple[DutyShift, Unit]:
    return _row_for(DutyShift, user, permission, number)


def local_service_for(user: User, permission: str, *, number: int) -> tuple[LocalService, Unit]:
    return _row_for(LocalService, user, permission, number)


def grid_line_for(user: User, permission: str, *, number: int) -> tuple[GridLine, Unit]:
    return _row_for(GridLine, user, permission, number)


def point_for(user: User, permission: str, *, number: int) -> tuple[ObservationPoint, Unit]:
    return _row_for(ObservationPoint, user, permission, number)


def access_item_for(user: User, permission: str, *, number: int) -> tuple[GridAccessItem, Unit]:
    return _row_for(GridAccessItem, user, permission, number)


def _row_for(model, user: User, permission: str, number: int):  # type: ignore[no-untyped-def]  # typed by its callers
    """Return a row and its unit, checked by the unit.

    Raises:
        NotOnTheList, NotVisible: there is none, or `user` may not even see its unit.
        NotPermitted: `user` may see it but not do this.
    """
    row = model.objects.filter(pk=number).first()
    if row is None:
        raise NotOnTheList(_("没有这一条，或者您无权查看。"))
    return row, unit_for(user, permission, number=getattr(row, _OWNERS[model]))

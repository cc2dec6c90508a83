"""What is done to an order beside its steps: taking hold of it, asking who acts, and the entry."""

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.orders.models import Order
from jiceng.orders.refusals import NotYourTask, ReasonWanted
from jiceng.procedures.declarations import Step
from jiceng.procedures.operations.taking import locked
from jiceng.procedures.queries.who import stands_nearest

HANDLERS = (
    "grid.worker",
    "village.secretary",
    "village.clerk",
    "town.officer",
    "department.officer",
    "county.officer",
    "city.officer",
)
OVERSEERS = ("town.officer", "county.officer", "city.officer")
REASON = 300


def hold(order: Order, seen: int, *, ended: bool = False) -> Order:
    """Return the order as it is now, held with its case until the transaction ends.

    Raises:
        Stale, HasEnded: somebody went on from what was seen, or closed it.
    """
    case = locked(order.case.number, seen, ended=ended)
    found: Order = case.order  # type: ignore[attr-defined]  # the other end of Order.case
    return found


def step_now(order: Order) -> Step:
    return order.case.declaration.step(order.step)


def check_acts(by: User, roles: Collection[str], unit: int, at: datetime.datetime) -> None:
    """Raises:
    NotYourTask: `by` is none of those who hold one of `roles` nearest to the unit.
    """
    if not stands_nearest(by, roles, unit, day_of(at)):
        raise NotYourTask(_("这一步由承办单位或上一级的岗位办理。"))


def wanted(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ReasonWanted(_("请写明原因。"))
    return reason[:REASON]


def record(
    action: str,
    order: Order,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
    unit: int | None = None,
    after: dict[str, Any] | None = None,
    private: dict[str, str] | None = None,
) -> None:
    """Leave the entry of an act; what was told never stands in it."""
    audit.record(
        action=action,
        subject=order,
        subject_text=order.case.number,
        unit=unit or order.case.unit_id,
        by=by,
        at=at,
        key=key,
        after=after,
        private=private,
    )

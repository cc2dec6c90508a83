"""What the resident told, and how he is reached: for those only who may read it."""

import datetime

from django.utils.translation import gettext as _

from jiceng.access.queries import scope_of
from jiceng.access.queries.gate import NotPermitted
from jiceng.access.queries.holders import nearest_holders
from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.orders.models import Addition, Order, Telling
from jiceng.orders.queries.gate import reach_of_order

_READERS = ("orders.handle", "orders.dispatch", "orders.call_back", "orders.oversee")
CALLING = ("call_back", "last_call_back")
_POSTS = (
    "grid.worker",
    "village.secretary",
    "village.clerk",
    "town.officer",
    "department.officer",
    "county.officer",
    "city.officer",
)


def telling_for(
    user: User, order: Order, *, today: datetime.date
) -> tuple[Telling, list[Addition]]:
    """Return what was told and added. The caller has fetched the order through the gate.

    Raises:
        NotPermitted: `user` sees the order but neither handles, dispatches nor oversees it.
    """
    if not may_read_telling(user, order, today):
        raise NotPermitted(_("诉求内容只有承办、派单、回访和督办的岗位能看。"))
    telling = Telling.objects.select_related("photo").get(order=order)
    return telling, list(Addition.objects.filter(order=order).order_by("pk"))


def may_read_telling(user: User, order: Order, today: datetime.date) -> bool:
    """Say whether `user` handles, dispatches, calls back or oversees orders where this one is."""
    reach = reach_of_order(order, today)
    return any(scope_of(user, code, today).covers_any(reach) for code in _READERS)


def may_see_contact(order: Order, user: User, at: datetime.datetime) -> bool:
    """Say whether `user` stands at the first receiver, at the present handler, or while the
    resident is to be called back where that waits. Twelve statements at most.
    """
    units = {order.receiver_id} | ({order.handler_id} if order.handler_id else set())
    if order.step in CALLING:
        units.add(order.waits_at_id)
    return any(
        grant.user_id == user.pk
        for unit in units
        for grant in nearest_holders(_POSTS, unit, day_of(at))
    )

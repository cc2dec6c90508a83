"""Orders through the gate: by the place, by whose turn it is, and by who was given a part."""

import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.declarations import label_of
from jiceng.access.queries import Scope, reach_of, require, scope_of, within
from jiceng.access.queries.gate import NotPermitted, covers_everything
from jiceng.accounts.models import User
from jiceng.core.bulk import numbered
from jiceng.orders.models import Order, Task
from jiceng.orders.refusals import NoSuchOrder
from jiceng.registry.models import Unit

CONDUCT = Order.Track.CONDUCT


def order_for(user: User, permission: str, *, number: str, today: datetime.date) -> Order:
    """Return one order with its case, checked. About seven statements.

    A complaint about conduct is found by those only who hold `orders.conduct` at the unit that
    looks into it, or above.

    Raises:
        NoSuchOrder: there is none, or `user` may not even know of it.
        NotPermitted: `user` may see it but not do this.
    """
    rows = Order.objects.select_related("case__procedure")
    order = rows.filter(case__number=number).first()
    if order is None:
        raise NoSuchOrder(_("没有这件诉求，或者您无权查看。"))
    reach = reach_of_order(order, today)
    seen_by = "orders.conduct" if order.track == CONDUCT else "orders.view"
    if not scope_of(user, seen_by, today).covers_any(reach):
        raise NoSuchOrder(_("没有这件诉求，或者您无权查看。"))
    if not scope_of(user, permission, today).covers_any(reach):
        raise NotPermitted(_("您没有“%s”的权限。") % label_of(permission))
    return order


def orders_for(user: User, today: datetime.date) -> QuerySet[Order]:
    """Return the orders that `user` may see, complaints about conduct never among them. Two
    statements before the list's own; sort and filter it with `queries.lists`.

    Raises:
        NotPermitted: he may see orders nowhere.
    """
    scope = require(user, "orders.view", today=today)
    orders = Order.objects.exclude(track=CONDUCT).select_related("case")
    if covers_everything(scope, today):
        return orders
    units = inside(scope, today)
    given = Task.objects.filter(unit__in=numbered(units)).values("order")
    return orders.filter(
        Q(place__in=numbered(units)) | Q(waits_at__in=numbered(units)) | Q(pk__in=given)
    )


def conduct_orders_for(user: User, today: datetime.date) -> QuerySet[Order]:
    """Return the complaints about conduct that `user` may look into.

    Raises:
        NotPermitted: he may do so nowhere.
    """
    scope = require(user, "orders.conduct", today=today)
    orders = Order.objects.filter(track=CONDUCT).select_related("case")
    return orders.filter(place__in=numbered(inside(scope, today)))


def inside(scope: Scope, today: datetime.date) -> list[int]:
    """Return the numbers of the units that a scope covers today. One statement."""
    return list(Unit.objects.filter(within(scope, today)).values_list("pk", flat=True))


def reach_of_order(order: Order, today: datetime.date) -> list[str]:
    """Return the paths by which rights to an order are judged: its place's, those of whoever is
    to act and of whoever has or had a part in it.
    """
    units = {order.place_id, order.waits_at_id}
    if order.track != CONDUCT:
        units |= set(Task.objects.filter(order=order).values_list("unit_id", flat=True))
    return [path for paths in reach_of(units, today).values() for path in paths]

"""Several residents tell of one thing: their orders are led together, each keeps its code."""

from django.utils.translation import gettext as _

from jiceng.orders.models import Order, OrderStatus
from jiceng.orders.refusals import NotNow


def target_of(order: Order, number: str) -> Order:
    """Return the order into which `order` may be merged.

    Raises:
        NotNow: there is none of this number that goes on, of the same kind and place.
    """
    rows = Order.objects.select_related("case").filter(case__number=number, track=order.track)
    target = rows.filter(kind=order.kind, place=order.place_id).exclude(pk=order.pk).first()
    if target is None or target.merged_into_id is not None or target.closed:
        raise NotNow(_("只能并入同一地方、同一种类、还没有结案的诉求。"))
    return target


def tell_merged(order: Order) -> None:
    """Let those whose orders were merged into this one read the same answer. Two statements, one
    where nothing was merged.
    """
    numbers = list(order.merged.values_list("case__number", flat=True))
    if not numbers:
        return
    main = OrderStatus.objects.get(number=order.case.number)
    OrderStatus.objects.filter(number__in=numbers).update(
        answer=main.answer,
        answered_at=main.answered_at,
        handler=main.handler,
        updated_at=main.updated_at,
    )

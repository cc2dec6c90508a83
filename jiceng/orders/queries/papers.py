"""Who may read the photo of an order: those who may read what was told."""

from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.orders.models import Order
from jiceng.orders.queries.gate import order_for
from jiceng.orders.queries.private import telling_for

PREFIX = "orders.order"


def may_read(user: User, subject: str) -> bool:
    """Say whether `user` reads what an order tells; what he may not raises as the gate does."""
    number = subject.partition(":")[2]
    orders = Order.objects.select_related("case")
    order = orders.filter(pk=int(number)).first() if number.isdecimal() else None
    if order is None:
        return False
    today = clock.today()
    telling_for(user, order_for(user, "orders.view", number=order.number, today=today), today=today)
    return True

"""Reading orders, wishes and voluntary service: each with what those who read it may see, and no more."""

from jiceng.orders.queries.gate import conduct_orders_for, order_for, orders_for
from jiceng.orders.queries.stations import above_of, stations_of

__all__ = ["above_of", "conduct_orders_for", "order_for", "orders_for", "stations_of"]

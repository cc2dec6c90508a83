"""Reading orders, wishes and voluntary service: each with what those who read it may see, and no
more.
"""

from jiceng.orders.queries.gate import conduct_orders_for, order_for, orders_for
from jiceng.orders.queries.lists import (
    Filters,
    escalated_for,
    queue_for,
    task_for,
    tasks_for,
    tasks_of,
)
from jiceng.orders.queries.private import may_see_contact, telling_for
from jiceng.orders.queries.stations import above_of, stations_of

__all__ = [
    "Filters",
    "above_of",
    "conduct_orders_for",
    "escalated_for",
    "may_see_contact",
    "order_for",
    "orders_for",
    "queue_for",
    "stations_of",
    "task_for",
    "tasks_for",
    "tasks_of",
    "telling_for",
]

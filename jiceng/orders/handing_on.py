"""How a wish that nobody took on becomes an order of duty. Whoever places orders registers here."""

import datetime
from collections.abc import Callable

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.refusals import Conflict
from jiceng.orders.models.wishes import MicroWish

# Given the wish with its details, the kind of order, who and when: the number of the order.
Placer = Callable[[MicroWish, str, User, datetime.datetime], str]
_placers: list[Placer] = []


class NotConnected(Conflict):
    """Orders of duty cannot be placed here."""


def register(placer: Placer) -> None:
    _placers[:] = [placer]


def place(wish: MicroWish, *, service: str, by: User, at: datetime.datetime) -> str:
    """Place the order, inside the transaction that ends the wish; return its number.

    Raises:
        NotConnected: nobody takes orders.
    """
    if not _placers:
        raise NotConnected(_("还不能转为诉求办理，请先答复本人。"))
    return _placers[0](wish, service, by, at)

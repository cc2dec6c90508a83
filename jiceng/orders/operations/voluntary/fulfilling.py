"""Fulfilling a wish: delivered by who took it on, confirmed by the resident, struck off the board."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.orders.models.voluntary import Claim
from jiceng.orders.models.wishes import MicroWish
from jiceng.orders.operations.voluntary import asking
from jiceng.orders.operations.voluntary.holding import held_claim, held_wish, past
from jiceng.orders.operations.voluntary.moving import end, record_wish, save
from jiceng.orders.operations.voluntary.services import Served, confirm_all, write_service
from jiceng.orders.voluntary_refusals import NotNow

_State = MicroWish.State


@transaction.atomic
def record_delivery(
    claim: Claim,
    served: Served,
    *,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> MicroWish:
    """Record that a wish was fulfilled, as one service; the resident confirms it. By who took it
    on, or by the branch for him: the caller has fetched the claim as one of them.

    Raises:
        NotNow: the claim is not confirmed, is over, or is of a post.
        Untrue: the day has not come or lies before the claim, or the time is none.
        Faulty, HoldsNumbers: it is not said what was done, or persons' numbers stand in it.
    """
    claim = held_claim(claim, *Claim.SERVING)
    wish = claim.wish
    if wish is None or wish.state != _State.TAKEN:
        raise NotNow(_("这项认领没有等待送达的心愿。"))
    write_service(claim, served, by=by, at=at)
    wish.delivered_on, wish.state = past(served.day, at), _State.DELIVERED
    save(wish)
    asking.ask(asking.CONFIRM, wish, at=at)
    record_wish("orders.wish.delivered", wish, by, at, key)
    return wish


@transaction.atomic
def confirm_delivery(
    wish: MicroWish,
    *,
    fulfilled: bool,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> MicroWish:
    """Record what the resident says: fulfilled, and the wish is struck off; or not, and it stays
    with who took it on. By his code (`by` "public"), or by the branch that asked him.

    Raises:
        NotNow: it does not wait for his word.
    """
    wish = held_wish(wish, _State.DELIVERED)
    if fulfilled:
        confirm_all(wish.claims.filter(state__in=Claim.LIVE), by=by, at=at)
        end(wish, _State.CLOSED, at=at)
    else:
        wish.state, wish.delivered_on = _State.TAKEN, None
        save(wish)
        asking.close(asking.CONFIRM, wish, at=at)
    record_wish("orders.wish.confirmed", wish, by, at, key)
    return wish

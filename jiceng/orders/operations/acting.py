"""The steps of an order, one operation each. The caller has fetched the order through the gate;
who may take the step is judged by the engine.
"""

import datetime
import uuid
from typing import Any

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.orders.models import Order
from jiceng.procedures.operations.taking import How, take_step

_WARNED = How(despite=True)
_STRICT = How()


def send(
    order: Order,
    step: str,
    given: dict[str, Any],
    *,
    seen: int,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    despite: bool = False,
) -> Order:
    """Take a step of an order; return it as it then stands.

    Raises:
        what `procedures.operations.take_step` raises.
    """
    taken = take_step(
        order.case.number,
        step,
        given,
        happened_on=day_of(at),
        seen=seen,
        by=by,
        at=at,
        key=key,
        how=_WARNED if despite else _STRICT,
    )
    return taken.case.order  # type: ignore[attr-defined, no-any-return]  # Order.case's other end


def dispatch(
    order: Order,
    *,
    handler: int,
    seen: int,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    reason: str = "",
    despite: bool = False,
) -> Order:
    """Give an order to its main handler; the handler's clock begins.

    Raises:
        OutOfReach: the unit stands elsewhere. Lacking: it wants the county's approval.
        and what `send` raises.
    """
    given = {"outcome": "dispatched", "handler": handler, "reason": reason}
    return send(order, "dispatch", given, seen=seen, by=by, at=at, key=key, despite=despite)


def pass_up(
    order: Order,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """Hand an order whose handler is not below to the level above, to be dispatched there."""
    given = {"outcome": "passed_up", "reason": reason}
    return send(order, "dispatch", given, seen=seen, by=by, at=at, key=key)


def exclude(
    order: Order,
    *,
    exclusion: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    reason: str = "",
) -> Order:
    """End what is not dealt with as an order; the resident reads where to go instead."""
    given = {"outcome": "excluded", "exclusion": exclusion, "reason": reason}
    step = "screen" if order.track == Order.Track.CONDUCT else "dispatch"
    return send(order, step, given, seen=seen, by=by, at=at, key=key)


def merge(
    order: Order,
    *,
    into: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """Lead an order together with another one of the same thing, by its number.

    Raises:
        NotNow: there is none such of the same kind and place that goes on.
    """
    given = {"outcome": "merged", "into": into}
    return send(order, "dispatch", given, seen=seen, by=by, at=at, key=key)


def accept(
    order: Order,
    *,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    contacted: bool = False,
) -> Order:
    """Take an order on as its main handler."""
    given = {"outcome": "accepted", "contacted": contacted}
    return send(order, "accept", given, seen=seen, by=by, at=at, key=key)


def object_to_dispatch(
    order: Order,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """Say that an order is not the unit's; the level above judges."""
    given = {"outcome": "objected", "reason": reason}
    return send(order, "accept", given, seen=seen, by=by, at=at, key=key)


def review_objection(
    order: Order,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    handler: int | None = None,
    despite: bool = False,
) -> Order:
    """Leave the order where it is, or give it to `handler`."""
    given = {"outcome": "redirected" if handler else "kept", "handler": handler, "reason": reason}
    return send(order, "review", given, seen=seen, by=by, at=at, key=key, despite=despite)


def finish(
    order: Order,
    *,
    reply: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    contacted: bool = True,
) -> Order:
    """Say what was done; the resident reads the answer and is called back."""
    steps = {"settle": "settle", "examine": "examine"}
    given = {"outcome": "done", "reply": reply, "contacted": contacted}
    step = steps.get(order.step, "handle")
    return send(order, step, given, seen=seen, by=by, at=at, key=key)


def give_back(
    order: Order,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """Return an order to where it was dispatched; the handler's clock stops."""
    given = {"outcome": "given_back", "reason": reason}
    return send(order, "handle", given, seen=seen, by=by, at=at, key=key)


def ask_to_end(
    order: Order,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """Say that an order cannot be done; the level above judges whether it ends."""
    given = {"outcome": "asked_to_end", "reason": reason}
    return send(order, "handle", given, seen=seen, by=by, at=at, key=key)


def judge_ending(
    order: Order,
    *,
    ended: bool,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    given = {"outcome": "ended" if ended else "refused", "reason": reason}
    return send(order, "ending", given, seen=seen, by=by, at=at, key=key)


def call_back(
    order: Order,
    *,
    reached: bool,
    seen: int,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    solved: bool | None = None,
    satisfied: bool | None = None,
    note: str = "",
) -> Order:
    """Keep what the resident says of the outcome, asked by the level above or by his own code.

    Not satisfied or not solved, the order is returned once; the second time the level above
    takes it over.
    """
    said = {None: None, True: "yes", False: "no"}
    given = {
        "reached": said[reached],
        "solved": said[solved],
        "satisfied": said[satisfied],
        "note": note,
    }
    step = "last_call_back" if order.step == "last_call_back" else "call_back"
    return send(order, step, given, seen=seen, by=by, at=at, key=key)


def take_up(
    order: Order,
    *,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Order:
    """Begin to look into a complaint about conduct."""
    return send(order, "screen", {"outcome": "taken_up"}, seen=seen, by=by, at=at, key=key)

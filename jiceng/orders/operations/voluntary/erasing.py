"""Erasing who wished, when what it was kept for is over: 个人信息保护法 Art. 19, 47."""

import datetime
from collections.abc import Iterator

from django.db import transaction

from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.clocks import limit
from jiceng.orders.models.wishes import WishDetails
from jiceng.rules.queries import find_rule
from jiceng.rules.values import Period

KEPT = "wish.who_is_kept"  # rule
_CHUNK = 500


@transaction.atomic
def erase_wishers(at: datetime.datetime) -> int:
    """Erase what residents wrote and who they are, from wishes that ended long enough ago: how
    long is a rule of the place. Number, kind and outcome stay. Without a rule nothing is erased.
    May be repeated. Return how many.
    """
    over = list(_over(day_of(at)))
    for details in over:
        details.text = details.name = details.phone = details.address = ""
        details.erased_at = at
    WishDetails.objects.bulk_update(
        over, ["text", "name", "phone", "address", "erased_at"], batch_size=_CHUNK
    )
    if over:
        audit.record(
            action="orders.wishers.erased",
            subject=over[0].wish,
            subject_text=over[0].wish.number,
            by=audit.SYSTEM,
            at=at,
            after={"rule": KEPT},
            count=len(over),
        )
    return len(over)


def _over(today: datetime.date) -> Iterator[WishDetails]:
    """Yield the details whose time is over, at most as many as one transaction should write."""
    rows = WishDetails.objects.filter(erased_at=None, wish__ended_at__isnull=False)
    rows = rows.select_related("wish").order_by("wish__ended_at", "pk")
    last: dict[tuple[int, datetime.date], datetime.date | None] = {}
    found = 0
    for details in rows.iterator(chunk_size=_CHUNK):
        assert details.wish.ended_at is not None
        place = (details.wish.place_id, day_of(details.wish.ended_at))
        if place not in last:
            last[place] = _kept_until(*place)
        until = last[place]
        if until is not None and until < today:
            yield details
            found += 1
        if found == _CHUNK:
            return


def _kept_until(unit: int, ended_on: datetime.date) -> datetime.date | None:
    """Return the last day on which it is kept; None where nobody has said how long."""
    rule = find_rule(KEPT, unit=unit, day=ended_on)
    if rule is None or not isinstance(rule.value, Period) or rule.value.unit == "hour":
        return None
    return limit(ended_on, rule.value.count, rule.value.unit).day

"""Erasing who objected, when what it was kept for is over: 个人信息保护法 Art. 19, 47."""

import datetime
from collections.abc import Iterator

from django.db import transaction

from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.clocks import limit
from jiceng.notices.models import Objection
from jiceng.notices.operations.counting import period_of
from jiceng.notices.operations.holding import NUMBERS
from jiceng.notices.scanning import scan
from jiceng.rules.queries import find_rule

KEPT = "objection.who_is_kept"  # rule
GONE = "〔已删去〕"
_CHUNK = 500
_OF_PERSONS = {*NUMBERS, "landline", "plate", "address"}


@transaction.atomic
def erase_objectors(at: datetime.datetime) -> int:
    """Erase who objected, and what numbers he wrote, from objections answered long enough ago:
    how long is a rule of the place. What was objected and answered stays. Without a rule nothing
    is erased; what waits for its answer keeps its name. May be repeated. Return how many.
    """
    over = list(_over(day_of(at)))
    for objection in over:
        objection.text = _without(objection.text, objection.name)
        objection.name, objection.contact, objection.erased_at = "", "", at
    Objection.objects.bulk_update(over, ["text", "name", "contact", "erased_at"], batch_size=_CHUNK)
    if over:
        audit.record(
            action="notices.objectors.erased",
            subject=f"{Objection._meta.label_lower}:{over[0].pk}",
            by=audit.SYSTEM,
            at=at,
            after={"rule": KEPT, "first": over[0].number},
            count=len(over),
        )
    return len(over)


def _over(today: datetime.date) -> Iterator[Objection]:
    """Yield the objections whose time is over, at most as many as one transaction should write."""
    rows = Objection.objects.filter(erased_at=None, answered_at__isnull=False)
    rows = rows.select_related("notice").order_by("answered_at", "pk")
    last: dict[tuple[int, datetime.date], datetime.date | None] = {}
    found = 0
    for objection in rows.iterator(chunk_size=_CHUNK):
        assert objection.answered_at is not None
        place = (objection.notice.unit_id, day_of(objection.answered_at))
        if place not in last:
            last[place] = _kept_until(*place)
        until = last[place]
        if until is not None and until < today:
            yield objection
            found += 1
        if found == _CHUNK:
            return


def _kept_until(unit: int, answered_on: datetime.date) -> datetime.date | None:
    """Return the last day on which the name is kept; None where nobody has said how long."""
    rule = find_rule(KEPT, unit=unit, day=answered_on)
    if rule is None:
        return None
    period = period_of(rule)
    return limit(answered_on, period.count, period.unit).day  # type: ignore[arg-type]  # no hours


def _without(text: str, name: str) -> str:
    """Return a text without the name and the numbers in it."""
    for found in reversed(scan(text)):
        if found.kind in _OF_PERSONS:
            text = text[: found.start] + GONE + text[found.end :]
    return text.replace(name, GONE) if name else text

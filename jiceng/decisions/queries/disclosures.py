"""What a village has to publish, by the rules in force there."""

import datetime
from collections.abc import Iterable

from jiceng.decisions import disclosure
from jiceng.rules.queries import find_rule
from jiceng.rules.values import Frequency

_DUTIES = {
    "general": "disclosure.general",
    "finance": "disclosure.finance",
    "collective": "disclosure.coop_finance",
}


def disclosure_calendar(
    unit: int,
    *,
    since: datetime.date,
    until: datetime.date,
    published: Iterable[tuple[str, datetime.date]] = (),
) -> list[disclosure.Due]:
    """Return what a village has to publish in the periods from `since` on, the soonest first.

    Args:
        published: kind ("general", "finance", "collective") and day of what was released.
    """
    duties = [
        disclosure.Duty(kind, rule.value.times, rule.value.per, rule.source)
        for kind, key in _DUTIES.items()
        if (rule := find_rule(key, unit=unit, day=until)) and isinstance(rule.value, Frequency)
    ]
    return disclosure.calendar(duties, since=since, until=until, published=published)

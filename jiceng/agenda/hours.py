"""When messages may go out, from `data/messages.yaml`: never at night, never on a day off."""

import datetime
from pathlib import Path

import yaml
from django.utils import timezone

from jiceng.core.periods import DAY
from jiceng.core.workdays import is_workday

_READ = yaml.safe_load((Path(__file__).parent / "data" / "messages.yaml").read_text("utf-8"))
_time = datetime.time.fromisoformat
QUIET_FROM, QUIET_UNTIL = _time(_READ["quiet"]["from"]), _time(_READ["quiet"]["until"])
DIGESTS = tuple(sorted(_time(text) for text in _READ["digests"]))
KEPT = datetime.timedelta(days=int(_READ["kept_days"]))
SOURCE = str(_READ["source"])


def is_quiet(at: datetime.datetime) -> bool:
    """Say whether nothing may be sent at `at`: from evening to morning, and all day where
    offices do not work.
    """
    here = timezone.localtime(at)
    return not is_workday(here.date()) or not QUIET_UNTIL <= here.time() < QUIET_FROM


def slot_at(at: datetime.datetime) -> datetime.datetime | None:
    """Return the moment of the digest that is due at `at`, the last one of that day; None while it
    is quiet, and before the first.
    """
    if is_quiet(at):
        return None
    begun = [slot for slot in _slots_of(timezone.localdate(at)) if slot <= at]
    return begun[-1] if begun else None


def slot_after(slot: datetime.datetime) -> datetime.datetime:
    """Return the moment of the next digest."""
    day = timezone.localdate(slot)
    while True:
        for moment in _slots_of(day):
            if moment > slot and not is_quiet(moment):
                return moment
        day += DAY


def _slots_of(day: datetime.date) -> list[datetime.datetime]:
    zone = timezone.get_default_timezone()
    return [datetime.datetime.combine(day, time, zone) for time in DIGESTS]

"""The one clock. Interfaces read it once and pass the moment on as `at=`."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    return timezone.now()  # noqa: TID251 - the one place that reads it


def day_of(at: datetime.datetime) -> datetime.date:
    """Return the day of `at` in the installation's time zone."""
    return timezone.localdate(at)


def today() -> datetime.date:
    return day_of(now())


def end_of(day: datetime.date) -> datetime.datetime:
    """Return the last second of a day in the installation's time zone: when a limit runs out."""
    return datetime.datetime.combine(
        day, datetime.time(23, 59, 59), timezone.get_current_timezone()
    )

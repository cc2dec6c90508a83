"""At which hours of the week somebody is on duty. Pure."""

import datetime

DAY = datetime.timedelta(days=1)


def shift_around(
    moment: datetime.datetime, weekdays: int, from_minute: int, to_minute: int
) -> tuple[datetime.datetime, datetime.datetime] | None:
    """Return when the shift that holds `moment` began and ends, or None.

    Args:
        moment: in the place's own time zone.
        weekdays: a bit for each day on which a shift begins, Monday the lowest.
        from_minute, to_minute: from midnight; an end not after the beginning is on the next day.
    """
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    for day in (midnight, midnight - DAY):  # one that began the evening before may still last
        begins = day + datetime.timedelta(minutes=from_minute)
        over_night = DAY if to_minute <= from_minute else datetime.timedelta(0)
        ends = day + over_night + datetime.timedelta(minutes=to_minute)
        if weekdays >> day.weekday() & 1 and begins <= moment < ends:
            return begins, ends
    return None


def clock_of(minute: int) -> str:
    """Return minutes from midnight as 08:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"

"""Days and moments in the installation's time zone."""

import datetime

from django.utils import timezone

from jiceng.core import clock


def test_a_day_ends_by_the_clock_on_the_wall_whatever_zone_a_moment_was_told_in():
    day = datetime.date(2026, 3, 2)
    last = clock.end_of(day)

    assert clock.day_of(last.astimezone(datetime.UTC)) == day
    assert clock.day_of(last + datetime.timedelta(seconds=1)) == day + datetime.timedelta(days=1)
    assert last.tzinfo == timezone.get_current_timezone()

"""Which computation a board shows, and whether changes wait."""

import datetime

from django.db import connection

from jiceng.programmes.models import Judging, Programme
from jiceng.registry.models import OrganisationLink, Seat, Succession, UnitName, UnitPath
from jiceng.standards.models import Rating

_SOURCES = (Rating, UnitPath, UnitName, Seat, Succession, OrganisationLink)


def stamp_of(programme: Programme) -> str:
    """Return what verdicts computed now would be computed from: the programme's revision and the
    last row of every other source. One statement, each part an index's last entry.
    """
    parts = [f"(SELECT MAX(id) FROM {model._meta.db_table})" for model in _SOURCES]  # noqa: S608 - our own names
    own = Programme._meta.db_table
    statement = f"SELECT revision, {', '.join(parts)} FROM {own} WHERE id = %s"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, [programme.pk])
        return ":".join(str(number or 0) for number in cursor.fetchone())


def opening_day(programme: Programme, today: datetime.date) -> datetime.date:
    """Return the day on which a board opens: the programme's own, or today until that comes."""
    return min(programme.judged_on, max(today, programme.starts_on))


def judging_on(programme: Programme, day: datetime.date) -> Judging | None:
    """Return what is shown for a day; None when nobody has computed it."""
    return Judging.objects.filter(programme=programme, day=day, current=True).first()


def latest_judging(programme: Programme, day: datetime.date) -> Judging | None:
    """Return the last computation for `day` or a day before it."""
    rows = Judging.objects.filter(programme=programme, day__lte=day, current=True)
    return rows.order_by("-day").first()


def changes_wait(judging: Judging) -> bool:
    """Say whether rows have changed since it was computed."""
    return judging.stamp != stamp_of(judging.programme)

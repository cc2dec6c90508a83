"""Noting when each job of the job process ran: what the system administrator reads.

Each note is one short statement of its own, outside whatever the job does. What went wrong is
kept by its name and place in our code, never by its message, which may hold someone's data.
"""

import datetime
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F

from jiceng.access.models import JobRun
from jiceng.core import clock
from jiceng.core.declarations import Job

EVERY = datetime.timedelta(seconds=60)  # a job that runs more often is noted this often
_HOUSE = "/jiceng/"


class Notes:
    """The notes of one job process."""

    def __init__(self) -> None:
        self._noted: dict[str, datetime.datetime] = {}

    @contextmanager
    def noted(self, job: Job, at: datetime.datetime) -> Iterator[None]:
        """Note beginning and end of a job's run; a failure is noted and rises."""
        due = at - self._noted.get(job.code, at - EVERY) >= EVERY
        if due:
            JobRun.objects.update_or_create(code=job.code, defaults={"began_at": at})
            self._noted[job.code] = at
        try:
            yield
        except Exception as error:
            self._failed(job, at, error)
            raise
        if due:
            JobRun.objects.filter(code=job.code).update(ended_at=clock.now(), failures=0)

    def _failed(self, job: Job, at: datetime.datetime, error: Exception) -> None:
        JobRun.objects.update_or_create(
            code=job.code, defaults={"failed_at": clock.now(), "failure": _named(error)}
        )
        JobRun.objects.filter(code=job.code).update(failures=F("failures") + 1)


def _named(error: Exception) -> str:
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if _HOUSE in frame.filename.replace("\\", "/")
    ]
    where = f"{frames[-1].filename.rpartition(_HOUSE)[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {where}".strip()[:200]

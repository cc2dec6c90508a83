"""How the installation itself is: jobs, long tasks, database, disk, sealing. Nobody's doings."""

import datetime
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.db.models import Count, Min
from django_tasks_db.models import DBTaskResult

from jiceng.access.models import JobRun
from jiceng.access.queries.gate import require
from jiceng.accounts.models import User
from jiceng.audit.queries import Sealing, sealing
from jiceng.core.clock import day_of
from jiceng.core.declarations import Job
from jiceng.core.installation import (
    VERSION,
    Database,
    Disk,
    database,
    declared_jobs,
    disk_of,
)

_SHOWN = 20
_GRACE = datetime.timedelta(minutes=10)  # a long task keeps the jobs waiting
_FULL = 10  # percent of the disk left


class State(Enum):
    """How a job is doing."""

    NEVER = "never"
    RUNNING = "running"
    FAILED = "failed"
    OVERDUE = "overdue"
    WELL = "well"


@dataclass(frozen=True, slots=True)
class JobState:
    job: Job
    run: JobRun  # an empty one when it never ran
    state: State
    next_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Tasks:
    """The queue of long tasks. `args` are never shown: they may lead to somebody's work."""

    waiting: int
    oldest_waiting_at: datetime.datetime | None
    running: list[DBTaskResult]
    failed: list[DBTaskResult]


@dataclass(frozen=True, slots=True)
class System:
    version: str
    database: Database
    disk: Disk
    sealing: Sealing
    unsealed_for: datetime.timedelta
    jobs: list[JobState]
    tasks: Tasks

    @property
    def disk_is_full(self) -> bool:
        return self.disk.free * 100 < self.disk.total * _FULL


def system_for(user: User, at: datetime.datetime) -> System:
    """Return the state of the installation. About a dozen statements.

    Raises:
        NotPermitted: `user` does not maintain it.
    """
    require(user, "access.system", today=day_of(at))
    sealed = sealing()
    oldest = sealed.oldest_unsealed_at
    return System(
        VERSION,
        database(),
        disk_of(settings.DATA_DIR),
        sealed,
        at - oldest if oldest else datetime.timedelta(),
        _jobs(at),
        _tasks(),
    )


def _jobs(at: datetime.datetime) -> list[JobState]:
    runs = {run.code: run for run in JobRun.objects.all()}
    return [_state_of(job, runs.get(job.code, JobRun()), at) for job in declared_jobs()]


def _state_of(job: Job, run: JobRun, at: datetime.datetime) -> JobState:
    ended = run.ended_at
    following = ended + datetime.timedelta(seconds=job.every) if ended else None
    if run.pk is None:
        state = State.NEVER
    elif run.failures:
        state = State.FAILED
    elif run.began_at and (ended is None or run.began_at > ended):
        state = State.RUNNING if at - run.began_at < _GRACE else State.OVERDUE
    else:
        state = State.WELL if at < (following or at) + _GRACE else State.OVERDUE
    return JobState(job, run, state, following)


def _tasks() -> Tasks:
    ready = DBTaskResult.objects.filter(status="READY")
    waiting = ready.aggregate(count=Count("pk"), oldest=Min("enqueued_at"))
    running = DBTaskResult.objects.filter(status="RUNNING").order_by("started_at")
    failed = DBTaskResult.objects.filter(status="FAILED").order_by("-finished_at")
    return Tasks(waiting["count"], waiting["oldest"], list(running[:_SHOWN]), list(failed[:_SHOWN]))

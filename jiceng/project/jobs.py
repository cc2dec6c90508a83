"""What the job process does: queued tasks as they come, declared jobs when they are due."""

import datetime
import time

from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from jiceng.access.job_runs import Notes
from jiceng.core import clock
from jiceng.core.declarations import Job

IDLE_SECONDS = 0.5


class Schedule:
    """When each job is due: at once, then `every` seconds after it last ended."""

    def __init__(self, jobs: list[Job]) -> None:
        self._jobs = jobs
        self._next: dict[str, datetime.datetime] = {}

    def due(self, at: datetime.datetime) -> list[Job]:
        return [job for job in self._jobs if self._next.get(job.code, at) <= at]

    def ended(self, job: Job, at: datetime.datetime) -> None:
        self._next[job.code] = at + datetime.timedelta(seconds=job.every)


class JobProcess:
    """Runs until told to stop; a job or task that has begun is finished first."""

    def __init__(self, jobs: list[Job]) -> None:
        self._schedule = Schedule(jobs)
        self._notes = Notes()
        self._stopping = False  # not an Event: a signal's handler sets it
        self._worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,  # return when the queue is empty
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def stop(self, *_signal: object) -> None:
        self._stopping = True
        self._worker.running = False

    def run(self) -> None:
        while not self._stopping:
            self.turn()
            time.sleep(IDLE_SECONDS)

    def turn(self) -> None:
        """Run one turn: what is due, then one task after another while there are any."""
        for job in self._schedule.due(clock.now()):
            if self._stopping:
                return
            at = clock.now()
            with self._notes.noted(job, at):
                job.run(at)
            self._schedule.ended(job, clock.now())
        self._worker.run()

"""What the job process does: queued tasks as they come, declared jobs when they are due."""

import datetime
import time
from importlib import import_module

from django.apps import apps
from django.utils.crypto import get_random_string
from django.utils.module_loading import module_has_submodule
from django_tasks_db.management.commands.db_worker import Worker

from jiceng.core import clock
from jiceng.core.declarations import Job, Registry

IDLE_SECONDS = 0.5


def declared() -> Registry:
    """Collect `JOBS` from every package's module `jobs`."""
    found = Registry("job")
    for config in apps.get_app_configs():
        if (
            config.name.startswith("jiceng.")
            and config.name != "jiceng.project"
            and module_has_submodule(config.module, "jobs")
        ):
            found.add(*import_module(f"{config.name}.jobs").JOBS)
    return found


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
            job.run(clock.now())
            self._schedule.ended(job, clock.now())
        self._worker.run()

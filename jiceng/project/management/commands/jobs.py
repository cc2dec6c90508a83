"""`jiceng jobs`: the job process. It notifies, seals and refreshes; nothing lawful waits for it."""

import signal
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from jiceng.core.installation import declared_jobs
from jiceng.project.jobs import JobProcess


class Command(BaseCommand):
    help = "Run queued tasks and periodic jobs until stopped (--once: whatever is due, then end)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *, once: bool, **_options: object) -> None:
        process = JobProcess(list(declared_jobs()))
        if once:
            process.turn()
            return
        signal.signal(signal.SIGTERM, process.stop)
        signal.signal(signal.SIGINT, process.stop)
        process.run()

"""`jiceng serve`: web workers and one job process on this machine."""

import os
import signal
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from jiceng.project.processes import Keeper


class Command(BaseCommand):
    help = "Serve the pages, with one job process beside; both end with this command."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)

    def handle(self, *, host: str, port: int, workers: int, **_options: object) -> None:
        keeper = Keeper(web=_web(host, port, workers), jobs=_jobs())
        signal.signal(signal.SIGTERM, keeper.stop)
        signal.signal(signal.SIGINT, keeper.stop)
        sys.exit(keeper.run())


def _web(host: str, port: int, workers: int) -> list[str]:
    """One blocking thread a worker: with SQLite, threads would make writers wait for each other."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "1"),
        *("--workers-kill-timeout", "10", "--log-level", "warning", "--no-ws"),
        "jiceng.project.wsgi:application",
    ]


def _jobs() -> list[str]:
    return [sys.executable, "-m", "jiceng", "jobs"]

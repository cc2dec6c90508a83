"""Keeping the processes of one installation: they start together and end together."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

SECONDS_TO_END = 15.0  # for requests, jobs and tasks that have begun
SECONDS_BEFORE_AGAIN = 5.0


@dataclass
class Keeper:
    """Runs `web`, and `jobs` beside it: jobs that end are started again, web that ends ends all.

    Each child leads a process group of its own, so that its workers end with it.
    """

    web: list[str]
    jobs: list[str]
    _stopping: bool = False  # not an Event: setting one in a signal's handler may wait for ever

    def stop(self, *_signal: object) -> None:
        self._stopping = True

    def run(self) -> int:
        """Return the exit code: 0 after `stop`, else that of the web process."""
        web, jobs = _start(self.web), _start(self.jobs)
        again_at = 0.0
        try:
            while not self._stopping and web.poll() is None:
                if jobs.poll() is not None and not again_at:
                    again_at = time.monotonic() + SECONDS_BEFORE_AGAIN
                if again_at and time.monotonic() >= again_at:
                    jobs, again_at = _start(self.jobs), 0.0
                time.sleep(0.2)
            return 0 if self._stopping else (web.returncode or 1)
        finally:
            _end([web, jobs])


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own commands


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """End the children, at last by force, with all that they started."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{child.args!r} did not end in time and is stopped.", file=sys.stderr)
        _kill_group(child.pid)
        child.wait()


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return  # everything in it has ended

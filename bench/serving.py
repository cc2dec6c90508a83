"""The served application in processes of its own: where it listens, who is logged in, what it takes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.test import Client

from jiceng.accounts.models import User

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its port and its first process."""

    port: int
    process: int

    def cpu_seconds(self) -> float:
        """Return the processor time that the server's processes have taken so far."""
        return sum(_cpu_of(one) for one in _family_of(self.process))


def session_of(username: str) -> str:
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user, backend="jiceng.accounts.backends.AccountBackend")
    return client.cookies["sessionid"].value


@contextmanager
def served() -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jiceng", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ | {"JICENG_SERVER_TIMING": "yes"})
    try:
        _wait_until_open(port, server)
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_open(port: int, server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _family_of(first: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(_fields(folder)[1])
        except OSError:
            continue  # it has ended meanwhile
    family = {first}
    while more := {one for one, above in parents.items() if above in family} - family:
        family |= more
    return family


def _cpu_of(process: int) -> float:
    try:
        fields = _fields(Path("/proc") / str(process))
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _fields(folder: Path) -> list[str]:
    """Return what stands behind the name in a process's `stat`."""
    return (folder / "stat").read_text().rpartition(")")[2].split()

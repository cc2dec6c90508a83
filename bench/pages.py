"""Every page of the demonstration city: server time at p95 with 1 and 8 clients, and statements."""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections
from django.test import Client

from bench.addresses import OFFICER, READERS, pages
from bench.clients import Answer, ask, ask_together
from bench.figures import Figure, figure, percentile
from jiceng.accounts.models import User

TIMES = 40  # each page, by one client
CLIENTS = 8
SIZE = "27,000 organisations"


@figure
def city() -> Iterator[Figure]:
    """Build the city, then ask for each page as who it is for, with as many different units as it
    takes.
    """
    call_command("demo", verbosity=0)
    found = {name: paths for name, paths in pages(random.Random(2017)).items() if paths}
    sessions = {who: _session_of(who) for who in {OFFICER, *READERS.values()}}
    connections.close_all()
    with _server() as port:
        for name, paths in found.items():
            session = sessions[READERS.get(name, OFFICER)]
            ask(port, session, paths[:4])  # each worker has met the page
            yield from _told(name, ask(port, session, _many(paths, TIMES)), "1 client")
            together = [
                _many(paths[start:] + paths[:start], TIMES // 4) for start in range(CLIENTS)
            ]
            yield from _told(name, ask_together(port, session, together), f"{CLIENTS} clients")


def _told(name: str, answers: list[Answer], clients: str) -> Iterator[Figure]:
    size = f"{SIZE}, {clients}"
    server = percentile([answer.server_ms for answer in answers], 0.95)
    waited = percentile([answer.waited_ms for answer in answers], 0.95)
    yield Figure(f"pages.{name}.server.p95", server, "ms", size)
    yield Figure(f"pages.{name}.waited.p95", waited, "ms", size)
    if clients == "1 client":
        yield Figure(
            f"pages.{name}.queries", max(answer.queries for answer in answers), "queries", size
        )


def _many(paths: list[str], times: int) -> list[str]:
    return [paths[at % len(paths)] for at in range(times)]


def _session_of(username: str) -> str:
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user, backend="jiceng.accounts.backends.AccountBackend")
    return client.cookies["sessionid"].value


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jiceng", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ | {"JICENG_SERVER_TIMING": "yes"})
    try:
        _wait_until_open(port, server)
        yield port
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

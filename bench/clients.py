"""Clients on this machine: they ask for pages, one after the other, and note what it took."""

import http.client
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

_TOLD = re.compile(r'app;dur=([\d.]+), queries;desc="(\d+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What one page took."""

    path: str
    waited_ms: float  # seen by the client
    server_ms: float  # told by the server
    queries: int


def ask(port: int, session: str, paths: Sequence[str]) -> list[Answer]:
    """Ask for `paths` in order over one connection.

    Raises:
        RuntimeError: a page was not answered with 200.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    answers = []
    for path in paths:
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        response = connection.getresponse()
        response.read()
        waited = (time.perf_counter() - began) * 1000
        told = _TOLD.search(response.headers.get("Server-Timing", ""))
        if response.status != 200 or told is None:
            raise RuntimeError(f"{path} was answered with {response.status}")
        answers.append(Answer(path, waited, float(told[1]), int(told[2])))
    connection.close()
    return answers


def ask_together(port: int, session: str, lists: Sequence[Sequence[str]]) -> list[Answer]:
    """Let one client for each list ask at the same time."""
    answers: list[Answer] = []
    faults: list[Exception] = []

    def run(paths: Sequence[str]) -> None:
        try:
            answers.extend(ask(port, session, paths))
        except (RuntimeError, OSError) as fault:
            faults.append(fault)

    clients = [threading.Thread(target=run, args=(paths,)) for paths in lists]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if faults:
        raise faults[0]
    return answers

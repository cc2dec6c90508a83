"""Every page of the demonstration city: server time at p95 with 1 and 8 clients, and statements."""

import random
from collections.abc import Iterator

from django.core.management import call_command
from django.db import connections

from bench.addresses import OFFICER, READERS, pages
from bench.clients import Answer, ask, ask_together
from bench.figures import Figure, figure, percentile
from bench.serving import served, session_of

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
    sessions = {who: session_of(who) for who in {OFFICER, *READERS.values()}}
    connections.close_all()
    with served() as server:
        for name, paths in found.items():
            session = sessions[READERS.get(name, OFFICER)]
            ask(server.port, session, paths[:4])  # each worker has met the page
            yield from _told(name, ask(server.port, session, _many(paths, TIMES)), "1 client")
            together = [
                _many(paths[start:] + paths[:start], TIMES // 4) for start in range(CLIENTS)
            ]
            yield from _told(
                name, ask_together(server.port, session, together), f"{CLIENTS} clients"
            )


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

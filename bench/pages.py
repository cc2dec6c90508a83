"""Every page of the demonstration city: server time at p95 with 1 and 8 clients, and statements."""

import datetime
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

from bench.clients import Answer, ask, ask_together
from bench.figures import Figure, figure, percentile
from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.measures.registry import MEASURES
from jiceng.programmes.models import Programme
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree

TIMES = 40  # each page, by one client
CLIENTS = 8
SIZE = "27,000 organisations"
SEARCHED = ["温州", "乐清", "yueqing", "yqs", "上村", "330382"]


@figure
def city() -> Iterator[Figure]:
    """Build the city, then ask for each kind of page with as many different units as it takes."""
    call_command("demo", verbosity=0)
    pages = _pages(random.Random(2017))
    session = _session_of(_reader())
    connections.close_all()
    with _server() as port:
        for paths in pages.values():
            ask(port, session, paths[:4])  # each worker has met each page
        for name, paths in pages.items():
            alone = ask(port, session, _many(paths, TIMES))
            yield from _told(name, alone, "1 client")
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


def _pages(chance: random.Random) -> dict[str, list[str]]:
    """Return addresses of each kind of page."""
    divisions = _units(Tree.DIVISION)
    above = [number for number, level in divisions if level <= Level.TOWN]
    villages = chance.sample([n for n, level in divisions if level == Level.VILLAGE], 30)
    branches = chance.sample([number for number, _ in _units(Tree.ORGANISATION)], 30)
    places = chance.sample(above, 30)
    measure = next(iter(MEASURES)).code
    pages = {
        "today": [reverse("web:today")],
        "tree": [reverse("web:tree")],
        "search": [f"{reverse('web:search')}?q={quote(word)}" for word in SEARCHED],
        "pick": [f"{reverse('web:pick')}?q={quote(word)}" for word in SEARCHED],
        "village": _each("web:unit", villages),
        "place": _each("web:unit", places),
        "organisation": _each("web:unit", branches),
        "below": _each("web:below", places),
        "organisations": _each("web:organisations", places),
        "two_new": _each("web:two_new", places),
        "figures": _each("web:figures", places),
        "figure": _each("web:figure", places, measure),
        "figure_rows": _each("web:figure_rows", places, measure),
    }
    return pages | _boards()


def _each(name: str, numbers: list[int], *more: str) -> list[str]:
    return [reverse(name, args=[number, *more]) for number in numbers]


def _boards() -> dict[str, list[str]]:
    """Return the pages of every programme, by the names of their addresses."""
    from jiceng.web.programmes.urls import urlpatterns

    codes = list(Programme.objects.values_list("code", flat=True))
    return {
        f"programme.{pattern.name}": [reverse(f"web:{pattern.name}", args=[code]) for code in codes]
        for pattern in urlpatterns
        if str(pattern.pattern).count("<") == 1 and "<str:code>" in str(pattern.pattern)
    }


def _units(tree: str) -> list[tuple[int, int]]:
    return list(Unit.objects.filter(tree=tree).order_by("pk").values_list("pk", "level"))


def _reader() -> User:
    """Return an account that may see the whole city."""
    now = clock.now()
    user = User.objects.create_user("bench", display_name="测速", created_at=now)
    root = Unit.objects.filter(tree=Tree.DIVISION).earliest("level", "pk")
    today = clock.day_of(now)
    Grant.objects.create(
        user=user,
        role="city.officer",
        unit=root,
        valid_from=today,
        valid_to=today + datetime.timedelta(days=7),
        recorded_at=now,
    )
    return user


def _session_of(user: User) -> str:
    client = Client()
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

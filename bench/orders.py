"""Orders through the full stack: life cycles, placing at a steady rate, the queues, empty and full.

`JICENG_BENCH_ORDERS` sets how many orders are "full" (1,000,000), `JICENG_BENCH_CYCLES` how many life
cycles are timed at each size.
"""

import datetime
import http.client
import itertools
import os
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db import connection, connections
from django.db.models import F

from bench.clients import Answer, ask
from bench.figures import Figure, Watch, figure, percentile
from bench.serving import Served, served, session_of
from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.bulk import renew_statistics
from jiceng.orders import catalogue
from jiceng.orders.models import Order
from jiceng.orders.operations import Placing, place_orders
from jiceng.orders.operations.duty import DutyRow, record_duty_items
from jiceng.procedures.models import Case
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import Founding, found_units

START = datetime.date(2017, 1, 1)
COUNTIES, TOWNS, VILLAGES = 12, 190, 5_879
FULL = int(os.environ.get("JICENG_BENCH_ORDERS", "1_000_000"))
CYCLES = int(os.environ.get("JICENG_BENCH_CYCLES", "400"))
CLIENTS = 8
PER_SECOND, SECONDS = 20, 15  # placed at a steady rate, for so long
LOOKS = 40
CHUNK = 2_000  # what one transaction may write on SQLite
OPEN_SHARE = 25  # one order in so many is still open
_KINDS = ("lamp.out", "road.damaged", "rubbish.uncollected", "noise.night", "care.elderly")
_NUMBER = re.compile(rb"\d{4}-\d{7,}")
_TOKEN = "b" * 32


@figure
def life_cycles() -> Iterator[Figure]:
    """Place, dispatch, accept, finish and call back, by eight clients; the same with a full table."""
    city = City()
    rates = {}
    for orders in (0, FULL):
        with Watch() as watch:
            _fill(city, orders)
        if orders:
            yield Figure(
                "orders.placed.per_second", orders / watch.seconds, "orders/s", f"{orders:,}"
            )
        connections.close_all()
        with served() as server:
            size = f"{orders:,} orders, {CLIENTS} clients, {_synchronous()}"
            rates[orders] = yield from _cycles(server, city, size)
            yield from _bare(server, city, size)
            if orders:
                yield from _steady(server, city, f"{orders:,} orders, {PER_SECOND}/s")
                yield from _queues(server, city, f"{orders:,} orders, 1 client")
    yield Figure("orders.cycles.kept", rates[FULL] / rates[0], "of 1", f"{FULL:,} against 0")


class City:
    """A made-up city with the people who take orders on."""

    def __init__(self) -> None:
        rows = [Founding("市", Kind.CITY, Level.CITY)]
        rows += [
            Founding(f"县{n}", Kind.COUNTY, Level.COUNTY, parent_row=0) for n in range(COUNTIES)
        ]
        rows += [
            Founding(f"镇{n}", Kind.TOWNSHIP, Level.TOWN, parent_row=1 + n % COUNTIES)
            for n in range(TOWNS)
        ]
        first = len(rows)
        rows += [
            Founding(f"村{n}", Kind.VILLAGE, Level.VILLAGE, parent_row=1 + COUNTIES + n % TOWNS)
            for n in range(VILLAGES)
        ]
        made = {"by": "system", "at": clock.now()}
        numbers = found_units(rows, tree=Tree.DIVISION, day=START, searchable=False, **made)
        self.city, self.counties = numbers[0], numbers[1 : 1 + COUNTIES]
        self.towns, self.villages = numbers[1 + COUNTIES : first], numbers[first:]
        self.of_town = {
            town: self.villages[n::TOWNS] for n, town in enumerate(self.towns[:CLIENTS])
        }
        served_villages = [one for villages in self.of_town.values() for one in villages]
        _appoint([self.city], "city.officer")
        _appoint(self.counties, "county.officer")
        _appoint(list(self.of_town), "town.officer")
        _appoint(served_villages, "village.secretary")
        items = {catalogue.service(kind).duty_item for kind in _KINDS}
        rows = [  # what is on no list needs the county
            DutyRow(unit, item, "试县〔2017〕1号", START)
            for unit in served_villages
            for item in items
        ]
        record_duty_items(rows, by="system", at=clock.now())
        officers = [f"town.officer-{town}" for town in self.of_town]
        handlers = [f"village.secretary-{one}" for one in served_villages]
        above = [f"city.officer-{self.city}", f"county.officer-{self.counties[0]}"]
        self.sessions = {name: session_of(name) for name in [*officers, *handlers, *above]}


def _appoint(units: Sequence[int], role: str) -> None:
    """Give everyone a right that ends, as the register's posts would."""
    now = clock.now()
    users = User.objects.bulk_create(
        User(username=f"{role}-{unit}", display_name=f"{unit}", created_at=now) for unit in units
    )
    held = {"role": role, "valid_from": START, "valid_to": datetime.date(2090, 1, 1)}
    Grant.objects.bulk_create(
        Grant(user=user, unit_id=unit, recorded_at=now, **held)
        for user, unit in zip(users, units, strict=True)
    )


def _fill(city: City, orders: int) -> None:
    """Place orders over two years, and close all but the newest share."""
    now = clock.now()
    missing = range(Order.objects.count(), orders)
    for first in range(missing.start, missing.stop, CHUNK):
        some = range(first, min(first + CHUNK, missing.stop))
        at = now - datetime.timedelta(days=730 * (1 - first / orders))
        place_orders(
            [
                Placing(_KINDS[n % len(_KINDS)], f"第{n}件：路灯不亮", city.villages[n % VILLAGES])
                for n in some
            ],
            by="system",
            at=at,
        )
    if orders:
        last = Order.objects.order_by("pk")[orders - orders // OPEN_SHARE - 1].pk
        old = Order.objects.filter(pk__lte=last, closed_at=None)
        later = {
            "closed_at": F("placed_at") + datetime.timedelta(days=3),
            "closed_on": F("placed_on"),
        }
        old.update(step="", outcome="closed", **later)
        ended = {"step": "", "outcome": "closed", "ended_on": F("opened_on")}
        Case.objects.filter(pk__lte=last).exclude(step="").update(**ended)
        renew_statistics()


def _synchronous() -> str:
    if connection.vendor == "postgresql":
        asked = "SHOW synchronous_commit"
    else:
        asked = "PRAGMA synchronous"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        said = cursor.fetchone()[0]
    connections.close_all()
    return f"synchronous {said}"


@dataclass
class Poster:
    """One client: posts over one connection, as whoever's session is given."""

    port: int
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def post(self, path: str, session: str = "", **fields: object) -> bytes:
        """Post a form with its key and token; return the page.

        Raises:
            RuntimeError: it was refused.
        """
        told = {"key": uuid.uuid4(), "csrfmiddlewaretoken": _TOKEN, **fields}
        cookies = f"csrftoken={_TOKEN}" + (f"; sessionid={session}" if session else "")
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        self.connection.request("POST", path, urlencode(told), headers)
        response = self.connection.getresponse()
        page = response.read()
        waited = (time.perf_counter() - began) * 1000
        if response.status not in (200, 302):
            raise RuntimeError(f"{path} was answered with {response.status}")
        timing = re.search(
            r'app;dur=([\d.]+), queries;desc="(\d+)"', response.headers.get("Server-Timing", "")
        )
        server, queries = (float(timing[1]), int(timing[2])) if timing else (0.0, 0)
        self.answers.append(Answer(path, waited, server, queries))
        return page

    def place(self, village: int, n: int) -> str:
        """Place an order as a resident does; return its number."""
        text = f"路灯不亮 {uuid.uuid4()}"
        kind = _KINDS[n % len(_KINDS)]
        page = self.post(f"/public/orders/new/{kind}/", text=text, place=village, where="村口")
        found = _NUMBER.search(page)
        if found is None:
            raise RuntimeError("the answer names no order")
        return found[0].decode()


def _cycle(client: Poster, city: City, town: int, n: int) -> None:
    """Take one order from its placing to its close: five requests."""
    village = city.of_town[town][n % len(city.of_town[town])]
    officer = city.sessions[f"town.officer-{town}"]
    handler = city.sessions[f"village.secretary-{village}"]
    page = f"/orders/{client.place(village, n)}"
    client.post(f"{page}/dispatch/", officer, seen=1, handler=village)
    client.post(f"{page}/accept/", handler, seen=2, contacted="on")
    client.post(f"{page}/finish/", handler, seen=3, reply="已换好", contacted="on")
    client.post(f"{page}/call-back/", officer, seen=4, reached="yes", solved="yes", satisfied="yes")


def _cycles(server: Served, city: City, size: str) -> Iterator[Figure]:
    """Return life cycles a second, with what a request took."""
    clients = [Poster(server.port) for _client in range(CLIENTS)]
    each = max(1, CYCLES // CLIENTS)

    def run(client: Poster, town: int) -> None:
        for n in range(each):
            _cycle(client, city, town, n)

    for client, town in zip(clients, city.of_town, strict=True):
        _cycle(client, city, town, each)  # every worker has met each request
        client.answers.clear()
    before = server.cpu_seconds()
    seconds = _together(
        [(run, client, town) for client, town in zip(clients, city.of_town, strict=True)]
    )
    cpu = server.cpu_seconds() - before
    answers = [answer for client in clients for answer in client.answers]
    rate = each * CLIENTS / seconds
    yield Figure("orders.cycles.per_second", rate, "cycles/s", size)
    yield Figure("orders.cycles.cpu", cpu * 1000 / len(answers), "ms/request", size)
    yield Figure(
        "orders.cycles.queries", sum(a.queries for a in answers) / len(answers), "queries", size
    )
    return rate


def _bare(server: Served, city: City, size: str) -> Iterator[Figure]:
    """Yield how many of the barest posts there are a second: session, token, gate, one row changed
    and its audit entry (a lost query code issued again).
    """
    clients = [Poster(server.port) for _client in range(CLIENTS)]
    each = max(1, CYCLES * 5 // CLIENTS)
    numbers = {
        town: client.place(city.of_town[town][0], 0)
        for client, town in zip(clients, city.of_town, strict=True)
    }

    def run(client: Poster, town: int) -> None:
        for _n in range(each):
            client.post(f"/orders/{numbers[town]}/code/", city.sessions[f"town.officer-{town}"])

    works = [(run, client, town) for client, town in zip(clients, city.of_town, strict=True)]
    seconds = _together(works)
    yield Figure("orders.bare_posts.per_second", each * CLIENTS / seconds, "posts/s", size)


def _steady(server: Served, city: City, size: str) -> Iterator[Figure]:
    """Place at a steady rate, each on its moment, whether or not the one before was answered."""
    clients = [Poster(server.port) for _client in range(CLIENTS)]
    villages = itertools.cycle(city.villages)
    chosen = [next(villages) for _n in range(PER_SECOND * SECONDS)]
    began = time.perf_counter() + 0.2

    def run(client: Poster, first: int) -> None:
        for n in range(first, len(chosen), CLIENTS):
            time.sleep(max(0.0, began + n / PER_SECOND - time.perf_counter()))
            client.place(chosen[n], n)

    _together([(run, client, n) for n, client in enumerate(clients)])
    waited = [answer.waited_ms for client in clients for answer in client.answers]
    yield Figure("orders.placing.p95", percentile(waited, 0.95), "ms", size)


def _queues(server: Served, city: City, size: str) -> Iterator[Figure]:
    """The queues of a town, a county and the city: plain, filtered, sorted, closed."""
    town = next(iter(city.of_town))
    readers = {
        "town": f"town.officer-{town}",
        "county": f"county.officer-{city.counties[0]}",
        "city": f"city.officer-{city.city}",
    }
    asked = {
        "mine": "tab=mine",
        "here": "tab=here",
        "here.kind": "tab=here&kind=noise.night",
        "here.newest": "tab=here&sort=new",
        "here.step": "tab=here&step=handle",
        "overdue": "tab=overdue",
        "closed": "tab=closed",
        "closed.kind": "tab=closed&kind=noise.night",
    }
    for level, who in readers.items():
        session = city.sessions[who]
        for name, query in asked.items():
            path = f"/orders/?{query}"
            ask(server.port, session, [path] * 4)
            answers = ask(server.port, session, [path] * LOOKS)
            waited = percentile([answer.waited_ms for answer in answers], 0.95)
            yield Figure(f"orders.queue.{level}.{name}.p95", waited, "ms", size)
            most = max(answer.queries for answer in answers)
            yield Figure(f"orders.queue.{level}.{name}.queries", most, "queries", size)


def _together(works: Sequence[tuple[Callable[[Poster, int], None], Poster, int]]) -> float:
    """Let clients work at the same time; return the seconds it took.

    Raises:
        RuntimeError, OSError: what the first of them met.
    """
    faults: list[Exception] = []

    def run(work: Callable[[Poster, int], None], client: Poster, with_: int) -> None:
        try:
            work(client, with_)
        except (RuntimeError, OSError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=one) for one in works]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return time.perf_counter() - began

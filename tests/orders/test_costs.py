"""What each act costs: a fixed number of statements, whatever is in the tables."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiceng.orders import public
from jiceng.orders.queries import Filters, order_for, queue_for
from tests.orders.cast import MONDAY, Run, moment

MOST = {"place": 32, "dispatch": 32, "accept": 26, "finish": 33, "call_back": 30, "queue": 8}


@pytest.fixture
def counted():
    found = {}

    def count(name, act):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            act()
        found[name] = len(captured)

    count.found = found
    return count


def test_a_life_cycle_costs_no_more_than_its_budget(posts, county, counted):
    Run(posts)  # the first one publishes the procedure
    run = None

    def place():
        nonlocal run
        run = Run(posts, text="另一盏灯", place=county.upper)

    good = {"reached": True, "solved": True, "satisfied": True}
    counted("place", place)
    counted("dispatch", lambda: run.do("dispatch", posts.town, handler=county.upper))
    counted("accept", lambda: run.do("accept", posts.village))
    counted("finish", lambda: run.do("finish", posts.village, reply="好了"))
    counted("call_back", lambda: run.do("call_back", posts.town, **good))
    counted("queue", lambda: list(queue_for(posts.town, Filters(), today=MONDAY)[:50]))

    assert {name: n for name, n in counted.found.items() if n > MOST[name]} == {}


def test_a_queue_costs_the_same_with_more_in_it(posts, county, counted):
    def queue():
        return list(queue_for(posts.county_officer, Filters(), today=MONDAY)[:50])

    Run(posts)
    counted("one", queue)
    for number in range(5):
        Run(posts, text=f"第{number}盏")
    counted("six", queue)

    assert counted.found["one"] == counted.found["six"]
    assert len(queue()) == 6


def test_following_costs_two_statements(run, counted):
    counted("status", lambda: public.status_of(run.code, at=moment()))

    assert counted.found["status"] <= 2


def test_fetching_one_costs_the_same_for_all(run, posts, counted):
    def fetch(user):
        return lambda: order_for(user, "orders.view", number=run.order.number, today=MONDAY)

    counted("village", fetch(posts.village))
    counted("city", fetch(posts.city))

    assert max(counted.found.values()) <= 12

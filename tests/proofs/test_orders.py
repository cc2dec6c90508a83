"""Everybody presses at once: orders are placed once, go one way, and none is lost on it."""

import datetime
import uuid
from collections import Counter

import pytest

from jiceng.audit.models import Entry
from jiceng.orders import operations, public
from jiceng.orders.models import Order, OrderStatus, Task
from jiceng.orders.operations import Placing, place_order
from jiceng.procedures.models import Case, Taken
from tests.orders.cast import LAMP, moment, posts_of
from tests.proofs.workers import WORKERS, at_once, told
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
ORDERS = size(small=3, full=100)  # × 5 acts × 8 workers
WAY = ("dispatch", "accept", "finish", "call_back")
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def posts(county):
    return posts_of(county)


def test_the_same_form_places_one_order_whoever_sends_it(posts, county):
    keys = [uuid.uuid4() for _number in range(ORDERS)]

    def work(_worker):
        return [
            told(
                place_order,
                Placing(LAMP, f"第{number}盏灯不亮", county.upper),
                by="system",
                at=moment(),
                key=key,
            )[1]
            for number, key in enumerate(keys)
        ]

    answers = Counter(refusal for of_worker in at_once(work) for refusal in of_worker)

    assert answers == {"": ORDERS, "AlreadyDone": ORDERS * (WORKERS - 1)}
    assert Order.objects.count() == Case.objects.count() == OrderStatus.objects.count() == ORDERS
    assert Entry.objects.filter(action="procedures.case.opened").count() == ORDERS
    note("no order is placed twice", ORDERS * WORKERS, "attempts", at_size=f"{WORKERS} workers")


def test_every_order_goes_its_way_once(posts, county):
    placed = [
        place_order(Placing(LAMP, f"第{number}盏灯不亮", county.upper), by="system", at=moment())
        for number in range(ORDERS)
    ]
    given = {
        "dispatch": (posts.town, {"handler": county.upper}),
        "accept": (posts.village, {}),
        "finish": (posts.village, {"reply": "好了"}),
        "call_back": (posts.town, {"reached": True, "solved": True, "satisfied": True}),
    }

    def press(act, pk, at):
        order = Order.objects.select_related("case__procedure").get(pk=pk)
        by, more = given[act]
        operation = getattr(operations, act)
        return told(operation, order, seen=order.case.version, by=by, at=at, **more)[1]

    def work(_worker):
        return [
            (act, press(act, order.pk, moment() + MINUTE * step))
            for step, act in enumerate(WAY, start=1)
            for order, _code in placed
        ]

    answers = [one for of_worker in at_once(work) for one in of_worker]

    taken = Counter(act for act, refusal in answers if not refusal)
    assert taken == dict.fromkeys(WAY, ORDERS)
    refusals = {refusal for _act, refusal in answers} - {""}
    assert refusals <= {"Stale", "Lacking", "HasEnded", "NotYours"}
    assert Order.objects.filter(outcome="closed", satisfied=True).count() == ORDERS
    assert Task.objects.filter(ended_as="done").count() == Task.objects.count() == ORDERS
    assert Taken.objects.count() == ORDERS * len(WAY)
    assert all(public.status_of(code, at=moment()).outcome == "closed" for _order, code in placed)
    note("no order is handled twice", len(answers), "attempts", at_size=f"{WORKERS} workers")

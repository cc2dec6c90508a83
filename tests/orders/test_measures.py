"""The three rates, each with its own denominator, counted from orders that closed."""

import datetime

import pytest

from jiceng.core.periods import Month
from jiceng.measures.operations import refresh_for
from jiceng.measures.queries.figures import figures, rates
from jiceng.measures.registry import INDICATORS
from jiceng.orders.measures import MEASURES, ORDERS
from jiceng.registry.queries import unit_on
from tests.orders.cast import MONDAY, Run, moment

MARCH = Month(2026, 3)
GOOD = {"reached": True, "solved": True, "satisfied": True}


@pytest.fixture
def month(posts, county):
    """Five orders: satisfied, answered late and unsatisfied, unreachable, excluded, withdrawn."""
    Run(posts).done().do("call_back", posts.town, **GOOD)
    late = Run(posts, text="二").accepted()
    far = moment(MONDAY + datetime.timedelta(days=20))
    late.do("finish", posts.village, far, reply="晚了")
    bad = {"reached": True, "solved": False, "satisfied": False}
    late.do("call_back", posts.town, far, **bad)
    late.do("finish", posts.village, far, reply="再办")
    late.do("call_back", posts.town, far, **bad)
    late.do("finish", posts.town, far, reply="镇里办")
    late.do("call_back", posts.county_officer, far, **bad | {"solved": True})
    lost = Run(posts, text="三").done()
    for _time in range(3):
        lost.do("call_back", posts.town, moment(hour=11), reached=False)
    Run(posts, text="四").do("exclude", posts.town, exclusion="litigation")
    Run(posts, text="五").do("withdraw", "public")


def test_each_rate_has_its_denominator(month, county):
    refresh_for([ORDERS], [MARCH], moment(datetime.date(2026, 4, 1)))
    unit = unit_on(county.county, datetime.date(2026, 3, 31))
    own = [one for one in INDICATORS if one.code.startswith("orders.")]

    found = {
        rate.indicator.code: (rate.numerator.value, rate.denominator.value)
        for rate in rates(own, unit, MARCH)
    }

    assert found == {
        "orders.response_rate": (1, 2),
        "orders.resolution_rate": (2, 2),
        "orders.satisfaction_rate": (1, 2),
        "orders.coverage_rate": (2, 5),
        "orders.village_share": (1, 2),
        "orders.town_share": (1, 2),
        "orders.county_share": (0, 2),
    }


def test_a_complaint_about_conduct_is_counted_nowhere(posts, county):
    told = Run(posts, kind="conduct.person", text="吃拿卡要", concerns=county.upper)
    told.do("take_up", posts.county_officer)
    told.do("finish", posts.county_officer, reply="已查")
    told.do("call_back", "public", moment(hour=11), **GOOD)

    refresh_for([ORDERS], [MARCH], moment(datetime.date(2026, 4, 1)))
    unit = unit_on(county.county, datetime.date(2026, 3, 31))

    codes = [measure.code for measure in MEASURES]
    assert {one.value or 0 for one in figures(codes, unit, MARCH).values()} == {0}

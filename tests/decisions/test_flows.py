"""The calendar of a run at a village, by the rules in force there."""

import datetime

from jiceng.decisions.queries import flow_of
from jiceng.procedures import catalogue
from jiceng.registry.queries import unit_on
from tests.decisions.conftest import TODAY


def _flow(village, code, body="village_representatives"):
    unit = unit_on(village.number, TODAY)
    return flow_of(catalogue.latest(code).procedure, unit=unit, start=TODAY, body=body)


def test_runs_to_the_end_by_the_way_that_goes_well(village):
    flow = _flow(village, "four_deliberations")

    codes = [stop.step.code for stop in flow.stops]
    assert codes[0] == "propose"
    assert codes[-1] == "publish_result"
    assert "call_assembly" not in codes
    assert [stop.earliest for stop in flow.stops] == sorted(stop.earliest for stop in flow.stops)


def test_the_assemblys_ten_days_lie_between_call_and_meeting(village):
    stops = {
        stop.step.code: stop
        for stop in _flow(village, "four_deliberations", "village_assembly").stops
    }

    gap = stops["assembly"].earliest - stops["call_assembly"].earliest
    assert gap == datetime.timedelta(days=10)
    assert "第二十一条" in stops["assembly"].because


def test_says_which_rules_the_place_does_not_have(village):
    """The fifteen days of the plan are a rule of Zhejiang; elsewhere nothing is assumed."""
    assert _flow(village, "five_deliberations").unknown != []
    assert _flow(village, "collective_assembly").unknown == []


def test_an_interpellation_shows_the_last_day_of_its_answer(village):
    stops = {stop.step.code: stop for stop in _flow(village, "interpellation").stops}

    assert stops["answer"].latest == datetime.date(2026, 3, 17)

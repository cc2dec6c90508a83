"""The arithmetic of clocks, apart from everything else."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from jiceng.orders.clocks import Limit, Stop, clock_of, levels_up
from tests.orders.cast import MONDAY, moment

STARTS = st.integers(0, 5_000).map(
    lambda hours: moment(datetime.date(2026, 1, 5)) + datetime.timedelta(hours=hours)
)
LIMITS = st.builds(Limit, st.integers(1, 30), st.sampled_from(["hour", "day", "workday"]))


@given(STARTS, LIMITS)
def test_runs_out_after_it_begins_and_once_more_later(start, limit):
    clock = clock_of(start, limit)

    assert start < clock.due_at < clock.second_at < clock.third_at


@given(STARTS, LIMITS, st.integers(1, 200))
def test_a_stop_never_shortens_it(start, limit, hours):
    begun = start + datetime.timedelta(minutes=30)
    stop = Stop(begun, begun + datetime.timedelta(hours=hours))

    assert clock_of(start, limit, stops=[stop]).due_at >= clock_of(start, limit).due_at


@given(STARTS, st.integers(1, 48), st.integers(1, 200))
def test_hours_stand_still_by_the_hour(start, count, hours):
    limit, stood = Limit(count, "hour"), datetime.timedelta(hours=hours)
    stop = Stop(start, start + stood)

    assert clock_of(start, limit, stops=[stop]).due_at - clock_of(start, limit).due_at == stood


@given(STARTS, LIMITS)
def test_it_shows_one_level_more_with_each_limit_that_passed(start, limit):
    clock = clock_of(start, limit)
    moments = (clock.due_at, clock.second_at, clock.third_at)
    second = datetime.timedelta(seconds=1)

    assert [levels_up(moments, at) for at in moments] == [0, 1, 2]
    assert [levels_up(moments, at + second) for at in moments] == [1, 2, 3]
    assert levels_up(moments, clock.third_at + second, paused=True) == 0


def test_what_passes_a_year_without_its_holidays_is_provisional():
    assert clock_of(moment(datetime.date(2026, 12, 30)), Limit(5, "workday")).provisional
    assert not clock_of(moment(MONDAY), Limit(5, "workday")).provisional

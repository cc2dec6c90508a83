"""The earliest calendar of a run keeps every period and is no later than it must be."""

import datetime

import pytest

from jiceng.decisions.flow import FlowStep, Wait, calendar

START = datetime.date(2026, 3, 2)  # a Monday
PLAN = Wait(15, "day", "minimum", "宁海三十六条", of="notice")
CALL = Wait(10, "day", "lead", "村组法第二十一条")
ANSWER = Wait(15, "day", "limit", "浙江办法第三十六条")


def _days(*steps, start=START):
    return [stop.earliest.isoformat() for stop in calendar(steps, start)]


def test_steps_without_periods_may_all_be_taken_on_the_first_day():
    assert _days(FlowStep("a", "提议", "书记"), FlowStep("b", "商议", "书记")) == ["2026-03-02"] * 2


def test_a_minimum_lets_go_on_after_its_full_days():
    """Posted on 2 March, the fifteenth full day is the 17th: the meeting may be held on the 18th."""
    notice, meeting = FlowStep("notice", "公示", "文书"), FlowStep("m", "审议", "书记", (PLAN,))

    stops = calendar([notice, meeting], START)

    assert stops[1].earliest == datetime.date(2026, 3, 18)
    assert stops[1].because == "宁海三十六条"


def test_a_lead_counts_back_from_the_meeting():
    """Called on 2 March with ten days' notice, the assembly meets on the 12th at the earliest."""
    assert (
        _days(FlowStep("c", "召集", "文书"), FlowStep("m", "开会", "主任", (CALL,)))[1]
        == "2026-03-12"
    )


def test_the_longest_of_several_periods_decides():
    steps = [
        FlowStep("notice", "公示", "文书"),
        FlowStep("c", "召集", "文书"),
        FlowStep("m", "开会", "主任", (CALL, PLAN)),
    ]

    assert calendar(steps, START)[2].earliest == datetime.date(2026, 3, 18)


def test_a_limit_ending_on_a_holiday_moves_to_the_next_working_day():
    """Fifteen days from 20 September 2025 end on 5 October, in the holiday that ends on the 8th."""
    answer = FlowStep("answer", "答复", "主任", limit=ANSWER)
    asked = FlowStep("ask", "质询", "监督委员会")

    stops = calendar([asked, answer], datetime.date(2025, 9, 20))

    assert stops[1].latest == datetime.date(2025, 10, 9)
    assert not stops[1].provisional


def test_a_year_without_a_calendar_is_marked():
    answer = FlowStep("answer", "答复", "主任", limit=ANSWER)

    assert calendar([answer], datetime.date(2031, 9, 20))[0].provisional


def test_a_step_cannot_wait_for_a_later_one():
    with pytest.raises(ValueError, match="notice"):
        calendar([FlowStep("m", "审议", "书记", (PLAN,))], START)

"""The disclosure calendar: what is due in each quarter and month, and what is overdue."""

import datetime

from jiceng.decisions.disclosure import Duty, calendar

GENERAL = Duty("general", 1, "quarter", "《村民委员会组织法》第三十条第三款")
FINANCE = Duty("finance", 1, "month", "《村民委员会组织法》第三十条第三款")


def _day(text):
    return datetime.date.fromisoformat(text)


def _calendar(*published, duties=(GENERAL, FINANCE), since="2026-01-01", until="2026-03-31"):
    rows = [(kind, _day(day)) for kind, day in published]
    return calendar(duties, since=_day(since), until=_day(until), published=rows)


def test_a_quarter_holds_one_general_and_three_finance_disclosures():
    assert [(due.duty.kind, due.period, str(due.due_on)) for due in _calendar()] == [
        ("finance", "2026-01", "2026-01-31"),
        ("finance", "2026-02", "2026-02-28"),
        ("finance", "2026-03", "2026-03-31"),
        ("general", "2026-Q1", "2026-03-31"),
    ]


def test_what_was_published_on_the_last_day_is_in_time_and_a_day_later_is_the_next_period():
    in_time = _calendar(("general", "2026-03-31"), duties=[GENERAL])
    late = _calendar(("general", "2026-04-01"), duties=[GENERAL], until="2026-04-01")

    assert [due.done for due in in_time] == [True]
    assert [(due.period, due.done) for due in late] == [("2026-Q1", False), ("2026-Q2", True)]


def test_is_overdue_only_after_the_last_day():
    (due,) = _calendar(duties=[GENERAL])

    assert not due.overdue(_day("2026-03-31"))
    assert due.overdue(_day("2026-04-01"))


def test_one_kind_does_not_stand_for_the_other():
    (due,) = _calendar(("finance", "2026-02-01"), duties=[GENERAL])

    assert not due.done


def test_a_stricter_local_rule_asks_for_more():
    twice = Duty("general", 2, "quarter", "本村章程")

    (due,) = _calendar(("general", "2026-01-10"), duties=[twice])

    assert due.lacking == 1


def test_begins_with_the_period_the_day_lies_in_and_crosses_the_year():
    found = _calendar(duties=[GENERAL], since="2025-12-31", until="2026-01-01")

    assert [due.period for due in found] == ["2025-Q4", "2026-Q1"]

"""Taking steps: in order, by who may, with what the rules want."""

import datetime

import pytest

from jiceng.access.models import Grant
from jiceng.agenda.models import Item
from jiceng.audit.models import Entry
from jiceng.procedures.kinds import Wrong
from jiceng.procedures.models import Sheet, Taken
from jiceng.procedures.refusals import (
    HasEnded,
    InTheFuture,
    Lacking,
    NotAllowed,
    NotYours,
    SheetsDiffer,
    Stale,
)
from jiceng.rules.refusals import NoRule
from tests.procedures.conftest import FACT, LEAD, MONDAY, REPS, YES, after


def test_a_case_runs_from_the_first_step_to_its_end(run):
    run.to_vote()
    run.vote()
    run.check()
    run.confirm()

    case = run.now()
    assert (case.outcome, case.ended_on, case.step) == ("done", after(LEAD + 2), "")
    assert [t.outcome for t in Taken.objects.order_by("sequence")] == [
        "done", "convened", "held", "passed", "passed", "confirmed",
    ]  # fmt: skip
    assert Entry.objects.filter(action="procedures.step.taken").count() == 6


def test_today_asks_the_role_of_the_current_step_and_nobody_else(run):
    run.to_vote()
    run.vote()

    (item,) = Item.objects.filter(done_at=None)
    assert (item.role, item.unit_id) == ("village.supervisor", run.case.unit_id)
    assert "监督委员会审查" in item.title
    assert item.due_at.date() == datetime.date(2026, 3, 27)
    assert item.rule


def test_a_step_out_of_its_turn_is_refused_with_what_is_missing(run):
    with pytest.raises(Lacking) as refusal:
        run.meet(day=MONDAY)

    assert "现在应办“提议”" in refusal.value.details[0]


def test_what_happened_out_of_its_turn_is_kept_without_effect(run):
    taken = run.meet(day=MONDAY, how=FACT)

    assert not taken.effective
    assert taken.data["present"] == 23
    assert taken.lacked
    assert run.now().step == "propose"


def test_a_day_without_a_rule_asks_and_what_happened_is_kept_all_the_same(run, monkeypatch):
    def unknown(key, **_asked):
        raise NoRule(f"没有适用的规则“{key}”。")

    run.propose()
    monkeypatch.setattr("jiceng.procedures.about.rule_for", unknown)
    with pytest.raises(NoRule):
        run.convene()
    taken = run.convene(how=FACT)

    assert not taken.effective
    assert "没有适用的规则" in taken.lacked[0]
    assert run.now().step == "convene"


def test_a_meeting_without_quorum_is_kept_and_has_to_be_convened_again(run):
    run.propose()
    run.convene()
    taken = run.meet(present=22)  # of 34 at least 23 are wanted

    assert (taken.outcome, taken.effective) == ("no_quorum", False)
    assert "须 23" in taken.words
    assert run.now().step == "convene"


def test_exactly_two_thirds_are_enough(run):
    run.propose()
    run.convene(given={"roll_test_reps": 33, "roll_test_reps_reason": "一人去世"})

    assert run.meet(present=22).outcome == "held"


def test_a_vote_of_half_of_those_present_does_not_pass(run):
    run.propose()
    run.convene()
    run.meet(present=24)
    taken = run.vote(**{"for": 12, "against": 6, "abstain": 6})

    assert (taken.outcome, taken.effective) == ("failed", False)
    assert run.now().step == "convene"


def test_notice_given_too_late_is_refused_and_says_the_earliest_day(run):
    run.propose()
    with pytest.raises(Lacking) as refusal:
        run.convene(meets_on=after(LEAD - 1))

    assert str(after(LEAD)) in refusal.value.details[0]
    assert run.convene(meets_on=after(LEAD - 1), how=FACT).effective is False
    assert run.now().step == "convene"


def test_a_meeting_before_the_day_it_was_called_for_has_no_effect(run):
    run.propose()
    run.convene(meets_on=after(LEAD + 2))
    with pytest.raises(Lacking):
        run.meet(day=after(LEAD + 1))

    assert run.meet(day=after(LEAD + 2)).effective


@pytest.mark.parametrize(
    ("present", "field"), [(REPS + 1, "present"), ("许多", "present"), ("", "present")]
)
def test_impossible_presence_is_said_at_its_field(run, present, field):
    run.propose()
    run.convene()
    with pytest.raises(Wrong) as wrong:
        run.meet(present=present)

    assert field in wrong.value.fields
    assert Taken.objects.count() == 2


def test_more_votes_than_people_present_cannot_be(run):
    run.to_vote()
    with pytest.raises(Wrong) as wrong:
        run.sheet({"method": "hands", "for": 20, "against": 3, "abstain": 1}, after(LEAD))

    assert "24" in wrong.value.fields["for"]


def test_another_roll_than_the_registers_needs_a_reason(run):
    run.propose()
    with pytest.raises(Wrong) as wrong:
        run.convene(given={"roll_test_reps": 33})

    assert "roll_test_reps_reason" in wrong.value.fields


def test_the_roll_stays_as_it_was_when_the_meeting_was_called(run, monkeypatch):
    run.propose()
    run.convene()
    monkeypatch.setattr("tests.procedures.conftest.REPS", 90)

    assert run.meet(present=23).outcome == "held"


def test_two_people_enter_a_ballot_and_the_same_twice_takes_the_step(run):
    run.to_vote()
    first = run.sheet({"method": "hands", "for": 20, "against": 2, "abstain": 1}, after(LEAD))
    again = run.sheet({"method": "hands", "for": 20, "against": 2, "abstain": 1}, after(LEAD))

    assert first is None
    assert again is None  # one person twice is still one
    taken = run.vote()
    assert taken.by != taken.second


def test_entries_that_differ_are_both_kept_and_shown(run):
    run.to_vote()
    run.sheet({"method": "hands", "for": 20, "against": 2, "abstain": 1}, after(LEAD))
    with pytest.raises(SheetsDiffer) as refusal:
        run.sheet(
            {"method": "hands", "for": 19, "against": 3, "abstain": 1},
            after(LEAD),
            by="village.secretary",
        )

    assert refusal.value.details == ["赞成：19 / 20", "反对：3 / 2"]
    assert Sheet.objects.count() == 2
    assert run.sheet(YES, after(LEAD), by="village.secretary").outcome == "passed"


def test_a_ballot_is_not_taken_by_one_person(run):
    run.to_vote()
    with pytest.raises(NotAllowed):
        run.take("vote", {"for": 20}, after(LEAD))


def test_nobody_supervises_what_he_has_done_himself(people, run):
    clerk = people("village.clerk")
    run.to_vote()
    run.vote()
    people.made["village.supervisor", people.county.upper, ""] = clerk
    Grant.objects.create(
        user=clerk,
        role="village.supervisor",
        unit_id=people.county.upper,
        valid_from=people.county.start,
        valid_to=datetime.date(2030, 1, 1),
        recorded_at=run.case.recorded_at,
    )
    with pytest.raises(Lacking) as refusal:
        run.check()

    assert "不能由同一人" in refusal.value.details[0]


def test_a_stranger_may_not_take_a_step(people, run):
    with pytest.raises(NotYours):
        run.take("propose", {"plan": "修路"}, by=people("village.clerk", people.county.lower))


def test_a_vacant_post_falls_to_the_township(people, run):
    officer = people("town.officer", people.county.town)
    run.to_vote()
    run.vote()

    taken = run.take("check", {"fair": "yes", "open": "yes"}, after(LEAD + 1), by=officer)
    assert taken.by == officer


def test_what_has_not_happened_yet_cannot_be_recorded(run):
    with pytest.raises(InTheFuture):
        run.take("propose", {"plan": "修路"}, after(1), at=run.case.recorded_at)


def test_who_saw_an_older_state_is_told(run):
    run.propose()
    with pytest.raises(Stale):
        run.convene(seen=1)


def test_nothing_follows_the_end(run):
    run.to_vote()
    run.vote()
    run.check()
    run.confirm()
    with pytest.raises(HasEnded):
        run.confirm()


def test_a_day_before_the_step_before_is_refused_but_may_be_a_fact(run):
    run.propose()
    run.convene()
    with pytest.raises(Lacking):
        run.take("meet", {"present": 23, "chair": "甲", "minutes": "乙"}, after(-1))


def test_a_check_with_a_no_goes_back_with_its_reason(run):
    run.to_vote()
    run.vote()
    with pytest.raises(Wrong):
        run.check(fair="no")
    taken = run.check(fair="no", note="没有公开方案")

    assert taken.outcome == "returned"
    assert run.now().step == "propose"


@pytest.mark.parametrize("plan", ["", "   ", "长" * 501])
def test_an_empty_or_overlong_field_is_said_in_words(run, plan):
    with pytest.raises(Wrong) as wrong:
        run.propose(plan=plan)

    assert "方案" in wrong.value.fields["plan"]

"""Correcting, returning, extending, withdrawing, taking up again."""

import pytest

from jiceng.procedures import catalogue, operations
from jiceng.procedures.catalogue import Shipped
from jiceng.procedures.models import Case, Taken
from jiceng.procedures.reading import procedure_of
from jiceng.procedures.refusals import HasEnded, NotAllowed, NotYours, ReasonWanted
from tests.procedures.conftest import FACT, LEAD, MONDAY, TEXT, Run, after, moment


def change(run, act, *arguments, by="village.clerk", day=LEAD + 5, reason="录错了", **options):
    return getattr(operations, act)(
        run.case.number,
        *arguments,
        reason=reason,
        seen=run.now().version,
        by=run.people(by),
        at=moment(after(day)),
        **options,
    )


def correct(run, sequence, given, day=MONDAY, **options):
    return change(run, "correct_step", sequence, given, happened_on=day, **options)


def test_a_wrong_entry_is_corrected_and_the_old_one_stays(run):
    old = run.propose(plan="修一条露")
    new = correct(run, old.sequence, {"plan": "修一条路"})

    old.refresh_from_db()
    assert (new.data["plan"], old.data["plan"]) == ("修一条路", "修一条露")
    assert "录错了" in old.superseded_why
    assert new.replaces == old
    assert run.now().step == "convene"


def test_steps_that_relied_on_a_corrected_one_reopen(run):
    run.to_vote()
    run.vote()
    first = Taken.objects.get(step="propose")
    correct(run, first.sequence, {"plan": "改修水渠"})

    assert run.now().step == "convene"
    assert list(Taken.objects.standing().values_list("step", flat=True)) == ["propose"]
    assert "所依据的“提议”已更正" in Taken.objects.filter(step="vote").get().superseded_why


def test_a_correction_after_the_end_opens_the_case_again(run):
    run.to_vote()
    run.vote()
    run.check()
    run.confirm()
    checked = Taken.objects.get(step="check")
    given = {"fair": "no", "open": "yes", "note": "后来发现没有公开"}
    correct(run, checked.sequence, given, after(LEAD + 1), by="village.supervisor")

    case = run.now()
    assert (case.step, case.outcome, case.ended_on) == ("propose", "", None)


def test_a_correction_needs_a_reason(run):
    old = run.propose()
    with pytest.raises(ReasonWanted):
        correct(run, old.sequence, {"plan": "修路"}, reason=" ")


def test_what_no_longer_stands_cannot_be_corrected(run):
    old = run.propose()
    correct(run, old.sequence, {"plan": "修路"})
    with pytest.raises(NotAllowed):
        correct(run, old.sequence, {"plan": "再修"})


def test_a_ballot_is_put_right_by_two_people_again(run):
    run.to_vote()
    wrong = run.vote()
    with pytest.raises(NotAllowed):
        correct(run, wrong.sequence, {}, after(LEAD))
    change(run, "return_case", "vote")

    assert run.now().step == "vote"
    assert run.vote(**{"for": 21, "against": 1}).data["for"] == 21


def test_the_township_sends_a_case_back_with_a_reason(people, run):
    run.to_vote()
    officer = people("town.officer", people.county.town)
    case = operations.return_case(
        run.case.number,
        "propose",
        reason="方案不完整",
        seen=run.now().version,
        by=officer,
        at=moment(after(LEAD + 1)),
    )

    assert case.step == "propose"
    assert not Taken.objects.standing().exists()


def test_a_case_goes_back_only_to_what_was_done(run):
    run.propose()
    with pytest.raises(NotAllowed):
        change(run, "return_case", "check")


def test_a_stranger_returns_nothing(people, run):
    run.propose()
    stranger = people("village.clerk", people.county.lower)
    with pytest.raises(NotYours):
        operations.return_case(
            run.case.number,
            "propose",
            reason="看不惯",
            seen=run.now().version,
            by=stranger,
            at=moment(after(1)),
        )


def test_a_withdrawn_case_has_ended_and_may_be_taken_up_again(people, run):
    run.propose()
    ended = change(run, "withdraw_case", day=1)
    with pytest.raises(HasEnded):
        run.convene()

    again = Run(people, previous=ended)
    assert (ended.outcome, again.case.previous) == (Case.WITHDRAWN, ended)


def test_only_what_has_ended_is_taken_up_again(people, run):
    with pytest.raises(NotAllowed):
        Run(people, previous=run.case)


def test_a_limit_is_extended_only_where_a_rule_allows_it(run):
    run.propose()
    with pytest.raises(NotAllowed):
        change(run, "extend_step", day=1)


def test_a_fact_leaves_an_extended_limit_as_it_is(people, monkeypatch):
    within = "within: {rule: inquiry.answer, of: vote}"
    text = TEXT.replace("version: 1", "version: 2")
    text = text.replace(within, f"{within}\n    extension: disclosure.answer")
    entry = Shipped("test_motion@2", text, procedure_of(text))
    monkeypatch.setitem(catalogue.SHIPPED.entries, entry.code, entry)
    run = Run(people)
    run.to_vote()
    run.vote()
    before = run.now().due_on
    change(run, "extend_step", day=LEAD + 1, by="village.supervisor")
    extended = run.now().due_on
    run.meet(day=after(LEAD + 2), how=FACT)

    assert run.now().due_on == extended > before

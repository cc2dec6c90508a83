"""A vote that fails is kept, has no effect, and the meeting is called again or ends the run."""

import pytest

from jiceng.procedures.queries import story_of
from jiceng.procedures.refusals import Lacking
from tests.decisions.running import (
    DONE_WORK,
    HELD,
    RESOLUTION,
    SHEET,
    Run,
    carry_out,
    put_forward,
)


def test_a_vote_that_failed_has_no_effect_and_the_meeting_is_called_again(village, people):
    """Called with the same notice as before, voted on anew, and carried through to its end."""
    run = Run(put_forward(village, people).case, people)
    run.to_direct()
    run.take("direct", {"body": "village_assembly"})
    run.call("call_assembly", 10, adults=1400, households=520)
    run.take("assembly", {"present": 702, "counted_by": "adults", **HELD}, days=11)
    run.vote("assembly_vote", {**SHEET, "for": 351, "against": 351, "abstain": 0})
    failed = run.case.taken.get(step="assembly_vote")
    assert (failed.outcome, failed.effective, failed.superseded_at) == ("failed", False, None)
    with pytest.raises(Lacking):
        run.take("carry_out", DONE_WORK)

    run.take("assembly_failed", {"decision": "again", "reason": "一半对一半"})
    with pytest.raises(Lacking) as refused:
        run.call("call_assembly", 9, adults=1400, households=520)
    assert "第二十一条" in refused.value.details[0]
    run.call("call_assembly", 10, adults=1400, households=520)
    run.take("assembly", {"present": 800, "counted_by": "adults", **HELD}, days=11)
    run.vote("assembly_vote", {**SHEET, "for": 500, "against": 300, "abstain": 0})
    run.publish("publish_resolution", **RESOLUTION)
    carry_out(run)

    assert run.case.outcome == "done"


def test_a_meeting_whose_vote_failed_may_decide_to_end_the_run(village, people):
    run = Run(put_forward(village, people).case, people)
    run.to_members()
    run.take("members", {"present": 44, **HELD}, days=4)
    run.vote("members_vote", {**SHEET, "for": 24, "against": 20, "abstain": 0})
    assert _shown(run)["members_failed"] == "now"
    run.take("members_failed", {"decision": "rejected", "reason": "党员意见不一致"})

    assert run.case.outcome == "rejected"


def _shown(run):
    """Return the state of every step that the page of the case lists."""
    return {step.code: state for step, state, _taken in story_of(run.case, run.day).states}


def test_what_is_done_after_a_failed_vote_is_not_listed_while_none_has_failed(village, people):
    run = Run(put_forward(village, people).case, people)

    assert "assembly_vote" in _shown(run)
    assert not any(code.endswith("_failed") for code in _shown(run))


def test_committees_that_turn_a_plan_down_may_meet_again(village, people):
    run = Run(put_forward(village, people).case, people)
    run.meet("propose", "branch_committee", 3, votes=(1, 2), known=False)
    assert run.case.step == "propose"
    run.meet("propose", "branch_committee", 3, known=False)
    run.meet("consult", "two_committees", 6, votes=(3, 3), known=False)
    assert run.case.step == "consult"
    run.meet("consult", "two_committees", 6, known=False)

    assert run.case.step == "call_members"

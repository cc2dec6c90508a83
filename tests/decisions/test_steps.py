"""The step that asks who decides, on the day; sheets of villagers; correcting before step three."""

import datetime
from dataclasses import replace

import pytest

from jiceng.decisions.models import Motion
from jiceng.decisions.operations import (
    Mandate,
    Proposal,
    delegate,
    end_delegation,
    propose,
    redirect,
    restart,
)
from jiceng.decisions.queries import told_of
from jiceng.decisions.refusals import NothingToRestart, PastCorrection
from jiceng.decisions.steps import Appraisal
from jiceng.notices import subjects
from jiceng.procedures import catalogue
from jiceng.procedures.kinds import Wrong
from jiceng.procedures.models import Case
from jiceng.procedures.queries import about_of
from jiceng.procedures.refusals import Lacking, NotYours
from tests.decisions.conftest import AT, TODAY
from tests.decisions.running import DAY, HELD, SHEET, Run


@pytest.fixture
def proposal(village):
    return Proposal(unit=village.number, matter="village.24.3", title="修机耕路")


@pytest.fixture
def run(people, proposal):
    motion = propose(proposal, raised_on=TODAY, by=people.clerk, at=AT)
    found = Run(motion.case, people)
    found.motion = motion
    return found


def _grant(village):
    start = datetime.date(2026, 1, 10)
    return Mandate(
        village.number, "village.24.3", "assembly", start, "决议", start, datetime.date(2029, 1, 10)
    )


def test_without_a_delegation_the_representatives_are_refused_with_the_source(run):
    run.to_direct()

    with pytest.raises(Lacking) as refused:
        run.take("direct", {"body": "village_representatives"})

    assert any("第二十四条" in sentence for sentence in refused.value.details)
    assert run.case.step == "direct"


def test_what_happened_all_the_same_is_kept_and_has_no_effect(run):
    run.to_direct()

    taken = run.take("direct", {"body": "village_representatives"}, as_fact=True)

    assert not taken.effective
    assert run.case.step == "direct"


def test_goes_on_to_the_assembly(run):
    run.to_direct()

    run.take("direct", {"body": "village_assembly"})

    assert run.case.step == "call_assembly"


def test_a_delegation_is_asked_for_again_on_the_day(village, people, proposal):
    delegation = delegate(_grant(village), by=people.clerk, at=AT)
    motion = propose(proposal, raised_on=TODAY, by=people.clerk, at=AT)
    run = Run(motion.case, people)
    run.to_direct()
    assert motion.body == "village_representatives"
    end_delegation(delegation, on=run.day + DAY, reason="收回", by=people.clerk, at=run.at)

    with pytest.raises(Lacking):
        run.take("direct", {"body": "village_representatives"})
    run.take("direct", {"body": "village_assembly"}, days=0)

    assert run.case.step == "call_assembly"


def test_a_case_without_a_motion_is_not_directed(run, people):
    run.to_direct()
    Motion.objects.update(case=None)

    with pytest.raises(Lacking) as refused:
        run.take("direct", {"body": "village_assembly"})

    assert "没有登记议题" in refused.value.details[0]


def test_the_township_corrects_before_the_third_step_and_not_after(run, people):
    correct = {"matter": "village.24.1", "body": "", "reason": "是补贴", "by": people.officer}
    run.to_members()
    redirect(run.motion, **correct, at=AT)
    run.take("members", {"present": 44, **HELD}, days=4)

    with pytest.raises(PastCorrection):
        redirect(run.motion, **correct, at=AT)


def test_a_motion_corrected_to_another_procedure_begins_anew_and_follows_the_old_run(run, people):
    old = run.case
    redirect(
        run.motion, matter="collective.26.11", body="", reason="投资", by=people.officer, at=AT
    )
    with pytest.raises(NotYours):
        restart(run.motion, by=people.officer, at=AT)

    motion = restart(run.motion, by=people.secretary, at=AT)

    assert motion.case.procedure.code == "collective_assembly"
    assert motion.case.previous == old
    old.refresh_from_db()
    assert old.outcome == Case.WITHDRAWN


def test_a_motion_on_its_way_does_not_begin_anew(run, people):
    with pytest.raises(NothingToRestart):
        restart(run.motion, by=people.secretary, at=AT)


def test_a_rejected_motion_may_be_put_forward_again(run, people):
    run.to_members()
    run.take("members", {"present": 44, **HELD}, days=4)
    run.vote("members_vote", {**SHEET, "for": 20, "against": 24, "abstain": 0})
    run.take("members_failed", {"decision": "rejected", "reason": "意见分歧大"})
    assert run.case.outcome == "rejected"

    motion = restart(run.motion, by=people.secretary, at=run.at)

    assert motion.case.step == "propose"
    assert motion.case.previous_id is not None


def test_a_notice_of_the_case_knows_what_the_motion_says(people, proposal):
    motion = propose(
        replace(proposal, text="三公里，水泥路面", amount=18_000_000),
        raised_on=TODAY,
        by=people.clerk,
        at=AT,
    )

    said = subjects.told(f"procedures.case:{motion.case_id}", "publish_resolution")
    assert said["matter"] == "修机耕路"
    assert told_of(motion.case) == {"proposal": "三公里，水泥路面", "money": 18_000_000}


@pytest.fixture
def appraisal(run):
    step = catalogue.latest("five_deliberations").procedure.step("appraise")
    about = about_of(run.case, run.case.declaration.first, TODAY)
    return lambda given: Appraisal().enter(step, {"note": "", **given}, about)


COUNTS = {"handed_out": 100, "returned": 90, "content": 60, "fairly": 20, "discontent": 10}


def test_counts_sheets_and_no_person(appraisal):
    assert {**appraisal(COUNTS), "note": ""} == {**COUNTS, "note": ""}


@pytest.mark.parametrize(
    ("changed", "field"), [({"returned": 101}, "returned"), ({"discontent": 11}, "content")]
)
def test_refuses_sheets_that_cannot_be(appraisal, changed, field):
    with pytest.raises(Wrong) as refused:
        appraisal({**COUNTS, **changed})

    assert list(refused.value.fields) == [field]

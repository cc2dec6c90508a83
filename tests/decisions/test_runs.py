"""Every procedure from its first step to its end, with its meetings, sheets and notices."""

import pytest

from jiceng.access.operations import open_accounts
from jiceng.procedures.models import Case
from jiceng.procedures.queries import story_of
from jiceng.procedures.refusals import Lacking
from jiceng.registry.models import Person
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import (
    Founding,
    PostRow,
    appoint,
    found_units,
)
from tests.access.cast import DONE
from tests.conftest import START
from tests.decisions.conftest import furnished, staffed
from tests.decisions.running import (
    CHECKED,
    DAY,
    DONE_WORK,
    HELD,
    RESOLUTION,
    SHEET,
    Run,
    carry_out,
    delegated,
    opened,
    put_forward,
    reviewed_first,
)

SHEETS = {"handed_out": 100, "returned": 90, "content": 80, "fairly": 8, "discontent": 2}


def test_four_deliberations_by_the_assembly(village, people):
    run = Run(put_forward(village, people).case, people)
    run.to_direct()
    run.take("direct", {"body": "village_assembly"})
    run.call("call_assembly", 10, adults=1400, households=520)
    run.take("assembly", {"present": 701, "counted_by": "adults", **HELD}, days=11)
    run.vote("assembly_vote", {**SHEET, "for": 351, "against": 300, "abstain": 50})
    run.publish("publish_resolution", **RESOLUTION)
    carry_out(run)

    assert run.case.outcome == "done"


def test_an_assembly_of_exactly_half_decides_nothing_and_is_called_again(village, people):
    run = Run(put_forward(village, people).case, people)
    run.to_direct()
    run.take("direct", {"body": "village_assembly"})
    run.call("call_assembly", 10, adults=1400, households=520)

    taken = run.take("assembly", {"present": 700, "counted_by": "adults", **HELD}, days=11)

    assert not taken.effective
    assert run.case.step == "call_assembly"


def test_an_assembly_called_nine_days_ahead_is_refused(village, people):
    run = Run(put_forward(village, people).case, people)
    run.to_direct()
    run.take("direct", {"body": "village_assembly"})

    with pytest.raises(Lacking) as refused:
        run.call("call_assembly", 9, adults=1400, households=520)

    assert "第二十一条" in refused.value.details[0]


@pytest.fixture
def ninghai(db):
    """A village of Ninghai, furnished like the others, and its people."""
    rows = [
        Founding("宁波市", Kind.CITY, Level.CITY, "330200000000"),
        Founding("宁海县", Kind.COUNTY, Level.COUNTY, "330226000000", parent_row=0),
        Founding("某镇", Kind.TOWNSHIP, Level.TOWN, "330226100000", parent_row=1),
        Founding("某村委会", Kind.VILLAGE, Level.VILLAGE, "330226100201", parent_row=2),
    ]
    *_above, town, unit = found_units(rows, tree=Tree.DIVISION, day=START, **DONE)
    found = furnished(unit, town)
    return found, staffed(found)


PLAN = {"proposal": "修三公里。"}


def test_five_deliberations_from_proposal_to_the_villagers_appraisal(ninghai):
    village, people = ninghai
    delegated(village, people)
    run = Run(put_forward(village, people).case, people)
    assert run.case.procedure.code == "five_deliberations"
    run.to_direct(after_consulting=[("publish_plan", PLAN)])
    run.take("direct", {"body": "village_representatives"})
    run.call("call_representatives", 3, village_representatives=45)
    run.take("representatives", {"present": 30, **HELD}, days=4)
    run.vote("representatives_vote", {**SHEET, "for": 16, "against": 10, "abstain": 4})
    run.publish("publish_resolution", **RESOLUTION)
    carry_out(run)
    run.take("appraise", {**SHEETS, "note": ""}, by=people.supervisor)

    assert run.case.outcome == "done"


def test_the_plan_hangs_fifteen_full_days_before_the_members_are_called(ninghai):
    village, people = ninghai
    run = Run(put_forward(village, people).case, people)
    run.meet("propose", "branch_committee", 3, known=False)
    run.meet("consult", "two_committees", 6, known=False)
    posted = run.day + DAY

    run.publish("publish_plan", **PLAN)

    assert run.day == posted + 16 * DAY


def test_representatives_who_are_divided_leave_it_to_the_assembly(ninghai):
    village, people = ninghai
    delegated(village, people)
    run = Run(put_forward(village, people).case, people)
    run.to_direct(after_consulting=[("publish_plan", PLAN)])
    run.take("direct", {"body": "village_representatives"})
    run.call("call_representatives", 3, village_representatives=45)
    run.take("representatives", {"present": 30, **HELD}, days=4)
    run.vote("representatives_vote", {**SHEET, "for": 15, "against": 15, "abstain": 0})
    run.take("divided", {"decision": "assembly", "reason": "一半对一半"})

    assert run.case.step == "call_assembly"


def test_the_representatives_decide_what_was_delegated(village, people):
    delegated(village, people)
    run = Run(put_forward(village, people).case, people)
    run.to_direct()
    run.take("direct", {"body": "village_representatives"})
    run.call("call_representatives", 3, village_representatives=45)
    run.take("representatives", {"present": 30, **HELD}, days=4)
    run.vote("representatives_vote", {**SHEET, "for": 16, "against": 10, "abstain": 4})
    run.publish("publish_resolution", **RESOLUTION)

    assert run.case.step == "carry_out"


def test_who_carried_it_out_does_not_supervise_it(village, people):
    """The supervisor also wrote what was done, while the clerk's post was his."""
    delegated(village, people)
    run = Run(put_forward(village, people).case, people)
    run.to_direct()
    run.take("direct", {"body": "village_representatives"})
    run.call("call_representatives", 3, village_representatives=45)
    run.take("representatives", {"present": 30, **HELD}, days=4)
    run.vote("representatives_vote", {**SHEET, "for": 16, "against": 10, "abstain": 4})
    run.publish("publish_resolution", **RESOLUTION)
    both = _clerk_and_supervisor(village, people)
    run.take("carry_out", DONE_WORK, by=both)

    with pytest.raises(Lacking) as refused:
        run.take("check_result", CHECKED, by=both)

    assert any("既办理又监督" in sentence for sentence in refused.value.details)


def _clerk_and_supervisor(village, people):
    """Give the supervisor the clerk's post too; return his account."""
    person = Person.objects.get(number=people.supervisor.person_number)
    (post,) = appoint([PostRow(person.pk, village.number, "village_clerk", START)], **DONE)
    open_accounts([post], **DONE)
    return people.supervisor


def test_a_township_review_stands_between_the_second_and_the_third_step(village, people):
    reviewed_first(village, people)
    run = Run(put_forward(village, people).case, people)
    assert run.case.procedure.code == "four_deliberations_reviewed"
    run.meet("propose", "branch_committee", 3, known=False)
    run.meet("consult", "two_committees", 6, known=False)
    judged = {"lawful": "yes", "rights": "yes", "path": "no", "note": "应由成员大会决定"}
    run.take("review", judged, by=people.officer)
    assert run.case.step == "consult"
    run.meet("consult", "two_committees", 6, known=False)
    run.take("review", {**judged, "path": "yes", "note": ""}, by=people.officer)
    run.call("call_members", 3, voting_members=48)
    run.take("members", {"present": 44, **HELD}, days=4)
    run.vote("members_vote")
    run.take("revise", {"opinions": "", "changes": "没有修订意见"})
    run.take("direct", {"body": "village_assembly"})
    run.call("call_assembly", 10, adults=1400, households=520)
    run.take("assembly", {"present": 701, "counted_by": "adults", **HELD}, days=11)
    run.vote("assembly_vote", {**SHEET, "for": 351, "against": 300, "abstain": 50})
    run.publish("publish_resolution", **RESOLUTION)
    carry_out(run)

    assert run.case.outcome == "done"


def test_a_combined_post_may_merge_the_first_two_steps(village, people):
    secretary = Person.objects.get(number=people.secretary.person_number)
    appoint([PostRow(secretary.pk, village.number, "village_director", START)], **DONE)
    run = Run(put_forward(village, people).case, people)

    run.meet("propose", "branch_committee", 3, known=False, merged=True)

    assert run.case.step == "call_members"


def test_two_persons_in_the_two_posts_do_not_merge_them(village, people):
    run = Run(put_forward(village, people).case, people)

    with pytest.raises(Lacking) as refused:
        run.meet("propose", "branch_committee", 3, known=False, merged=True)

    assert any("不能合并" in sentence for sentence in refused.value.details)


def test_an_interpellation_is_due_in_fifteen_days_and_ends_answered(village, people):
    run = opened("interpellation", village, people)
    asked = {"by_whom": "representatives", "signatures": 5, "asked": "主任", "question": "账目"}
    run.take("receive", asked)
    assert run.case.due_on == run.day + 15 * DAY
    run.take("answer", {"way": "written", "answered_by": "主任", "answer": "说明如下。"})

    assert run.case.outcome == "answered"


def test_disclosure_is_reviewed_by_another_than_drafted_it(village, people):
    run = opened("disclosure", village, people)
    run.take("draft", {"affairs": "财务公开", "span": "2026年2月", "content": "收支明细"})
    judged = {"complete": "yes", "truthful": "no", "timely": "yes", "audited": "yes"}
    judged["note"] = "有一笔不符"
    run.take("review", judged, by=people.supervisor)
    assert run.case.step == "draft"
    run.take("draft", {"affairs": "财务公开", "span": "2026年2月", "content": "收支明细（更正）"})
    run.take("review", {**judged, "truthful": "yes", "note": ""}, by=people.supervisor)
    run.meet("decide", "two_committees", 6, known=False)
    run.publish("publish")

    assert run.case.outcome == "done"


def test_a_plain_service_is_handled_and_supervised(village, people):
    run = opened("plain_item", village, people)
    run.take("accept", {"request": "开居住证明", "documents": ""})
    run.take("agree", {"decision": "confirmed", "note": ""}, by=people.secretary)
    run.take("handle", {"result": "handled", "words": "已开具"})
    run.take("supervise", {"decision": "confirmed", "note": ""}, by=people.supervisor)

    assert run.case.outcome == "done"


def test_a_groups_own_land_is_decided_by_the_group(village, people):
    run = Run(put_forward(village, people, "village.28").case, people)
    run.take("demand", {"by_whom": "committee", "signatures": "", "business": "组里的鱼塘"})
    run.take("direct", {"body": "group_meeting"})
    roll = {"group": "第三村民小组", "roll_from": "小组长，2026年3月1日"}
    run.call("call_group", 3, said=roll, group_adults=60, group_households=20)
    run.take("group", {"present": 40, "counted_by": "group_adults", **HELD}, days=4)
    run.vote("group_vote", {**SHEET, "for": 21, "against": 19, "abstain": 0})
    run.publish("publish_resolution", resolution="同意。")

    assert run.case.outcome == "done"
    told = next(one.words for one in story_of(run.case, run.day).entries if "通知" in one.title)
    assert ("哪个村民小组", "第三村民小组") in told
    assert ("名册由谁提供、哪一天的", "小组长，2026年3月1日") in told


def test_a_party_matter_is_decided_by_the_members(village, people):
    run = Run(put_forward(village, people, "party.11.admission").case, people)
    run.meet("discuss", "branch_committee", 3, known=False)
    run.call("call_members", 3, voting_members=48)
    run.take("members", {"present": 30, **HELD}, days=4)
    run.vote("members_vote", {**SHEET, "for": 25, "against": 5, "abstain": 0})

    assert run.case.outcome == "done"


def test_half_of_those_entitled_is_not_enough_at_the_members_meeting(village, people):
    run = Run(put_forward(village, people, "party.11.admission").case, people)
    run.meet("discuss", "branch_committee", 3, known=False)
    run.call("call_members", 3, voting_members=48)
    run.take("members", {"present": 30, **HELD}, days=4)
    run.vote("members_vote", {**SHEET, "for": 24, "against": 6, "abstain": 0})

    assert run.case.step == "members_failed"
    run.take("members_failed", {"decision": "rejected", "reason": "不同意"})
    assert Case.objects.get(pk=run.pk).ended

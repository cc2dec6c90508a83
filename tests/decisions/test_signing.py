"""Joint demands: how many must have signed is the law's, and who wants fewer goes on by himself."""

import pytest

from jiceng.procedures.kinds import Wrong
from jiceng.procedures.refusals import Lacking
from jiceng.registry.models import VillageFact
from tests.decisions.running import Run, opened, put_forward

ASKED = {"business": "听取工作报告"}
QUESTION = {"asked": "主任", "question": "账目不清"}


@pytest.fixture
def demand(village, people):
    """A motion that the assembly hear a report; how many of whom demand it."""

    def demanding(by_whom, signatures, matter="village.23.report", body="village_assembly"):
        run = Run(put_forward(village, people, matter, wished=body).case, people)
        run.take("demand", {**ASKED, "by_whom": by_whom, "signatures": signatures})
        return run

    return demanding


def test_a_tenth_of_the_villagers_may_demand_a_meeting(demand):
    assert demand("villagers", 140).case.step == "direct"  # of 1,400


def test_one_short_of_a_tenth_is_told_how_many_are_wanted_and_by_which_law(demand):
    with pytest.raises(Lacking) as refused:
        demand("villagers", 139)

    (said,) = refused.value.details
    assert "联名 139 人，按十八周岁以上村民 1400 人计须 140 人以上。" in said
    assert "第二十一条" in said


def test_of_the_representatives_a_third_may_demand_an_assembly(demand):
    assert demand("representatives", 14).case.step == "direct"  # of 41: 13 and two thirds
    with pytest.raises(Lacking, match="还不能继续"):
        demand("representatives", 13)


def test_a_fifth_of_them_may_demand_their_own_meeting(demand):
    theirs = {"matter": "village.23.appraise", "body": "village_representatives"}
    assert demand("representatives", 9, **theirs).case.step == "direct"  # of 41: 8 and a fifth
    with pytest.raises(Lacking) as refused:
        demand("representatives", 8, **theirs)
    assert "第二十六条" in refused.value.details[0]


def test_the_committee_calls_a_meeting_without_any_signature(demand):
    assert demand("committee", "").case.step == "direct"


def test_who_asks_together_says_how_many_they_are(demand):
    with pytest.raises(Wrong) as refused:
        demand("villagers", "")

    assert list(refused.value.fields) == ["signatures"]


def test_where_the_register_does_not_know_how_many_there_are_a_person_decides(
    village, people, demand
):
    VillageFact.objects.filter(unit=village.number, kind="adults").delete()

    run = demand("villagers", 20)

    assert run.case.step == "direct"
    assert "请核对够不够" in run.case.taken.get().lacked[0]


def test_in_zhejiang_five_representatives_make_an_interpellation(village, people):
    """Elsewhere it is a practice that may be adopted: it warns."""
    run = opened("interpellation", village, people)
    run.take("receive", {**QUESTION, "by_whom": "representatives", "signatures": 4})

    (lacked,) = run.case.taken.get().lacked
    assert "联名 4 人，须 5 人以上。" in lacked
    assert run.case.step == "answer"


def test_too_few_who_put_something_forward_are_said_on_the_motion(village, people):
    few = put_forward(village, people, raised_by="villagers", signatures=139)
    enough = put_forward(village, people, raised_by="villagers", signatures=140)

    assert any("须 140 人以上" in reason for reason in few.reasons)
    assert not any("联名" in reason for reason in enough.reasons)

"""A motion is directed when it is put forward; the township corrects, within the law."""

from dataclasses import replace

import pytest

from jiceng.audit.models import Entry
from jiceng.core.periods import DAY
from jiceng.decisions.models import Motion, Redirection
from jiceng.decisions.operations import Proposal, propose, redirect
from jiceng.decisions.refusals import HasNoText, NotByThisBody, NotDirected, WrongDays
from tests.decisions.conftest import AT, TODAY


@pytest.fixture
def proposal(village):
    return Proposal(
        unit=village.number,
        matter="village.24.3",
        title="修上村到东镇的机耕路",
        amount=18_000_000,
        wished="village_representatives",
    )


def test_goes_to_the_assembly_when_nothing_was_delegated(people, proposal):
    motion = propose(proposal, raised_on=TODAY, by=people.clerk, at=AT)

    assert motion.body == "village_assembly"
    assert motion.procedure == "four_deliberations"
    assert any("没有登记现行有效的授权" in reason for reason in motion.reasons)
    assert Entry.objects.filter(action="decisions.motion.proposed").count() == 1


def test_is_decided_as_another_matter_where_another_law_governs_it(people, proposal):
    motion = propose(
        replace(proposal, matter="village.24.4"), raised_on=TODAY, by=people.clerk, at=AT
    )

    assert motion.matter == "village.24.4"
    assert motion.decided_as == "collective.26.8"
    assert motion.procedure == "collective_assembly"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"title": "  "}, HasNoText),
        ({"raised_by": "villagers"}, HasNoText),
        ({"matter": "plain.6"}, NotDirected),
        ({"matter": "zhejiang.15.1"}, NotDirected),
        ({"matter": "没有的事"}, NotDirected),
    ],
)
def test_refuses_what_cannot_be_directed(people, proposal, changed, refusal):
    with pytest.raises(refusal) as refused:
        propose(replace(proposal, **changed), raised_on=TODAY, by=people.clerk, at=AT)

    assert refused.value.sentence
    assert not Motion.objects.exists()


def test_is_not_dated_ahead(people, proposal):
    with pytest.raises(WrongDays):
        propose(proposal, raised_on=TODAY + DAY, by=people.clerk, at=AT)


def test_the_township_corrects_the_matter_with_a_reason(people, proposal):
    motion = propose(proposal, raised_on=TODAY, by=people.clerk, at=AT)

    redirect(
        motion,
        matter="collective.26.11",
        body="",
        reason="用集体土地入股，不是修路",
        by=people.officer,
        at=AT,
    )

    motion.refresh_from_db()
    row = Redirection.objects.get()
    assert motion.procedure == "collective_assembly"
    assert (row.matter_from, row.matter_to) == ("village.24.3", "collective.26.11")
    assert (row.procedure_from, row.procedure_to) == ("four_deliberations", "collective_assembly")
    assert row.corrected_by == people.officer


def test_a_correction_does_not_take_it_to_a_body_that_may_not_decide(people, proposal):
    motion = propose(proposal, raised_on=TODAY, by=people.clerk, at=AT)

    with pytest.raises(NotByThisBody) as refused:
        redirect(
            motion,
            matter="village.24.3",
            body="two_committees",
            reason="事情小",
            by=people.officer,
            at=AT,
        )

    assert "第二十四条" in refused.value.sentence
    assert not Redirection.objects.exists()


def test_a_correction_needs_its_reason(people, proposal):
    motion = propose(proposal, raised_on=TODAY, by=people.clerk, at=AT)

    with pytest.raises(HasNoText):
        redirect(motion, matter="village.24.1", body="", reason="", by=people.officer, at=AT)

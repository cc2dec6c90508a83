"""Delegations: matter and term, on a document; never what the law reserves."""

import datetime
from dataclasses import replace

import pytest

from jiceng.audit.models import Entry
from jiceng.core.periods import FOREVER
from jiceng.decisions.models import Delegation
from jiceng.decisions.operations import Mandate, delegate, end_delegation
from jiceng.decisions.queries import direct_at
from jiceng.decisions.refusals import (
    AlreadyDelegated,
    HasNoText,
    NotDelegable,
    WrongDays,
    WrongWay,
)
from tests.decisions.conftest import AT, TODAY

ROADS = "village.24.3"


@pytest.fixture
def grant(village):
    return Mandate(
        unit=village.number,
        matter=ROADS,
        way="assembly",
        decided_on=datetime.date(2026, 1, 10),
        document="上村村民会议决议〔2026〕1号",
        valid_from=datetime.date(2026, 1, 10),
        valid_to=datetime.date(2029, 1, 10),
    )


def _body(village, matter=ROADS, day=TODAY, wished=""):
    return direct_at(village.number, matter, day=day, wished=wished).direction.body.code


def test_sends_the_matter_to_the_representatives_while_it_holds(village, people, grant):
    assert _body(village) == "village_assembly"

    delegate(grant, by=people.clerk, at=AT)

    assert _body(village) == "village_representatives"
    assert _body(village, day=datetime.date(2029, 1, 10)) == "village_assembly"
    assert _body(village, matter="village.24.1") == "village_assembly"
    assert Entry.objects.filter(action="decisions.delegation.recorded").count() == 1


def test_another_village_has_nothing_of_it(village, people, grant, county):
    delegate(grant, by=people.clerk, at=AT)

    assert direct_at(county.lower, ROADS, day=TODAY).direction.body.code == "village_assembly"


@pytest.mark.parametrize(
    ("changed", "refusal", "said"),
    [
        ({"matter": "village.27"}, NotDelegable, "不能授权给代表会议"),
        ({"matter": "collective.26.3", "way": "charter"}, NotDelegable, "不能授权给代表会议"),
        ({"matter": "village.24.4"}, NotDelegable, "另有法律规定"),
        ({"matter": "village.23.appraise"}, NotDelegable, "不能授权给代表会议"),
        ({"matter": "collective.26.13", "way": "charter"}, NotDelegable, "已经有内容"),
        ({"matter": "直播"}, NotDelegable, "从事项清单中选"),
        ({"matter": "zhejiang.15.1"}, NotDelegable, "别的地方"),
        ({"matter": "collective.26.11"}, WrongWay, "章程"),
        ({"document": " "}, HasNoText, "依据文件"),
        ({"decided_on": datetime.date(2026, 3, 3)}, WrongDays, "今天之后"),
        ({"valid_from": datetime.date(2026, 1, 9)}, WrongDays, "早于决定日"),
        ({"valid_to": FOREVER}, WrongDays, "期限"),
        ({"valid_to": datetime.date(2026, 1, 10)}, WrongDays, "截止日"),
    ],
)
def test_refuses_what_is_not_a_delegation(people, grant, changed, refusal, said):
    with pytest.raises(refusal) as refused:
        delegate(replace(grant, **changed), by=people.clerk, at=AT)

    assert said in refused.value.sentence
    assert not Delegation.objects.exists()


def test_two_delegations_of_a_matter_never_share_a_day(people, grant):
    delegate(grant, by=people.clerk, at=AT)
    next_term = replace(grant, valid_from=grant.valid_to, valid_to=datetime.date(2032, 1, 10))

    with pytest.raises(AlreadyDelegated):
        delegate(replace(next_term, valid_from=datetime.date(2029, 1, 9)), by=people.clerk, at=AT)
    delegate(next_term, by=people.clerk, at=AT)

    assert Delegation.objects.count() == 2


def test_the_charter_gives_the_collectives_representatives_what_it_may(village, people, grant):
    by_charter = replace(grant, matter="collective.26.11", way="charter", document="合作社章程")

    delegate(by_charter, by=people.clerk, at=AT)

    asked = direct_at(village.number, "collective.26.11", day=TODAY)
    assert asked.code == "no_representatives"  # the register holds none yet


def test_ended_early_it_counts_no_more_from_that_day(village, people, grant):
    row = delegate(grant, by=people.clerk, at=AT)

    end_delegation(row, on=datetime.date(2026, 4, 1), reason="村民会议收回", by=people.clerk, at=AT)

    assert _body(village, day=datetime.date(2026, 3, 31)) == "village_representatives"
    assert _body(village, day=datetime.date(2026, 4, 1)) == "village_assembly"


@pytest.mark.parametrize(
    ("on", "reason", "refusal"),
    [
        (datetime.date(2026, 4, 1), " ", HasNoText),
        (datetime.date(2026, 3, 1), "收回", WrongDays),  # before today
        (datetime.date(2029, 1, 10), "收回", WrongDays),  # it ends by itself on that day
    ],
)
def test_is_not_ended_without_reason_nor_backwards(people, grant, on, reason, refusal):
    row = delegate(grant, by=people.clerk, at=AT)

    with pytest.raises(refusal):
        end_delegation(row, on=on, reason=reason, by=people.clerk, at=AT)

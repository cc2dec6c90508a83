"""A running programme in the cast's county, and short ways to act in it."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from jiceng.accounts.models import User
from jiceng.programmes import operations
from jiceng.programmes.operations import BeltPlan, MemberPlan, Proposal
from jiceng.registry.models import OrganisationLink, TwoNewOrg
from jiceng.registry.operations import Founding, found_units
from jiceng.standards.models import Rating, Standard
from tests.conftest import NOON
from tests.programmes.test_definition import WENZHOU

DAY = datetime.date(2017, 6, 1)
JUDGED = datetime.date(2017, 12, 31)
AFTER_SUNSET = datetime.datetime(2018, 7, 1, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def officer(db):
    return User.objects.create_user(
        "officer", "battery staple", display_name="干部", created_at=NOON
    )


class Acts:
    """The programme's operations as the officer carries them out at noon."""

    def __init__(self, programme, officer, county):
        self.programme, self.county = programme, county
        self.done = {"by": officer, "at": NOON}

    def hold(self, status, *units, day=DAY):
        numbers = self.propose(status, *units, day=day)
        operations.confirm_statuses(self.programme, numbers, day=day, **self.done)
        return numbers

    def propose(self, status, *units, day=DAY):
        proposals = [Proposal(unit, status) for unit in units]
        return operations.propose_statuses(self.programme, proposals, day=day, **self.done)

    def belt(self, number, level, *members, day=DAY, unit=None):
        plan = BeltPlan(number, f"{number}号示范带", level, unit or self.county.county)
        (belt,) = operations.record_belts(self.programme, [plan], day=day, **self.done)
        self.fill(belt, *members, day=day)
        return belt

    def fill(self, belt, *members, day=DAY):
        plans = [m if isinstance(m, MemberPlan) else MemberPlan(unit=m) for m in members]
        operations.set_members({belt: plans}, programme=self.programme, day=day, **self.done)

    def judge(self, day=JUDGED):
        return operations.judge_programme(self.programme, day, at=NOON)

    def verdict(self, target, **place):
        return self.judge().verdicts.get(target=target, **place)


@pytest.fixture
def programme(county, officer):
    text = WENZHOU.replace("330300000000", "990100000000")
    return operations.load_programme(text, by=officer, at=NOON)


@pytest.fixture
def acts(programme, officer, county):
    return Acts(programme, officer, county)


@pytest.fixture
def party(county):
    """Two enterprises: one with a party organisation of its own, one without."""
    committee, branch = found_units(
        [
            Founding("东镇党委", "party_committee", 1, seat=county.town),
            Founding(
                "瑞成公司党支部",
                "branch",
                2,
                parent_row=0,
                domain="private_enterprise",
                seat=county.upper,
            ),
        ],
        tree="organisation",
        day=county.start,
        by="system",
        at=NOON,
    )
    with_branch, without = (
        TwoNewOrg.objects.create(
            number=number,
            name=name,
            kind="private_enterprise",
            division_id=county.upper,
            valid_from=county.start,
            recorded_at=NOON,
        )
        for number, name in (("A1", "瑞成公司"), ("A2", "小作坊"))
    )
    OrganisationLink.objects.create(
        two_new_org=with_branch, organisation_id=branch, valid_from=county.start
    )
    stars = Standard.objects.create(
        code="party-organisation-stars", title="星级评定", levels={"4": "四星"}, source="示例"
    )

    def rate(level, day=DAY):
        Rating.objects.create(
            organisation_id=branch,
            standard=stars,
            level=level,
            valid_from=day,
            origin="imported",
            recorded_at=NOON,
        )

    return SimpleNamespace(
        committee=committee,
        branch=branch,
        with_branch=with_branch.pk,
        without=without.pk,
        rate=rate,
    )

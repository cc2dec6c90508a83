"""The stage of the worked cases: villages of several places, and the people who act there."""

import datetime

from django.utils import timezone

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.procedures.rolls import ROLLS
from jiceng.registry.models import Body, VillageFact
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import (
    BodyRow,
    BodySeatRow,
    FactRow,
    Founding,
    PersonRow,
    PostRow,
    appoint,
    form_bodies,
    found_units,
    record_facts,
    record_people,
    seat_people,
)
from jiceng.rules import shipped
from jiceng.rules.operations import adopt_rule, record_local_rule
from jiceng.rules.values import value_of
from tests.conftest import NOON, START

DONE = {"by": "system", "at": NOON}
DAY = datetime.timedelta(days=1)
FOREVER = datetime.date(2099, 1, 1)
# 全国: a place nobody wrote rules for, so that only the nation's hold.
PLACES = {"全国": "990102", "浙江": "330382", "宁海": "330226", "山东": "370114"}
PEOPLE = {
    "书记": "village.secretary",
    "文书": "village.clerk",
    "监督委员会主任": "village.supervisor",
    "乡镇干部": "town.officer",
}
BY_ROLE = {role: name for name, role in PEOPLE.items()}
# Who is there when a case does not say: numbers that divide by nothing in particular.
ENTITLED = {
    "党组织委员": 5,
    "“两委”成员": 7,
    "有表决权的党员": 48,
    "村民代表会议组成人员": 45,
    "十八周岁以上村民": 1400,
    "户的代表": 520,
    "本小组十八周岁以上村民": 90,
    "本小组户的代表": 33,
    "成员大会成员": 1200,
    "成员代表": 32,
}
BODIES = {"村民代表会议组成人员": Body.Kind.VILLAGE_REPS, "成员代表": Body.Kind.COLLECTIVE_REPS}
ROLL_CODES = {str(roll.title): roll.code for roll in ROLLS.entries.values()}


def moment(day, hour=9):
    return datetime.datetime(
        day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone()
    )


class Stage:
    """One village in its town and county, and whoever holds a post there."""

    def __init__(self, place, both=()):
        self.village, self.other, self.town = _found(PLACES[place])
        self.people = {name: self._holder(name, role) for name, role in PEOPLE.items()}
        for post, holder in dict(both).items():  # one person holds two posts
            Grant.objects.filter(user=self.people[post]).delete()
            self._grant(self.people[holder], PEOPLE[post], self.village)
            self.people[post] = self.people[holder]
        self.people["外村文书"] = self._holder("外村文书", "village.clerk", self.other)

    def _holder(self, name, role, unit=None):
        user = User.objects.create_user(name, None, display_name=name, created_at=NOON)
        self._grant(user, role, unit or (self.town if role == "town.officer" else self.village))
        return user

    def _grant(self, user, role, unit):
        Grant.objects.create(
            user=user, role=role, unit_id=unit, valid_from=START, valid_to=FOREVER, recorded_at=NOON
        )

    def combine(self, combined):
        """Let one person be secretary and director, or two."""
        (party,) = found_units(
            [Founding("上村党支部", Kind.BRANCH, 1, domain="village", seat=self.village)],
            tree=Tree.ORGANISATION,
            day=START,
            **DONE,
        )
        people = record_people([PersonRow(name=name) for name in ("张建国", "李秀英")], **DONE)
        director = people[0] if combined else people[1]
        posts = [
            (people[0], party, "party_secretary"),
            (director, self.village, "village_director"),
        ]
        appoint([PostRow(*post, valid_from=START) for post in posts], **DONE)

    def record(self, title, number, day):
        """Record how many there are in the register: people with their seats, or a number."""
        if title in BODIES:
            self._seat(BODIES[title], number, day)
            return
        kind = next(one for one in VillageFact.Kind if str(one.label) == title)
        record_facts([FactRow(self.village, kind, number, day)], **DONE)

    def _seat(self, kind, number, day):
        (body,) = form_bodies([BodyRow(self.village, kind, "第十一届", day)], **DONE)
        people = record_people([PersonRow(name=f"代表{n}") for n in range(number)], **DONE)
        seat_people([BodySeatRow(body, person, "代表", day) for person in people], **DONE)

    def adopt(self, title, day):
        """Put a practice of others into force at the village."""
        rule = next(
            rule
            for rule in reversed(matter_of(title).rules)
            if rule.grade == "P" and rule.holds_on(day)
        )
        adopt_rule(rule, document="镇政〔2025〕1号", **self._rule_of(day))

    def set_rule(self, title, value, day):
        """Record the village's own value."""
        key = matter_of(title).key
        record_local_rule(key, value=value_of(value), document="村民会议决定", **self._rule_of(day))

    def _rule_of(self, day):
        officer = self.people["乡镇干部"]
        return {"unit": self.village, "valid_from": day, "by": officer, "at": moment(day, 8)}


def step_called(case, title):
    """Return the step of this title in the version that a case is on."""
    steps = {step.title: step for step in case.declaration.steps}
    assert title in steps, f"没有步骤“{title}”：{'、'.join(steps)}"
    return steps[title]


def matter_of(title):
    """Return the matter of rules of this title."""
    return next(one for one in shipped.matters().values() if one.title == title)


def _found(county):
    """Found a county, a town and two villages; return the villages and the town."""
    rows = [
        Founding("某县", Kind.COUNTY, Level.COUNTY, f"{county}000000"),
        Founding("东镇", Kind.TOWNSHIP, Level.TOWN, f"{county}101000", parent_row=0),
        Founding("上村", Kind.VILLAGE, Level.VILLAGE, f"{county}101201", parent_row=1),
        Founding("下村", Kind.VILLAGE, Level.VILLAGE, f"{county}101202", parent_row=1),
    ]
    _county, town, village, other = found_units(rows, tree=Tree.DIVISION, day=START, **DONE)
    return village, other, town

"""A village with its clerk, secretary and supervisor, and a procedure to run on."""

import datetime
import uuid
from pathlib import Path

import pytest
from django.utils import timezone

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.procedures import catalogue, operations, rolls
from jiceng.procedures.catalogue import Shipped
from jiceng.procedures.models import Case
from jiceng.procedures.operations.taking import How
from jiceng.procedures.reading import procedure_of
from jiceng.procedures.rolls import Counted, Roll

TEXT = (Path(__file__).parent / "motion.yaml").read_text(encoding="utf-8")
MONDAY = datetime.date(2026, 3, 2)
REPS = 34
LEAD = 10  # days of notice before the meeting
YES = {"method": "hands", "for": 20, "against": 2, "abstain": 1}
TELLERS = {"teller_one": "甲", "teller_two": "乙"}


def moment(day, hour=9):
    return datetime.datetime(
        day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone()
    )


def after(days, start=MONDAY):
    return start + datetime.timedelta(days=days)


@pytest.fixture(autouse=True)
def shipped(monkeypatch):
    """Ship the test procedure and its roll for the time of a test."""
    entry = Shipped("test_motion@1", TEXT, procedure_of(TEXT))
    monkeypatch.setitem(catalogue.SHIPPED.entries, entry.code, entry)
    roll = Roll("test_reps", "村民代表", lambda _unit, _day: Counted(REPS, "测试名单"))
    monkeypatch.setitem(rolls.ROLLS.entries, roll.code, roll)


class People:
    """Users who hold a role at a unit from the register's first day on."""

    def __init__(self, county):
        self.county = county
        self.made = {}

    def __call__(self, role, unit=None, name=""):
        where = unit or self.county.upper
        known = (role, where, name)
        if known not in self.made:
            code = f"{role}-{where}-{name}".strip("-")
            user = User.objects.create_user(
                code, "correct horse", display_name=name or role, created_at=moment(MONDAY)
            )
            Grant.objects.create(
                user=user,
                role=role,
                unit_id=where,
                valid_from=self.county.start,
                valid_to=datetime.date(2030, 1, 1),
                recorded_at=moment(MONDAY),
            )
            self.made[known] = user
        return self.made[known]


@pytest.fixture
def people(county):
    return People(county)


class Run:
    """One case as it is taken on, day by day."""

    def __init__(self, people, procedure="test_motion", **options):
        self.people = people
        clerk = people("village.clerk")
        self.case = operations.open_case(
            procedure,
            unit=people.county.upper,
            title="修路",
            opened_on=MONDAY,
            by=clerk,
            at=moment(MONDAY),
            key=uuid.uuid4(),
            **options,
        )

    def now(self):
        return Case.objects.select_related("procedure").get(pk=self.case.pk)

    def take(self, step, given, day=MONDAY, by="village.clerk", **options):
        options.setdefault("seen", self.now().version)
        options.setdefault("at", moment(max(day, MONDAY)))
        return operations.take_step(
            self.case.number,
            step,
            given,
            happened_on=day,
            by=by if isinstance(by, User) else self.people(by),
            key=uuid.uuid4(),
            **options,
        )

    def sheet(self, votes, day, by="village.clerk", **options):
        options.setdefault("seen", self.now().version)
        return operations.enter_sheet(
            self.case.number,
            "vote",
            {**TELLERS, **votes},
            happened_on=day,
            by=self.people(by),
            at=moment(max(day, MONDAY)),
            key=uuid.uuid4(),
            **options,
        )

    def propose(self, **given):
        return self.take("propose", {"plan": "修一条路"} | given)

    def convene(self, meets_on=None, day=MONDAY, **options):
        meets_on = meets_on or after(LEAD, day)
        given = {"meets_on": meets_on, "place": "村部", "agenda": "修路"}
        given |= {"roll_test_reps": REPS, "roll_test_reps_reason": ""} | options.pop("given", {})
        return self.take("convene", given, day, **options)

    def meet(self, present=23, day=None, **options):
        given = {"present": present, "chair": "甲", "minutes": "照实记录"}
        return self.take("meet", given, day or after(LEAD), **options)

    def vote(self, day=None, **votes):
        day = day or after(LEAD)
        self.sheet(YES | votes, day)
        return self.sheet(YES | votes, day, by="village.secretary")

    def to_vote(self):
        self.propose()
        self.convene()
        self.meet()
        return self

    def check(self, day=None, **answers):
        given = {"fair": "yes", "open": "yes", "note": ""} | answers
        return self.take("check", given, day or after(LEAD + 1), by="village.supervisor")

    def confirm(self, decision="confirmed", note="", day=None):
        given = {"decision": decision, "note": note}
        return self.take("confirm", given, day or after(LEAD + 2), by="village.secretary")


@pytest.fixture
def run(people):
    return Run(people)


FACT, DESPITE = How(as_fact=True), How(despite=True)

"""Worked examples that an official can read and check by hand: tests/measures/worked/*.yaml."""

import datetime
from pathlib import Path

import pytest
import yaml

from jiceng.core.periods import Month
from jiceng.measures.queries import State, figure, rates
from jiceng.measures.registry import INDICATORS, SOURCES
from jiceng.registry.models import OrganisationLink, Person, Post, TwoNewOrg, Unit, VillageFact
from jiceng.registry.models.units import Kind, Level
from jiceng.standards.measures import STARS
from jiceng.standards.models import Rating, Standard
from tests.measures.acts import EVENING, Register, count

START = datetime.date(2017, 1, 1)
KINDS = {
    "县": (Kind.COUNTY, Level.COUNTY),
    "镇": (Kind.TOWNSHIP, Level.TOWN),
    "村": (Kind.VILLAGE, Level.VILLAGE),
    "党委": (Kind.PARTY_COMMITTEE, 1),
    "党支部": (Kind.BRANCH, 2),
    "联合党支部": (Kind.JOINT_BRANCH, 2),
}
EXAMPLES = sorted(Path(__file__).parent.glob("worked/*.yaml"))


class Example:
    """One file: what stands where, what became of it, what was recorded, what must come out."""

    def __init__(self, path):
        self.text = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.register = Register()
        self.units = {}

    def rows(self, title):
        return self.text.get(title, [])

    def build(self):
        for name, one in self.text["单位"].items():
            kind, level = KINDS[one["类别"]]
            self.units[name] = self.register.found(
                name,
                self.units.get(one.get("上级")),
                one.get("自", START),
                kind=kind,
                level=level,
                domain=one.get("领域", ""),
                seat=self.units.get(one.get("所在")),
            )
        self._record()
        for one in self.rows("沿革"):
            old, heirs = self.units[one["终止"]], one.get("承继", {})
            shares = {self.units[new]: share for new, share in heirs.items()}
            if shares:
                self.register.succeed(old, shares, one["日期"])
            else:
                self.register.abolish(old, one["日期"])

    def _record(self):
        VillageFact.objects.bulk_create(
            VillageFact(
                unit_id=self.units[one["村"]],
                kind=one["项目"],
                value=one["数值"],
                valid_from=one["日期"],
                recorded_at=EVENING,
            )
            for one in self.rows("村情")
        )
        stars = Standard.objects.create(code=STARS, title="党组织星级", levels={}, source="示例")
        Rating.objects.bulk_create(
            Rating(
                organisation_id=self.units[one["党组织"]],
                standard=stars,
                level=one["星级"],
                valid_from=one["日期"],
                origin=Rating.Origin.ASSESSED,
                recorded_at=EVENING,
            )
            for one in self.rows("评星")
        )
        for one in self.rows("任职"):
            self._post(one)
        for number, one in enumerate(self.rows("两新")):
            self._two_new(number, one)

    def _post(self, one):
        person, _new = Person.objects.get_or_create(
            number=one["人"], defaults={"name": one["人"], "recorded_at": EVENING}
        )
        Post.objects.create(
            unit_id=self.units[one["单位"]],
            person=person,
            role=one["职务"],
            title=one["职务"],
            valid_from=one.get("自", START),
            recorded_at=EVENING,
        )

    def _two_new(self, number, one):
        firm = TwoNewOrg.objects.create(
            number=str(number),
            name=one["名称"],
            kind=one["类别"],
            division_id=self.units[one["所在"]],
            valid_from=one.get("自", START),
            recorded_at=EVENING,
        )
        for name, how in one.get("组建", {}).items():
            organisation = Unit.objects.get(pk=self.units[name])
            OrganisationLink.objects.create(
                two_new_org=firm,
                organisation=organisation,
                joint=how == "联合",
                valid_from=organisation.valid_from,
            )


@pytest.mark.django_db
@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_comes_out_as_worked_by_hand(path):
    example = Example(path)
    example.build()
    wanted = example.rows("应得")
    months = sorted({Month.parse(one["月份"]) for one in wanted})
    count(*SOURCES.entries, months=months)

    for one in wanted:
        unit = Unit.objects.get(pk=example.units[one["单位"]])
        month = Month.parse(one["月份"])
        if "指标" in one:
            assert_rate(one, rates([INDICATORS[one["指标"]]], unit, month)[0])
        else:
            assert_figure(one, figure(one["项目"], unit, month))


def assert_rate(wanted, rate):
    assert (rate.numerator.value, rate.denominator.value) == (wanted["分子"], wanted["分母"])
    assert rate.applies is wanted.get("适用", True), wanted


def assert_figure(wanted, figure):
    assert figure.state == wanted.get("状态", State.COMPUTED), wanted
    assert figure.value == wanted.get("数值"), wanted
    if "估算" in wanted:
        assert figure.estimated is wanted["估算"], wanted
    if "已撤并" in wanted:
        assert figure.ended == wanted["已撤并"], wanted

"""A unit wound up in one act: merged, split or abolished, with what stood below it."""

import datetime
from fractions import Fraction

import pytest

from jiceng.access.queries import reach_of
from jiceng.audit.models import Entry
from jiceng.core.rehearsal import taken_back
from jiceng.exchange.editions.legacies import (
    Ended,
    NothingLeft,
    left_by,
    legacies_of_unit,
    settle_of_unit,
)
from jiceng.registry.models import Membership, Succession, Unit, UnitName
from jiceng.registry.operations import (
    Founding,
    MembershipRow,
    PersonRow,
    WindingUp,
    enrol_members,
    found_units,
    rename_units,
    wind_up,
)
from jiceng.registry.queries import children_of, path_of, unit_on
from jiceng.registry.refusals import HasChildren, NoSuchUnit, SharesDoNotAddUp, WrongTree
from jiceng.standards.operations import RatingRow, declare_standard, record_ratings
from jiceng.standards.queries import levels_of
from tests.conftest import NOON, START

DAY = datetime.date(2017, 5, 1)
BEFORE = datetime.date(2017, 4, 30)
DONE = {"by": "system", "at": NOON}
HALF = Fraction(1, 2)


def names(units):
    return [unit.name for unit in units]


def test_a_merged_unit_goes_on_in_its_heir_under_one_entry(county):
    row = WindingUp(county.upper, ((county.middle, Fraction(1)),), document="乙政发〔2017〕1号")

    wind_up([row], day=DAY, **DONE)

    assert path_of(county.upper, BEFORE)
    assert path_of(county.upper, DAY) == ""
    old = Unit.objects.get(pk=county.upper)
    assert (old.ending, old.ending_document) == ("merger", "乙政发〔2017〕1号")
    assert Succession.objects.get(old=county.upper).document == "乙政发〔2017〕1号"
    assert reach_of([county.upper], DAY)[county.upper] == [path_of(county.middle, DAY)]
    (entry,) = Entry.objects.exclude(action="registry.unit.founded")
    assert entry.action == "registry.unit.wound_up"


def test_those_below_stand_under_the_heir_from_that_day_on(county):
    below = dict.fromkeys((county.upper, county.lower, county.middle), county.subdistrict)
    row = WindingUp(county.town, ((county.subdistrict, Fraction(1)),), below)

    wind_up([row], day=DAY, **DONE)

    assert names(children_of(path_of(county.town, BEFORE), BEFORE)) == [
        "上村委会",
        "下村委会",
        "中村委会",
    ]
    assert len(children_of(path_of(county.subdistrict, DAY), DAY)) == 4


@pytest.mark.parametrize(
    ("shares", "refusal"),
    [((HALF, HALF), None), ((HALF, Fraction(1, 3)), SharesDoNotAddUp)],
)
def test_a_split_is_by_shares_that_sum_to_one(county, shares, refusal):
    heirs = tuple(zip((county.lower, county.middle), shares, strict=True))
    if refusal:
        with pytest.raises(refusal):
            wind_up([WindingUp(county.upper, heirs)], day=DAY, **DONE)
        assert path_of(county.upper, DAY)
    else:
        wind_up([WindingUp(county.upper, heirs)], day=DAY, **DONE)
        assert Unit.objects.get(pk=county.upper).ending == "split"


def test_what_stands_below_is_not_left_without_a_parent(county):
    with pytest.raises(HasChildren):
        wind_up([WindingUp(county.town)], day=DAY, **DONE)


def test_an_heir_is_another_unit_of_the_same_tree_and_named_once(county):
    (branch,) = found_units(
        [Founding("上村党支部", "branch", 1, domain="village", seat=county.upper)],
        tree="organisation",
        day=START,
        **DONE,
    )
    for heirs, refusal in (
        (((branch, Fraction(1)),), WrongTree),
        (((county.upper, Fraction(1)),), NoSuchUnit),
        (((county.lower, HALF), (county.lower, HALF)), SharesDoNotAddUp),
    ):
        with pytest.raises(refusal):
            wind_up([WindingUp(county.upper, heirs)], day=DAY, **DONE)


def test_a_rehearsal_shows_what_would_be_and_leaves_nothing(county):
    with taken_back():
        wind_up([WindingUp(county.upper)], day=DAY, **DONE)
        assert path_of(county.upper, DAY) == ""

    assert path_of(county.upper, DAY)
    assert not Entry.objects.filter(action="registry.unit.wound_up").exists()


def test_a_name_keeps_the_document_it_rests_on(county):
    rename_units(
        {county.upper: ("上社区", "community")}, day=DAY, document="乙政发〔2017〕2号", **DONE
    )

    assert UnitName.objects.get(unit=county.upper, valid_from=DAY).document == "乙政发〔2017〕2号"
    assert unit_on(county.upper, BEFORE).name == "上村委会"


@pytest.fixture
def branches(county):
    """Two branches; three members in the first."""
    first, second = found_units(
        [
            Founding("上村党支部", "branch", 1, domain="village", seat=county.upper),
            Founding("下村党支部", "branch", 1, domain="village", seat=county.lower),
        ],
        tree="organisation",
        day=START,
        **DONE,
    )
    enrol_members(
        [
            MembershipRow(PersonRow(name), first, "full_member", START)
            for name in ("张三", "李四", "王五")
        ],
        **DONE,
    )
    return first, second


def test_the_members_of_an_ended_organisation_are_proposed_to_its_heir(branches):
    first, second = branches
    (foreseen,) = left_by([Ended(first, "上村党支部", DAY, (second,))], DAY)
    assert foreseen.lines == ["上村党支部 → 下村党支部：3 人"]
    assert legacies_of_unit(first, DAY) == []

    wind_up([WindingUp(first, ((second, Fraction(1)),))], day=DAY, **DONE)
    (left,) = legacies_of_unit(first, DAY)
    assert left.lines == foreseen.lines
    settle_of_unit(first, left.code, **DONE)

    assert Membership.objects.on(DAY).filter(organisation=second).count() == 3
    assert Membership.objects.on(BEFORE).filter(organisation=first).count() == 3
    with pytest.raises(NothingLeft):
        settle_of_unit(first, left.code, **DONE)


def test_the_members_of_an_abolished_organisation_are_told_of(branches):
    first, _second = branches
    wind_up([WindingUp(first)], day=DAY, **DONE)

    (left,) = legacies_of_unit(first, DAY)
    assert left.apply is None
    assert "逐人转接" in left.lines[0]


def test_the_rating_of_an_ended_organisation_is_told_of_and_never_handed_on(branches):
    first, second = branches
    star = declare_standard(code="star", title="星级", levels={"5": "五星"}, source="示例", **DONE)
    record_ratings([RatingRow(first, star.pk, 5, START)], origin="imported", **DONE)
    wind_up([WindingUp(first, ((second, Fraction(1)),))], day=DAY, **DONE)

    (told,) = [one for one in legacies_of_unit(first, DAY) if one.code == "standards.ratings"]

    assert told.lines == ["上村党支部：星级（2017-01-01 起）"]
    assert "不自动承继" in told.advice
    assert told.apply is None
    assert levels_of([first, second], "star", BEFORE) == {first: 5}

"""Recording ratings, and reading the levels in force on a day."""

import datetime

import pytest

from jiceng.audit.models import Entry
from jiceng.registry.operations import Founding, found_units
from jiceng.standards.models import Rating
from jiceng.standards.operations import (
    LevelInUse,
    RatedOtherwise,
    RatingRow,
    UnknownLevel,
    declare_standard,
    record_ratings,
)
from jiceng.standards.queries import levels_of, ratings_of
from tests.conftest import NOON, START

DONE = {"by": "system", "at": NOON}
MAY = datetime.date(2017, 5, 1)
JUNE = datetime.date(2017, 6, 1)


@pytest.fixture
def star(db):
    levels = {"1": "一星", "2": "二星", "3": "三星"}
    return declare_standard(code="star", title="星级", levels=levels, source="示例", **DONE)


@pytest.fixture
def branch(county):
    rows = [Founding("上村党支部", "branch", 1, "Z1", domain="village", seat=county.upper)]
    return found_units(rows, tree="organisation", day=START, **DONE)[0]


def rate(*rows):
    return record_ratings(rows, origin="imported", **DONE)


def test_a_later_rating_takes_its_place_from_its_own_day(star, branch):
    rate(RatingRow(branch, star.pk, 2, MAY))
    rate(RatingRow(branch, star.pk, 3, JUNE))

    assert levels_of([branch], "star", MAY) == {branch: 2}
    assert levels_of([branch], "star", JUNE) == {branch: 3}
    assert levels_of([branch], "star", START) == {}
    assert [one.level for one in ratings_of(branch)] == [3, 2]


def test_a_correction_supersedes_with_a_reason(star, branch):
    (old,) = rate(RatingRow(branch, star.pk, 2, MAY))
    assert rate(RatingRow(branch, star.pk, 2, MAY)) == [old]
    with pytest.raises(RatedOtherwise):
        rate(RatingRow(branch, star.pk, 3, MAY))

    rate(RatingRow(branch, star.pk, 3, MAY, reason="公示后改定"))

    assert levels_of([branch], "star", MAY) == {branch: 3}
    assert Rating.objects.get(pk=old).superseded_at == NOON
    assert Entry.objects.filter(action="standards.rating.recorded").count() == 3


def test_refuses_a_level_that_is_not_in_the_standard_or_leaves_it_while_held(star, branch):
    with pytest.raises(UnknownLevel):
        rate(RatingRow(branch, star.pk, 6, MAY))
    rate(RatingRow(branch, star.pk, 3, MAY))
    with pytest.raises(LevelInUse):
        declare_standard(code="star", title="星级", levels={"1": "一星"}, source="示例", **DONE)

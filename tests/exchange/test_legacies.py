"""What an ended unit leaves behind: proposed by each package, carried out by its own operation."""

import datetime
from fractions import Fraction

import pytest

from jiceng.exchange.editions.deciding import Decision, confirm_sure, decide
from jiceng.exchange.editions.effect import take_effect
from jiceng.exchange.editions.legacies import (
    NotApplicable,
    NothingLeft,
    legacies_of,
    settle,
)
from jiceng.exchange.editions.receiving import receive_edition
from jiceng.exchange.editions.rows import rows_of
from jiceng.exchange.editions.undoing import ReliedOn, undo
from jiceng.programmes.models import BeltMember, PointStatus
from jiceng.programmes.operations import (
    BeltPlan,
    MemberPlan,
    Proposal,
    confirm_statuses,
    load_programme,
    propose_statuses,
    record_belts,
    set_members,
)
from jiceng.registry.models import Post
from jiceng.registry.operations import (
    Founding,
    PersonRow,
    PostRow,
    appoint,
    found_units,
    record_people,
)
from jiceng.registry.queries import organisations_in, path_of, unit_by_code
from jiceng.rules.operations import record_local_rule
from jiceng.rules.queries import find_rule
from jiceng.rules.values import Period
from tests.conftest import NOON, START
from tests.exchange.small import MERGED, table
from tests.programmes.test_definition import WENZHOU

DONE = {"by": "system", "at": NOON}
DAY = datetime.date(2017, 5, 1)
IN_JUNE = datetime.date(2017, 6, 1)
IN_SEPTEMBER = datetime.date(2017, 9, 1)
LATE = datetime.date(2017, 10, 9)
LATER = {"by": "system", "at": NOON.replace(month=10, day=9)}


@pytest.fixture
def merged(county):
    """上村 and 下村 have become 大村, on 2017-05-01; a branch stood in 上村."""
    (branch,) = found_units(
        [Founding("上村党支部", "branch", 1, domain="village", seat=county.upper)],
        tree="organisation",
        day=START,
        **DONE,
    )
    edition = receive_edition(rows_of(table(MERGED)), DAY, title="新版", **DONE)
    step = edition.steps.get(code="990102000000")
    confirm_sure(step, **DONE)
    decide(
        edition,
        [
            Decision(fate.pk, "succeeded", (("990102001004", Fraction(1)),))
            for fate in step.fates.filter(decided_at=None)
        ],
        **DONE,
    )
    take_effect(step.pk, **DONE)
    step.refresh_from_db()
    step.branch = branch
    return step


def test_an_organisation_moves_its_seat_to_the_heir(merged):
    heir = unit_by_code("990102001004", DAY)
    assert not organisations_in(path_of(heir.pk, DAY), DAY).exists()
    (seats,) = [one for one in legacies_of(merged, DAY) if one.apply]
    assert seats.lines == ["上村党支部：上村委会 → 大村委会"]

    settle(merged, "registry.seats", **DONE)

    assert [unit.pk for unit in organisations_in(path_of(heir.pk, DAY), DAY)] == [merged.branch]
    assert legacies_of(merged, DAY) == []
    with pytest.raises(NothingLeft):
        settle(merged, "registry.seats", **DONE)


def test_a_step_on_which_something_rests_is_not_undone(merged):
    settle(merged, "registry.seats", **DONE)
    with pytest.raises(ReliedOn) as refusal:
        undo(merged.pk, reason="试撤回", **DONE)
    assert any("所在区划" in line for line in refusal.value.details)
    assert unit_by_code("990102001004", DAY).name == "大村委会"


def test_an_undone_step_leaves_the_register_as_it_was(merged, county):
    undo(merged.pk, reason="试撤回", **DONE)
    assert unit_by_code("990102001001", DAY).pk == county.upper
    merged.refresh_from_db()
    assert legacies_of(merged, DAY) == []


@pytest.fixture
def own_rule(county, clerk):
    """上村 keeps what it posts for six days."""
    return record_local_rule(
        "notice.board",
        unit=county.upper,
        value=Period(6, "day", "minimum"),
        valid_from=START,
        document="上村〔2017〕1号",
        by=clerk,
        at=NOON.replace(month=1, day=1),
    )


def test_a_local_rule_ends_with_its_village(own_rule, merged):
    (rules,) = [one for one in legacies_of(merged, DAY) if one.code == "rules.local"]

    assert rules.lines == ["上村委会：公开栏内容保留（上村〔2017〕1号）"]
    assert rules.apply is None
    heir = unit_by_code("990102001004", DAY)
    assert find_rule("notice.board", unit=heir, day=DAY) is None


@pytest.fixture
def burdened(county):
    """上村 has a director, stands on a belt with 下村 and 中村 and is a demonstration village."""
    text = WENZHOU.replace("330300000000", "990100000000")
    programme = load_programme(text, **DONE)
    given = {"day": IN_JUNE, **DONE}
    (person,) = record_people([PersonRow("陈示例")], **DONE)
    appoint([PostRow(person, county.upper, "village_director", START)], **DONE)
    (belt,) = record_belts(programme, [BeltPlan("1", "一号带", "county", county.county)], **given)
    villages = [MemberPlan(unit=unit) for unit in (county.middle, county.upper, county.lower)]
    set_members({belt: villages}, programme=programme, **given)
    numbers = propose_statuses(programme, [Proposal(county.upper, "county_demo")], **given)
    confirm_statuses(programme, numbers, **given)
    return belt


@pytest.fixture
def left_behind(burdened, county):
    """The same merger, in September."""
    edition = receive_edition(rows_of(table(MERGED)), IN_SEPTEMBER, title="九月版", **LATER)
    step = edition.steps.get(code="990102000000")
    confirm_sure(step, **LATER)
    decide(
        edition,
        [
            Decision(fate.pk, "succeeded", (("990102001004", Fraction(1)),))
            for fate in step.fates.filter(decided_at=None)
        ],
        **LATER,
    )
    take_effect(step.pk, **LATER)
    step.refresh_from_db()
    return step


def test_each_package_says_what_its_rows_come_to(left_behind):
    found = {one.code: (one.lines, one.apply is not None) for one in legacies_of(left_behind, LATE)}
    assert found["registry.posts"] == (["上村委会 村（居）民委员会主任：陈示例"], True)
    assert found["programmes.belts"] == (["一号带：上村委会", "一号带：下村委会"], True)
    assert found["programmes.points"][1] is False
    with pytest.raises(NotApplicable):
        settle(left_behind, "programmes.points", **LATER)


def test_a_post_ends_with_its_village(left_behind):
    settle(left_behind, "registry.posts", **LATER)
    assert Post.objects.get(role="village_director").valid_to == IN_SEPTEMBER
    assert "registry.posts" not in {one.code for one in legacies_of(left_behind, LATE)}


def test_the_heir_takes_the_place_on_the_belt_once_and_old_days_stay(left_behind, burdened, county):
    settle(left_behind, "programmes.belts", **LATER)

    heir = unit_by_code("990102001004", IN_SEPTEMBER).pk
    assert _on_belt(burdened, IN_SEPTEMBER) == [county.middle, heir]
    assert _on_belt(burdened, IN_JUNE) == [county.middle, county.upper, county.lower]


def test_a_title_stays_with_the_village_that_held_it(left_behind, county):
    heir = unit_by_code("990102001004", IN_SEPTEMBER).pk
    assert PointStatus.objects.filter(unit=county.upper, superseded_at=None).exists()
    assert not PointStatus.objects.filter(unit=heir).exists()


def _on_belt(belt, day):
    rows = BeltMember.objects.on(day).filter(belt=belt).order_by("order")
    return list(rows.values_list("unit_id", flat=True))

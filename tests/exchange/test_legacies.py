"""What an ended unit leaves behind: proposed by each package, carried out by its own operation."""

import datetime
from fractions import Fraction

import pytest

from jiceng.exchange.editions.deciding import Decision, confirm_sure, decide
from jiceng.exchange.editions.effect import take_effect
from jiceng.exchange.editions.legacies import NothingLeft, legacies_of, settle
from jiceng.exchange.editions.receiving import receive_edition
from jiceng.exchange.editions.rows import rows_of
from jiceng.exchange.editions.undoing import ReliedOn, undo
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import organisations_in, path_of, unit_by_code
from tests.conftest import NOON, START
from tests.exchange.small import MERGED, table

DONE = {"by": "system", "at": NOON}
DAY = datetime.date(2017, 5, 1)


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

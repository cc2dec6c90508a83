"""What an ended village leaves here is named, and nothing of it passes on by itself."""

import datetime

from jiceng.decisions.heirs import propose_delegations, propose_motions
from jiceng.decisions.operations import Mandate, Proposal, delegate, propose
from jiceng.exchange.editions.legacies import Ended
from tests.decisions.conftest import AT, TODAY

START = datetime.date(2026, 1, 10)


def test_names_delegations_in_force_and_open_motions(village, people):
    end = datetime.date(2029, 1, 10)
    mandate = Mandate(village.number, "village.24.3", "assembly", START, "决议", START, end)
    delegate(mandate, by=people.clerk, at=AT)
    proposal = Proposal(unit=village.number, matter="village.24.1", title="误工补贴")
    propose(proposal, raised_on=TODAY, by=people.clerk, at=AT)
    ended = [Ended(village.number, "上村", TODAY, ())]

    left = propose_delegations(ended, TODAY)
    motions = propose_motions(ended, TODAY)

    assert "公益事业" in left.lines[0]
    assert "另行授权" in left.advice
    assert left.apply is None
    assert "误工补贴" in motions.lines[0]


def test_has_nothing_to_say_of_a_village_that_left_nothing(village, people):
    ended = [Ended(village.number, "上村", TODAY, ())]

    assert propose_delegations(ended, TODAY) is None
    assert propose_motions(ended, TODAY) is None

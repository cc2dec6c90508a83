"""A checked import waits for who sent it until it is applied or given up."""

import datetime

import pytest

from jiceng.access.models import Grant
from jiceng.agenda.models import Item
from jiceng.core import clock
from jiceng.exchange.operations import withdraw
from tests.conftest import NOON, START
from tests.exchange.conftest import branch

ROWS = [branch("B1", "甲支部")]


def grant(user, role, unit):
    Grant.objects.create(
        user=user,
        role=role,
        unit_id=unit,
        valid_from=START,
        valid_to=datetime.date(2099, 1, 1),
        recorded_at=NOON,
    )


@pytest.fixture
def sender(county, clerk, committee):
    """He leads the town from its committee: a grant at each."""
    grant(clerk, "village.clerk", county.upper)
    grant(clerk, "town.officer", committee)
    grant(clerk, "town.officer", county.town)
    return clerk


def waiting():
    return list(Item.objects.filter(done_at=None).values_list("role", "unit_id", "address"))


def test_it_waits_for_the_role_by_which_he_imports_at_the_place_that_he_leads(send, sender, county):
    one = send("organisations", ROWS, by=sender, name="组织.csv")

    assert waiting() == [("town.officer", county.town, f"/imports/{one.pk}/")]
    assert Item.objects.get().title == "核对并确认导入：组织.csv"


def test_it_waits_no_more_once_applied(send, apply, sender):
    one = send("organisations", ROWS, by=sender)

    apply(one, by=sender)

    assert waiting() == []
    assert Item.objects.get().done_at is not None


def test_it_waits_no_more_once_given_up(send, sender):
    withdraw(send("organisations", ROWS, by=sender), by=sender, at=NOON)

    assert waiting() == []


def test_what_cannot_be_read_waits_for_nobody(send, sender):
    assert send("organisations", b"", by=sender).state == "refused"
    assert waiting() == []


@pytest.mark.parametrize("who", ["system", "retired"])
def test_it_waits_for_nobody_who_could_not_apply_it(send, sender, who):
    yesterday = clock.today() - datetime.timedelta(days=1)
    Grant.objects.filter(user=sender, role="town.officer").update(valid_to=yesterday)

    one = send("organisations", ROWS, by="system" if who == "system" else sender)

    assert one.state == "previewed"
    assert waiting() == []

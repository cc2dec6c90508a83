"""Who is proposed to handle an order: by the tree, the duty lists and the county's own word."""

from jiceng.orders.catalogue import service
from jiceng.orders.routing import Duty, Station, propose

CITY, COUNTY, TOWN, VILLAGE, DEPARTMENT, OTHER = 1, 2, 3, 4, 50, 51
ABOVE = [Station(CITY, 2), Station(COUNTY, 3), Station(TOWN, 4), Station(VILLAGE, 5)]
LAMP = service("lamp.out")  # the town's first


def duty(unit, level, item="lamps"):
    return Duty(unit, level, item, "路灯维护", "职责清单")


def test_proposes_the_first_handler_whose_duty_it_is():
    proposal = propose(LAMP, ABOVE, [duty(TOWN, 4), duty(DEPARTMENT, 3)])

    assert (proposal.unit, proposal.why, proposal.needs_approval) == (TOWN, "duty", False)
    assert proposal.duty.document == "职责清单"


def test_proposes_the_department_when_the_town_has_no_such_duty():
    proposal = propose(LAMP, ABOVE, [duty(DEPARTMENT, 3), duty(OTHER, 2)])

    assert (proposal.unit, proposal.why, proposal.needs_approval) == (DEPARTMENT, "line", False)


def test_needs_approval_when_it_is_nobodys_duty():
    proposal = propose(LAMP, ABOVE, [duty(DEPARTMENT, 3, item="rivers")])

    assert (proposal.unit, proposal.why, proposal.needs_approval) == (TOWN, "level", True)


def test_follows_the_handler_whom_the_county_has_named():
    proposal = propose(LAMP, ABOVE, [duty(TOWN, 4), duty(OTHER, 3)], named=OTHER)

    assert (proposal.unit, proposal.why, proposal.needs_approval) == (OTHER, "named", False)
    assert propose(LAMP, ABOVE, [duty(TOWN, 4)], named=OTHER).needs_approval


def test_sends_what_is_about_conduct_to_the_county_and_never_to_the_unit_concerned():
    conduct = service("conduct.person")

    assert propose(conduct, ABOVE, concerned={VILLAGE}).unit == COUNTY
    assert propose(conduct, ABOVE, concerned={TOWN}).unit == COUNTY
    assert propose(conduct, ABOVE, concerned={COUNTY}).unit == CITY
    assert propose(conduct, ABOVE, concerned={COUNTY, CITY}).unit is None


def test_offers_what_is_voluntary_through_the_village():
    proposal = propose(service("voluntary.help"), ABOVE)

    assert (proposal.unit, proposal.why, proposal.needs_approval) == (VILLAGE, "branch", False)


def test_lets_a_town_answer_for_a_place_without_a_village():
    assert propose(service("road.village"), ABOVE[:3]).unit == TOWN


def test_says_when_nobody_stands_at_the_place():
    assert propose(LAMP, []).why == "nobody"

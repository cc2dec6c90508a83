"""Duty lists, the catalogue as a place changes it, and whom an order is proposed to."""

import uuid

import pytest

from jiceng.audit.models import Entry
from jiceng.exchange.editions.legacies import Ended
from jiceng.orders.heirs import propose_duties, propose_shifts
from jiceng.orders.operations.duty import (
    DutyRow,
    ShiftRow,
    StartsTooEarly,
    declare_shifts,
    end_duty_item,
    end_local_service,
    record_duty_items,
    set_local_service,
)
from jiceng.orders.operations.hanging import NeedsDocument, StandsAlready, UnknownItem
from jiceng.orders.queries.duty import duty_list_of
from jiceng.orders.queries.handlers import propose_handler, service_at, services_at
from jiceng.registry.models.units import Domain, Kind, Tree
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import unit_on
from tests.conftest import NOON, START
from tests.orders.grid_stage import SYSTEM, TODAY, day_after


@pytest.fixture
def department(county):
    """The county's department of city management."""
    founding = Founding(
        "乙县综合执法局党支部", Kind.BRANCH, 1, "ZZ01", domain=Domain.ORGAN, seat=county.county
    )
    return found_units([founding], tree=Tree.ORGANISATION, day=START, **SYSTEM)[0]


def lamps(unit, **said):
    return DutyRow(
        **{"unit": unit, "item": "lamps", "document": "职责清单", "valid_from": START} | said
    )


def test_without_a_duty_list_a_proposal_needs_approval(county):
    proposal = propose_handler("lamp.out", county.upper, TODAY)

    assert (proposal.unit, proposal.why, proposal.needs_approval) == (county.town, "level", True)


def test_proposes_the_department_whose_list_holds_the_duty(county, department):
    record_duty_items([lamps(department)], **SYSTEM)

    proposal = propose_handler("lamp.out", county.upper, TODAY)

    assert (proposal.unit, proposal.why, proposal.needs_approval) == (department, "line", False)
    assert proposal.duty.document == "职责清单"


def test_prefers_the_town_whose_own_duty_it_is(county, department, django_assert_num_queries):
    record_duty_items([lamps(department), lamps(county.town)], **SYSTEM)
    place = unit_on(county.upper, TODAY)

    with django_assert_num_queries(4):
        proposal = propose_handler("lamp.out", place, TODAY)

    assert (proposal.unit, proposal.why) == (county.town, "duty")
    assert propose_handler("lamp.out", county.community, TODAY).unit == department


def test_an_item_that_was_struck_off_binds_nobody(county, department, clerk):
    (number,) = record_duty_items([lamps(department)], **SYSTEM)

    end_duty_item(number, day=TODAY, by=clerk, at=NOON, key=uuid.uuid4())

    assert propose_handler("lamp.out", county.upper, TODAY).needs_approval


def test_a_list_shows_every_heading_and_what_the_unit_has_of_it(county):
    record_duty_items([lamps(county.town, title="镇区路灯")], **SYSTEM)

    listed = {row.duty.code: row.own for row in duty_list_of(county.town, TODAY)}

    assert listed["lamps"].title == "镇区路灯"
    assert listed["rivers"] is None


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"item": "stars"}, UnknownItem), ({"document": " "}, NeedsDocument)],
)
def test_refuses_what_it_does_not_know_or_what_rests_on_nothing(county, said, refusal):
    with pytest.raises(refusal):
        record_duty_items([lamps(county.town, **said)], **SYSTEM)


def test_refuses_an_item_that_stands_already(county):
    record_duty_items([lamps(county.town)], **SYSTEM)

    with pytest.raises(StandsAlready, match="路灯维护"):
        record_duty_items([lamps(county.town, valid_from=TODAY)], **SYSTEM)


def test_a_county_changes_a_kind_and_a_town_goes_before_it(county, clerk):
    change = {"document": "县政府办〔2017〕9号", "valid_from": TODAY, "by": clerk, "at": NOON}
    set_local_service("lamp.out", unit=county.county, tier="tier2", direct=True, **change)
    set_local_service("lamp.out", unit=county.town, tier="tier1", **change)

    def at(place):
        return service_at("lamp.out", unit_on(place, TODAY), TODAY).service

    assert (at(county.upper).tier, at(county.upper).direct) == ("tier1", False)
    assert (at(county.community).tier, at(county.community).direct) == ("tier2", True)
    assert at(county.community).source == "县政府办〔2017〕9号"
    assert at(county.city).tier == "tier3"
    assert Entry.objects.filter(action="orders.local_service.set").count() == 2


def test_a_county_names_a_handler(county, department, clerk):
    set_local_service(
        "lamp.out",
        unit=county.county,
        handler=department,
        document="县政府办〔2017〕9号",
        valid_from=TODAY,
        by=clerk,
        at=NOON,
    )

    proposal = propose_handler("lamp.out", county.upper, TODAY)

    assert (proposal.unit, proposal.why, proposal.needs_approval) == (department, "named", True)


def test_a_later_change_takes_the_place_of_the_one_before(county, clerk):
    change = {"unit": county.county, "document": "文件", "by": clerk, "at": NOON}
    set_local_service("lamp.out", tier="tier2", valid_from=TODAY, **change)
    later = set_local_service("lamp.out", offered=False, valid_from=day_after(30), **change)
    place = unit_on(county.upper, TODAY)

    assert service_at("lamp.out", place, TODAY).service.tier == "tier2"
    assert not service_at("lamp.out", place, day_after(30)).offered
    end_local_service(later.pk, day=day_after(60), by=clerk, at=NOON, key=uuid.uuid4())
    assert service_at("lamp.out", place, day_after(60)).offered


def test_lists_the_catalogue_of_a_place_in_one_statement(county, django_assert_num_queries):
    place = unit_on(county.upper, TODAY)

    with django_assert_num_queries(1):
        assert len(services_at(place, TODAY)) > 40


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"valid_from": START}, StartsTooEarly),
        ({"document": ""}, NeedsDocument),
        ({"tier": "tier9"}, UnknownItem),
    ],
)
def test_refuses_to_change_a_kind_backwards_or_without_a_document(county, clerk, said, refusal):
    change = {"document": "文件", "valid_from": TODAY, "unit": county.county} | said

    with pytest.raises(refusal):
        set_local_service("lamp.out", by=clerk, at=NOON, **change)


def test_a_unit_that_ended_hands_on_neither_duties_nor_roster(grid_village):
    record_duty_items([lamps(grid_village.town)], **SYSTEM)
    shift = ShiftRow(grid_village.town, grid_village.town_post, "0577-110", 480, 1080, START)
    declare_shifts([shift], **SYSTEM)
    ended = [Ended(grid_village.town, "东镇", TODAY, ())]

    duties, shifts = propose_duties(ended, TODAY), propose_shifts(ended, TODAY)

    assert duties.lines == ["东镇：路灯维护（职责清单）"]
    assert shifts.lines == ["东镇：乡镇（街道）组织干部（0577-110）"]
    assert propose_duties([Ended(grid_village.upper, "上村", TODAY, ())], TODAY) is None

"""What hangs on units: people, posts, membership, facts, bodies, two-new organisations, places."""

import datetime

import pytest

from jiceng.audit.models import Entry
from jiceng.core.journal import Journal
from jiceng.registry.models import Position, Post, VillageFact
from jiceng.registry.operations import (
    BodyRow,
    BodySeatRow,
    FactRow,
    Founding,
    LinkRow,
    MembershipRow,
    PersonRow,
    PositionRow,
    PostRow,
    PremisesRow,
    TwoNewRow,
    appoint,
    end_posts,
    enrol_members,
    form_bodies,
    found_units,
    link_organisations,
    open_premises,
    place_units,
    record_facts,
    record_people,
    record_two_new_orgs,
    seat_people,
)
from jiceng.registry.operations.facts import OtherValueStands
from jiceng.registry.operations.people import NumberTaken
from jiceng.registry.operations.posts import NoSuchPost, PostTaken, UnknownPost
from jiceng.registry.operations.two_new import AlreadyRecorded, NoSuchTwoNewOrg
from jiceng.registry.refusals import DatesOverlap, NoSuchUnit, OutsideLife
from tests.conftest import NOON, START

DONE = {"by": "system", "at": NOON}
MAY = datetime.date(2017, 5, 1)
JUNE = datetime.date(2017, 6, 1)
JULY = datetime.date(2017, 7, 1)


@pytest.fixture
def people(db):
    return record_people([PersonRow("张三", "A1"), PersonRow("李四")], **DONE)


@pytest.fixture
def branch(county):
    (number,) = found_units(
        [Founding("上村党支部", "branch", 1, "Z1", domain="village", seat=county.upper)],
        tree="organisation",
        day=START,
        **DONE,
    )
    return number


def test_gives_a_person_without_a_number_one_and_no_number_to_two(people):
    with pytest.raises(NumberTaken, match="A1"):
        record_people([PersonRow("王五", "A1")], **DONE)
    with pytest.raises(NumberTaken, match="B2"):
        record_people([PersonRow("王五", "B2"), PersonRow("赵六", "B2")], **DONE)


def test_a_post_for_one_has_one_holder_a_day_deputies_aside(county, people):
    zhang, li = people
    (post,) = appoint([PostRow(zhang, county.upper, "party_secretary", MAY, JULY)], **DONE)

    with pytest.raises(PostTaken):
        appoint([PostRow(li, county.upper, "party_secretary", JUNE)], **DONE)
    with pytest.raises(DatesOverlap):
        appoint([PostRow(zhang, county.upper, "party_secretary", JUNE, JULY)], **DONE)
    deputy = PostRow(li, county.upper, "party_secretary", JUNE, JULY, deputises=post)
    appoint([deputy, PostRow(li, county.upper, "party_secretary", JULY)], **DONE)
    appoint([PostRow(li, county.upper, "committee_member", MAY)], **DONE)

    assert Post.objects.on(MAY).filter(role="party_secretary").get().title == "党组织书记"
    assert Post.objects.on(JULY).filter(role="party_secretary").get().person_id == li
    with pytest.raises(NoSuchPost):
        appoint([PostRow(li, county.lower, "village_clerk", MAY, deputises=post)], **DONE)


def test_refuses_an_undeclared_post_and_days_outside_the_unit_s_life(county, people):
    with pytest.raises(UnknownPost, match="king"):
        appoint([PostRow(people[0], county.upper, "king", MAY)], **DONE)
    with pytest.raises(OutsideLife, match="2017-01-01"):
        appoint([PostRow(people[0], county.upper, "grid_head", datetime.date(2016, 1, 1))], **DONE)
    with pytest.raises(NoSuchUnit):
        appoint([PostRow(people[0], 10**9, "grid_head", MAY)], **DONE)
    assert not Post.objects.exists()


def test_ends_a_post_on_a_day_and_notes_it_in_the_journal(county, people):
    (post,) = appoint([PostRow(people[0], county.upper, "village_director", MAY)], **DONE)
    journal = Journal()

    end_posts([post], day=JUNE, journal=journal, **DONE)

    assert Post.objects.get(pk=post).valid_to == JUNE
    assert [change.before for change in journal.changes] == [{"valid_to": "9999-12-31"}]
    assert Entry.objects.filter(action="registry.post.ended").count() == 0  # the larger one's
    with pytest.raises(NoSuchPost):
        end_posts([post], day=JULY, **DONE)


def test_nobody_is_a_member_of_two_organisations_on_one_day(branch, people):
    first = MembershipRow(people[0], branch, "full_member", MAY, JULY)
    enrol_members([first, MembershipRow(people[0], branch, "full_member", JULY)], **DONE)
    with pytest.raises(DatesOverlap):
        enrol_members([MembershipRow(people[0], branch, "full_member", JUNE)], **DONE)


def test_a_later_fact_takes_its_place_and_a_correction_gives_a_reason(county):
    (old,) = record_facts([FactRow(county.upper, "adults", 900, MAY)], **DONE)
    (later,) = record_facts([FactRow(county.upper, "adults", 910, JUNE)], **DONE)

    assert record_facts([FactRow(county.upper, "adults", 900, MAY)], **DONE) == [old]
    with pytest.raises(OtherValueStands):
        record_facts([FactRow(county.upper, "adults", 901, MAY)], **DONE)
    (mended,) = record_facts([FactRow(county.upper, "adults", 901, MAY, "漏计一人")], **DONE)

    standing = VillageFact.objects.filter(superseded_at=None).order_by("valid_from")
    assert list(standing.values_list("pk", "value")) == [(mended, 901), (later, 910)]
    assert VillageFact.objects.get(pk=old).superseded_at == NOON


def test_two_terms_of_a_body_share_no_day_and_its_seats_stay_within(county, people):
    term = BodyRow(county.upper, "villagers_committee", "第十届", MAY, JULY)
    (body,) = form_bodies([term], **DONE)
    form_bodies([BodyRow(county.upper, "villagers_committee", "第十一届", JULY)], **DONE)
    with pytest.raises(DatesOverlap):
        form_bodies([BodyRow(county.upper, "villagers_committee", "补选", JUNE, JULY)], **DONE)

    seat_people([BodySeatRow(body, people[0], "主任", MAY, JULY)], **DONE)
    with pytest.raises(DatesOverlap):
        seat_people([BodySeatRow(body, people[0], "委员", JUNE, JULY)], **DONE)
    with pytest.raises(OutsideLife):
        seat_people([BodySeatRow(body, people[1], "委员", JUNE)], **DONE)


def test_an_enterprise_is_recorded_once_and_linked_within_its_days(county, branch):
    row = TwoNewRow("91330300X", "甲鞋业公司", "private_enterprise", county.upper, MAY, JULY)
    (firm,) = record_two_new_orgs([row], **DONE)
    with pytest.raises(AlreadyRecorded, match="91330300X"):
        record_two_new_orgs([row], **DONE)

    link_organisations([LinkRow(firm, branch, MAY, JULY, joint=True)], **DONE)
    with pytest.raises(DatesOverlap):
        link_organisations([LinkRow(firm, branch, JUNE, JULY)], **DONE)
    with pytest.raises(OutsideLife):
        link_organisations([LinkRow(firm, branch, JULY)], **DONE)
    with pytest.raises(NoSuchTwoNewOrg):
        link_organisations([LinkRow(10**9, branch, JULY)], **DONE)


def test_a_new_position_ends_the_one_before(county):
    place_units([PositionRow(county.upper, 120.5, 28.0, "实测", MAY)], **DONE)
    place_units([PositionRow(county.upper, 120.6, 28.1, "实测", JUNE)], **DONE)

    assert Position.objects.on(MAY).get().longitude == 120.5
    assert Position.objects.on(JUNE).get().longitude == 120.6


def test_premises_of_one_name_stand_once_at_a_time(county):
    row = PremisesRow(county.upper, "service_centre", "上村党群服务中心", MAY)
    open_premises([row], **DONE)
    with pytest.raises(DatesOverlap):
        open_premises([row], **DONE)


def test_statements_do_not_grow_with_the_rows(county, people, django_assert_max_num_queries):
    rows = [FactRow(county.upper, "adults", n, MAY + n * datetime.timedelta(1)) for n in range(300)]
    with django_assert_max_num_queries(14):
        record_facts(rows, **DONE)

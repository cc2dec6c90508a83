"""What officers record of a programme, and what is refused with a sentence."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from jiceng.audit.models import Entry
from jiceng.programmes import operations
from jiceng.programmes.models import BeltCompletion, BeltMember, Cost, PointStatus, Programme
from jiceng.programmes.operations import AreaPlan, BeltEdit, BeltPlan, Expense, MemberPlan, Proposal
from jiceng.programmes.refusals import (
    AlreadyBuilt,
    FaultyProgramme,
    MembersChangedLater,
    NotBuiltYet,
    NotInProgramme,
    NotTheirs,
    NotWaiting,
    NumberTaken,
    OverCap,
    ProgrammeClosed,
    ReasonMissing,
    StatusStands,
)
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import path_of
from tests.conftest import NOON
from tests.programmes.conftest import AFTER_SUNSET, DAY
from tests.programmes.test_definition import WENZHOU


def test_a_faulty_file_is_refused_with_lines_and_nothing_is_kept(county, officer):
    text = WENZHOU.replace("at_least: 1/2", "at_least: 50%")
    with pytest.raises(FaultyProgramme) as refused:
        operations.load_programme(text, by=officer, at=NOON)
    assert refused.value.details[0].startswith("第 ")
    assert not Programme.objects.exists()


def test_a_file_loaded_again_may_change_thresholds_but_not_drop_what_is_in_use(
    acts, programme, county, officer
):
    acts.hold("county_demo", county.upper)
    eased = programme.file.replace("at_least: 1/2", "at_least: 2/5")
    again = operations.load_programme(eased, by=officer, at=NOON)
    assert (again.pk, "2/5" in again.file) == (programme.pk, True)

    dropped = programme.file.replace("county_demo", "shire_demo")
    with pytest.raises(FaultyProgramme) as refused:
        operations.load_programme(dropped, by=officer, at=NOON)
    assert refused.value.details == ["“ladder”中少了已经在用的“county_demo”。"]


def test_every_change_after_the_sunset_is_refused(acts, programme, county, officer):
    belt = acts.belt("1", "county", county.upper)
    (number,) = acts.hold("city_demo", county.upper)
    (waiting,) = acts.propose("city_demo", county.lower)
    late = {"by": officer, "at": AFTER_SUNSET}
    row = programme.belts.get()
    acts_after = [
        lambda: operations.load_programme(programme.file, **late),
        lambda: operations.propose_statuses(
            programme, [Proposal(county.middle, "city_demo")], day=DAY, **late
        ),
        lambda: operations.confirm_statuses(programme, [waiting], day=DAY, **late),
        lambda: operations.turn_down_proposals(programme, [waiting], reason="迟", **late),
        lambda: operations.correct_statuses(
            programme, {number: "county_demo"}, reason="误", day=DAY, **late
        ),
        lambda: operations.record_belts(
            programme, [BeltPlan("2", "二号", "city", county.county)], day=DAY, **late
        ),
        lambda: operations.edit_belt(row, BeltEdit("改名"), **late),
        lambda: operations.set_members({belt: []}, programme=programme, day=DAY, **late),
        lambda: operations.confirm_built(programme, [belt], day=DAY, **late),
        lambda: operations.withdraw_built(row, reason="误", **late),
        lambda: operations.record_areas(
            programme, [AreaPlan("a", "区", "provincial_cluster", ())], day=DAY, **late
        ),
        lambda: operations.record_costs(programme, [Expense(county.town, 1, DAY, "牌子")], **late),
    ]
    before = Entry.objects.count()
    for act in acts_after:
        with pytest.raises(ProgrammeClosed, match="终止"):
            act()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("status", "unit", "reason"),
    [
        ("village_demo", "upper", "没有状态"),
        ("city_demo", "community", "不是本项目可以评为示范点的类别"),
    ],
)
def test_what_the_file_does_not_know_is_no_point(acts, county, status, unit, reason):
    with pytest.raises(NotInProgramme, match=reason):
        acts.propose(status, getattr(county, unit))


def test_a_unit_outside_the_programmes_unit_is_no_point(acts, county, officer):
    (elsewhere,) = found_units(
        [Founding("外村委会", "village", 5)],
        tree="division",
        day=county.start,
        by="system",
        at=NOON,
    )
    with pytest.raises(NotInProgramme, match="不属于"):
        acts.propose("city_demo", elsewhere)


def test_a_status_is_not_proposed_twice_nor_before_a_later_one(acts, county):
    acts.hold("county_demo", county.upper)
    with pytest.raises(StatusStands):
        acts.propose("city_demo", county.upper)
    with pytest.raises(StatusStands):
        acts.propose("city_demo", county.lower, county.lower)
    later = acts.propose("city_demo", county.upper, day=DAY + datetime.timedelta(days=30))
    assert len(later) == 1


def test_the_record_names_who_proposed_and_who_confirmed(acts, county, programme, clerk, officer):
    (number,) = operations.propose_statuses(
        programme,
        [Proposal(county.upper, "county_demo", "某发〔2017〕3号")],
        day=DAY,
        by=clerk,
        at=NOON,
    )
    operations.confirm_statuses(programme, [number], day=DAY, by=officer, at=NOON)

    row = PointStatus.objects.get()
    assert (row.proposed_by, row.confirmed_by, row.confirmed_on) == (str(clerk), str(officer), DAY)
    with pytest.raises(NotWaiting):
        operations.confirm_statuses(programme, [number], day=DAY, by=officer, at=NOON)


def test_a_county_officer_confirms_county_villages_and_the_city_its_own(acts, county, officer):
    ours = [path_of(county.county, DAY)]
    theirs = acts.propose("city_demo", county.upper)
    own = acts.propose("county_demo", county.lower)
    confirm = {"day": DAY, "within": ours, **acts.done}

    with pytest.raises(NotTheirs, match="市级示范村"):
        operations.confirm_statuses(acts.programme, [*theirs, *own], **confirm)
    operations.confirm_statuses(acts.programme, own, **confirm)
    city = {**confirm, "within": [path_of(county.city, DAY)]}
    operations.confirm_statuses(acts.programme, theirs, **city)
    assert PointStatus.objects.waiting().count() == 0


def test_a_town_officer_confirms_nothing_the_county_confirms(acts, county):
    own = acts.propose("county_demo", county.lower)
    with pytest.raises(NotTheirs):
        operations.confirm_statuses(
            acts.programme, own, day=DAY, within=[path_of(county.town, DAY)], **acts.done
        )


def test_a_proposal_is_turned_down_with_a_reason_and_may_be_made_again(acts, county):
    numbers = acts.propose("city_demo", county.upper)
    with pytest.raises(ReasonMissing):
        operations.turn_down_proposals(acts.programme, numbers, reason=" ", **acts.done)
    operations.turn_down_proposals(acts.programme, numbers, reason="材料不全", **acts.done)
    assert acts.propose("city_demo", county.upper)


def test_a_correction_supersedes_with_a_reason_and_leaves_the_old_row(acts, county):
    (number,) = acts.hold("city_demo", county.upper)
    (fresh,) = operations.correct_statuses(
        acts.programme, {number: "county_demo"}, reason="登记有误", day=DAY, **acts.done
    )

    old, new = PointStatus.objects.get(pk=number), PointStatus.objects.get(pk=fresh)
    assert (old.status, old.superseded_at, old.reason) == ("city_demo", NOON, "登记有误")
    assert (new.status, new.valid_from) == ("county_demo", old.valid_from)
    with pytest.raises(NotWaiting):
        operations.correct_statuses(
            acts.programme, {number: ""}, reason="再改", day=DAY, **acts.done
        )


def test_points_beyond_the_files_cap_are_not_confirmed(acts, county, programme, officer):
    capped = programme.file + "\ncaps:\n  points: 1\n"
    operations.load_programme(capped, by=officer, at=NOON)
    acts.hold("up_to_standard", county.middle)  # no point
    acts.hold("county_demo", county.upper)
    numbers = acts.propose("county_demo", county.lower)
    with pytest.raises(OverCap, match="不超过 1 个"):
        operations.confirm_statuses(acts.programme, numbers, day=DAY, **acts.done)


def test_a_belt_number_is_given_once(acts, county):
    acts.belt("1", "city")
    with pytest.raises(NumberTaken):
        acts.belt("1", "county")


@pytest.mark.parametrize(
    "plan",
    [
        {"level": "village"},
        {"level": "city", "anchor": "river"},
        {"level": "city", "line": {"type": "Point", "coordinates": [120, 28]}},
        {"level": "city", "line": {"type": "LineString", "coordinates": [[28, 120], [28.1, 120]]}},
    ],
)
def test_a_belt_the_file_or_the_map_does_not_know_is_refused(acts, county, plan):
    with pytest.raises(NotInProgramme):
        operations.record_belts(
            acts.programme,
            [BeltPlan("1", "一号", unit=county.county, **plan)],
            day=DAY,
            **acts.done,
        )


def test_members_stand_in_the_order_given_and_who_stays_keeps_its_row(acts, county):
    belt = acts.belt("1", "city", county.upper, county.lower)
    kept = BeltMember.objects.get(unit=county.upper).pk
    later = DAY + datetime.timedelta(days=10)
    acts.fill(belt, county.middle, county.upper, day=later)

    rows = BeltMember.objects.on(later).order_by("order").values_list("unit", "pk")
    assert [unit for unit, _ in rows] == [county.middle, county.upper]
    assert dict(rows)[county.upper] == kept
    assert BeltMember.objects.on(DAY).count() == 2
    with pytest.raises(MembersChangedLater):
        acts.fill(belt, county.upper, day=DAY)


def test_a_member_is_named_once_and_stands_on_the_day(acts, county, party):
    with pytest.raises(NotInProgramme, match="两次"):
        acts.belt("1", "city", county.upper, county.upper)
    with pytest.raises(NotInProgramme, match="不存在"):
        acts.belt("2", "city", MemberPlan(two_new_org=party.without + 999))


def test_a_belt_is_built_when_its_conditions_hold_and_a_person_confirms(acts, county, officer):
    acts.hold("city_demo", county.upper)
    acts.hold("county_demo", county.lower)
    belt = acts.belt("1", "county", county.upper, county.lower, county.middle)
    confirm = {"day": DAY, **acts.done}
    with pytest.raises(NotBuiltYet) as refused:
        operations.confirm_built(acts.programme, [belt], **confirm)
    assert refused.value.details == [
        "1号示范带：县级示范带的县级示范村，要求至少 2 个村，还差 1 个村。"
    ]

    acts.hold("county_demo", county.middle)
    operations.confirm_built(acts.programme, [belt], **confirm)
    row = BeltCompletion.objects.get()
    assert (row.built_on, row.confirmed_by) == (DAY, str(officer))
    with pytest.raises(AlreadyBuilt):
        operations.confirm_built(acts.programme, [belt], **confirm)


def test_a_city_belt_is_confirmed_by_the_city(acts, county):
    belt = acts.belt("1", "city", county.upper)
    with pytest.raises(NotTheirs):
        operations.confirm_built(
            acts.programme, [belt], day=DAY, within=[path_of(county.county, DAY)], **acts.done
        )


def test_what_was_confirmed_in_error_is_taken_back_with_a_reason(acts, county):
    acts.hold("city_demo", county.upper)
    acts.hold("county_demo", county.lower, county.middle)
    belt = acts.belt("1", "county", county.upper, county.lower, county.middle)
    operations.confirm_built(acts.programme, [belt], day=DAY, **acts.done)
    row = acts.programme.belts.get()
    operations.withdraw_built(row, reason="复核未通过", **acts.done)

    assert not BeltCompletion.objects.filter(superseded_at=None).exists()
    operations.confirm_built(acts.programme, [belt], day=DAY, **acts.done)


def test_the_database_itself_refuses_a_confirmation_without_a_name(acts, county):
    acts.propose("city_demo", county.upper)
    with pytest.raises(IntegrityError), transaction.atomic():
        PointStatus.objects.update(confirmed_on=DAY)


def test_money_beyond_the_cap_is_recorded_only_with_a_word_of_why(acts, county, programme, officer):
    capped = programme.file + "\ncaps:\n  cost_yuan: 100\n"
    operations.load_programme(capped, by=officer, at=NOON)
    record = {"programme": acts.programme, **acts.done}
    operations.record_costs(expenses=[Expense(county.town, 10_000, DAY, "标识牌")], **record)
    with pytest.raises(OverCap, match="超过项目文件规定的上限"):
        operations.record_costs(expenses=[Expense(county.town, 1, DAY, "标识牌")], **record)
    operations.record_costs(
        expenses=[Expense(county.town, 1, DAY, "标识牌")], over_cap_reason="已经支出", **record
    )
    assert Cost.objects.count() == 2


def test_a_cost_is_corrected_by_a_new_row(acts, county):
    (number,) = operations.record_costs(
        acts.programme, [Expense(county.town, 500, DAY, "标识牌")], **acts.done
    )
    operations.correct_cost(acts.programme, number, amount_fen=300, reason="退货", **acts.done)

    standing = Cost.objects.filter(superseded_at=None)
    assert [row.amount_fen for row in standing] == [300]
    assert Cost.objects.get(pk=number).reason == "退货"

"""Grids: the five-level network over both trees, their size, lines of work, and access list."""

import uuid

import pytest

from jiceng.audit.models import Entry
from jiceng.orders.operations.grids import (
    AccessRow,
    CardRow,
    LineRow,
    PointRow,
    admit_to_grids,
    close_observation_point,
    describe_grids,
    end_grid_access,
    end_grid_line,
    open_observation_points,
    share_grids,
)
from jiceng.orders.operations.hanging import (
    NeedsDocument,
    NoSuchRow,
    NotAGrid,
    StandsAlready,
    UnknownItem,
)
from jiceng.orders.queries.grids import grid_view, may_be_given, network_of
from jiceng.registry.operations import FactRow, PersonRow, PostRow, appoint, record_facts
from jiceng.registry.queries import unit_on
from tests.conftest import START
from tests.orders.grid_stage import SYSTEM, TODAY, day_after


def test_five_levels_answer_by_name_over_both_trees(grid_village, django_assert_num_queries):
    town = unit_on(grid_village.town, TODAY)

    with django_assert_num_queries(4):
        network = network_of(town, TODAY)

    upper = next(one for one in network.villages if one.number == grid_village.upper)
    first = upper.grids[0]
    assert (network.organisation.name, network.organisation.person) == ("中共东镇委员会", "赵镇")
    assert (upper.organisation.name, upper.organisation.person) == ("上村党总支", "钱村")
    assert (first.branch.name, first.branch.person) == ("第一网格党支部", "孙支")
    assert (first.groups[0].name, first.groups[0].person) == ("东片党小组", "李组")
    assert (first.groups[0].below[0].name, first.groups[0].below[0].person) == (
        "王家中心户",
        "周户",
    )
    assert (first.head, first.workers, first.gaps) == ("吴格", ["郑员"], [])


def test_names_the_grids_without_a_branch_or_a_head(grid_village):
    network = network_of(unit_on(grid_village.town, TODAY), TODAY)

    assert [(village.name, grid.name) for village, grid in network.orphans] == [
        ("上村委会", "上村第二网格")
    ]
    assert network.orphans[0][1].gaps == ["没有网格党支部", "没有网格长"]
    assert [one.name for one in network.without_grids] == ["下村委会", "中村委会"]


def test_a_village_shows_its_own_network(grid_village):
    network = network_of(unit_on(grid_village.upper, TODAY), TODAY)

    assert network.organisation is None
    assert [grid.name for grid in network.villages[0].grids] == ["上村第一网格", "上村第二网格"]


@pytest.mark.parametrize(
    ("households", "fits"), [(299, False), (300, True), (500, True), (501, False)]
)
def test_compares_the_size_with_the_rule_in_force(grid_village, households, fits):
    record_facts([FactRow(grid_village.second, "households", households, START)], **SYSTEM)

    size = grid_view(unit_on(grid_village.second, TODAY), TODAY).size

    assert (size.households, size.fits) == (households, fits)
    assert size.rule.source


def test_does_not_judge_a_size_that_nobody_has_recorded(grid_village):
    assert grid_view(unit_on(grid_village.second, TODAY), TODAY).size.fits is None


def test_lines_of_work_share_one_grid(grid_village):
    rows = [
        LineRow(grid_village.first, line, "多网融合方案", START)
        for line in ("party_building", "law_and_order", "civil_affairs", "city_management")
    ]
    share_grids(rows, **SYSTEM)

    view = grid_view(unit_on(grid_village.first, TODAY), TODAY)

    assert {line.line for line in view.lines} == {row.line for row in rows}
    with pytest.raises(StandsAlready, match="民政"):
        share_grids([LineRow(grid_village.first, "civil_affairs", "又一份", TODAY)], **SYSTEM)
    assert Entry.objects.get(action="orders.grid_line.shared").count == 4


def test_a_line_of_work_leaves_a_grid(grid_village, clerk):
    row = LineRow(grid_village.first, "civil_affairs", "方案", START)
    (line,) = share_grids([row], **SYSTEM)

    end_grid_line(line.pk, day=TODAY, by=clerk, at=SYSTEM["at"], key=uuid.uuid4())

    assert grid_view(unit_on(grid_village.first, TODAY), TODAY).lines == []
    with pytest.raises(NoSuchRow):
        end_grid_line(line.pk, day=day_after(), by=clerk, at=SYSTEM["at"], key=uuid.uuid4())


@pytest.mark.parametrize(
    ("line", "document", "refusal"),
    [("astrology", "方案", UnknownItem), ("civil_affairs", " ", NeedsDocument)],
)
def test_refuses_a_line_it_does_not_know_or_without_a_document(
    grid_village, line, document, refusal
):
    with pytest.raises(refusal):
        share_grids([LineRow(grid_village.first, line, document, START)], **SYSTEM)


def test_hangs_nothing_of_a_grid_on_a_village(grid_village):
    with pytest.raises(NotAGrid):
        describe_grids([CardRow(grid_village.upper, "全村")], **SYSTEM)
    with pytest.raises(NotAGrid):
        open_observation_points([PointRow(grid_village.upper, "小店", "村口", START)], **SYSTEM)


def test_the_board_is_written_and_written_again(grid_village):
    for phone in ("12345", "0577-2000000"):
        describe_grids([CardRow(grid_village.first, "河东各户", phone)], **SYSTEM)

    view = grid_view(unit_on(grid_village.first, TODAY), TODAY)

    assert (view.card.area, view.card.complaint_phone) == ("河东各户", "0577-2000000")
    assert (view.head.person.name, view.workers[0].person.office_phone) == (
        "吴格",
        "0577-1000002",
    )


def test_an_observation_point_opens_and_closes(grid_village, clerk):
    (point,) = open_observation_points(
        [PointRow(grid_village.first, "老王小店", "村口", START, "全天")], **SYSTEM
    )

    assert grid_view(unit_on(grid_village.first, TODAY), TODAY).points == [point]
    close_observation_point(point.pk, day=TODAY, by=clerk, at=SYSTEM["at"], key=uuid.uuid4())
    assert grid_view(unit_on(grid_village.first, TODAY), TODAY).points == []


def test_nothing_may_be_given_to_a_grid_before_there_is_a_list(grid_village):
    admission = may_be_given("rubbish.uncollected", unit_on(grid_village.first, TODAY), TODAY)

    assert not admission.may
    assert "待县里提供" in admission.reason


def test_a_worker_may_refuse_what_is_not_on_the_list(grid_village, clerk):
    (item,) = admit_to_grids(
        [AccessRow(grid_village.county, "发现垃圾未清", "准入清单", START, "rubbish.uncollected")],
        **SYSTEM,
    )
    grid = unit_on(grid_village.first, TODAY)

    assert may_be_given("rubbish.uncollected", grid, TODAY).may
    refused = may_be_given("lamp.out", grid, TODAY)
    assert (refused.may, "可以拒绝" in refused.reason) == (False, True)
    end_grid_access(item.pk, day=TODAY, by=clerk, at=SYSTEM["at"], key=uuid.uuid4())
    assert not may_be_given("rubbish.uncollected", grid, TODAY).may


def test_a_list_of_another_county_says_nothing_here(grid_village):
    admit_to_grids(
        [AccessRow(grid_village.subdistrict, "发现垃圾", "清单", START, "rubbish.uncollected")],
        **SYSTEM,
    )

    assert not may_be_given("rubbish.uncollected", unit_on(grid_village.first, TODAY), TODAY).may


def test_names_who_holds_a_post_and_not_who_stands_in_for_him(grid_village):
    person = PersonRow("代理人", number="代理人")
    secretary = grid_village.posts[2]
    stands_in = PostRow(person, grid_village.branch, "party_secretary", START, deputises=secretary)
    appoint([stands_in], **SYSTEM)

    network = network_of(unit_on(grid_village.upper, TODAY), TODAY)

    assert network.villages[0].grids[0].branch.person == "孙支"

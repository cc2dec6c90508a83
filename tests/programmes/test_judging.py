"""From what is recorded to the verdicts on the day."""

import datetime
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiceng.audit.models import Entry
from jiceng.programmes import operations
from jiceng.programmes.definition import definition_of
from jiceng.programmes.judging import judge, judge_one
from jiceng.programmes.models import Judging, Verdict
from jiceng.programmes.operations import AreaPlan, MemberPlan, refresh_verdicts
from jiceng.programmes.queries.facts import facts_on
from jiceng.programmes.queries.judgings import changes_wait
from jiceng.programmes.refusals import ProgrammeClosed
from jiceng.registry.operations import (
    Founding,
    Inheritance,
    end_units,
    found_units,
    rename_units,
    succeed,
)
from jiceng.registry.queries import path_of
from tests.conftest import NOON
from tests.programmes.conftest import AFTER_SUNSET, DAY, JUDGED


def figures(verdict):
    return (verdict.state, verdict.numerator, verdict.denominator, verdict.gap)


def test_a_town_counts_its_villages_on_belts_and_not_its_communities(acts, county):
    acts.belt("1", "city", county.upper, county.lower)
    acts.belt("2", "county", county.upper, county.community)

    assert figures(acts.verdict("town-coverage", unit=county.town)) == ("met", 2, 3, 0)
    assert figures(acts.verdict("county-coverage", unit=county.county)) == ("met", 2, 3, 0)
    without = acts.verdict("town-coverage", unit=county.subdistrict)
    assert figures(without) == ("not_applicable", 0, 0, 0)


def test_what_joins_or_leaves_a_belt_counts_by_its_day(acts, county):
    belt = acts.belt("1", "city", county.upper, county.lower)
    acts.fill(belt, county.upper, day=datetime.date(2017, 9, 1))

    assert figures(acts.verdict("town-coverage", unit=county.town)) == ("short", 1, 3, 1)
    earlier = acts.judge(datetime.date(2017, 8, 31))
    assert earlier.verdicts.get(target="town-coverage", unit=county.town).numerator == 2


def test_a_village_that_becomes_a_community_leaves_the_denominator(acts, county):
    rename_units({county.middle: ("中社区", "community")}, day=DAY, by="system", at=NOON)
    acts.belt("1", "city", county.upper)
    assert figures(acts.verdict("town-coverage", unit=county.town)) == ("met", 1, 2, 0)


def test_a_cluster_is_judged_by_its_list(acts, county):
    (area,) = operations.record_areas(
        acts.programme,
        [AreaPlan("c1", "某产业集聚区", "provincial_cluster", (county.town, county.upper))],
        day=DAY,
        **acts.done,
    )
    acts.belt("1", "county", county.upper)
    assert figures(acts.verdict("cluster-coverage", area=area)) == ("short", 1, 3, 1)


def test_unrated_is_not_met_and_enterprises_without_an_organisation_stand_beside(
    acts, county, party
):
    on_road = [
        MemberPlan(two_new_org=number, on_main_road=True)
        for number in (party.with_branch, party.without)
    ]
    belt = acts.belt("1", "city", county.upper, *on_road)
    unrated = acts.verdict("city-belt-stars", belt=belt)
    assert (*figures(unrated), unrated.beside) == ("short", 0, 1, 1, 1)

    party.rate(3)
    assert acts.verdict("city-belt-stars", belt=belt).state == "short"
    party.rate(4, day=datetime.date(2017, 8, 1))
    assert figures(acts.verdict("city-belt-stars", belt=belt)) == ("met", 1, 1, 0)


def test_a_proposal_does_not_count_before_it_is_confirmed(acts, county):
    belt = acts.belt("1", "city", county.upper)
    (number,) = acts.propose("city_demo", county.upper)
    assert acts.verdict("city-belt-demo-villages", belt=belt).numerator == 0

    operations.confirm_statuses(acts.programme, [number], day=DAY, **acts.done)
    assert acts.verdict("city-belt-demo-villages", belt=belt).gap == 3


def test_the_status_of_an_ended_village_stays_with_it_and_counts_under_the_heirs_parent(
    acts, county, officer, programme
):
    """Statuses are never divided: with heirs in two towns it counts where both meet."""
    acts.hold("county_demo", county.upper)
    day = datetime.date(2017, 10, 1)
    done = {"by": "system", "at": NOON}
    merged, across = found_units(
        [
            Founding("大村委会", "village", 5, parent=county.town),
            Founding("远村委会", "village", 5, parent=county.subdistrict),
        ],
        tree="division",
        day=day,
        **done,
    )
    end_units([county.upper], ending="split", day=day, **done)
    succeed(
        [
            Inheritance(county.upper, merged, Fraction(1, 2)),
            Inheritance(county.upper, across, Fraction(1, 2)),
        ],
        day=day,
        **done,
    )
    (point,) = facts_on(programme, JUDGED).points
    assert (point.unit, point.path) == (county.upper, path_of(county.county, JUDGED))
    (before,) = facts_on(programme, day - datetime.timedelta(days=1)).points
    assert before.path == path_of(county.upper, DAY)


def test_judging_again_gives_the_same_and_takes_the_place_of_the_first(acts, county):
    acts.belt("1", "city", county.upper)
    first = set(acts.judge().verdicts.values_list("target", "unit", "belt", "state", "gap"))
    second = acts.judge()

    assert set(second.verdicts.values_list("target", "unit", "belt", "state", "gap")) == first
    assert Judging.objects.count() == 1
    assert Verdict.objects.count() == len(first)


def test_a_board_says_when_changes_wait_and_the_job_computes_them(acts, county, party):
    judging = acts.judge(DAY)
    assert not changes_wait(judging)
    assert refresh_verdicts(at=NOON) == 0

    party.rate(5)
    assert changes_wait(judging)
    assert refresh_verdicts(at=NOON) == 1
    assert refresh_verdicts(at=NOON) == 0

    acts.hold("city_demo", county.upper)
    assert refresh_verdicts(at=NOON) == 1


def test_after_the_sunset_nothing_is_judged_and_titles_are_void(acts, county, programme):
    acts.hold("city_demo", county.upper)
    with pytest.raises(ProgrammeClosed):
        operations.judge_programme(programme, programme.sunset_on, at=AFTER_SUNSET)

    acts.judge()
    with pytest.raises(ProgrammeClosed, match="不再变动"):
        operations.judge_programme(programme, JUDGED, at=AFTER_SUNSET)
    assert refresh_verdicts(at=AFTER_SUNSET) == 0


def test_judging_asks_a_fixed_number_of_statements(
    acts, county, party, django_assert_max_num_queries
):
    acts.belt("1", "city", county.upper)
    acts.judge()
    with CaptureQueriesContext(connection) as few:
        acts.judge()
    villages = found_units(
        [Founding(f"新{n}村委会", "village", 5, parent=county.town) for n in range(40)],
        tree="division",
        day=county.start,
        by="system",
        at=NOON,
    )
    acts.hold("city_demo", *villages)
    for n, village in enumerate(villages[:10], start=2):
        acts.belt(str(n), "county", village, county.lower)
    with django_assert_max_num_queries(len(few)):
        acts.judge()


def test_judging_leaves_its_entry(acts):
    acts.judge()
    assert Entry.objects.filter(action="programmes.programme.judged").count() == 1


def test_what_is_taken_for_one_target_comes_to_the_same(acts, county, party, programme):
    """A page that opens one verdict reads less, and finds what judging everything found."""
    acts.hold("city_demo", county.upper)
    acts.hold("county_demo", county.lower, county.middle)
    on_road = MemberPlan(two_new_org=party.with_branch, on_main_road=True)
    belt = acts.belt("1", "county", county.upper, county.lower, county.middle, on_road)
    acts.belt("2", "city", county.upper, on_road)
    operations.confirm_built(programme, [belt], day=DAY, **acts.done)
    definition = definition_of(programme.file)
    everything = facts_on(programme, JUDGED)

    for finding in judge(definition, everything):
        county_itself = (finding.place, finding.number) == ("unit", county.county)
        narrow = facts_on(
            programme,
            JUDGED,
            within=path_of(county.county, JUDGED) if county_itself else "",
            belt=finding.number if finding.place == "belt" else None,
            target=finding.target,
        )
        (same,) = (
            one
            for one in judge_one(definition, finding.target, narrow)
            if (one.place, one.number) == (finding.place, finding.number)
        )
        assert (same.state, same.gap, set(same.counted), set(same.others)) == (
            finding.state,
            finding.gap,
            set(finding.counted),
            set(finding.others),
        )

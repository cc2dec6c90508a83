"""What waits, for whom, and where it goes while a post is vacant."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy, override

from jiceng.access.models import Grant
from jiceng.access.queries import holders_of
from jiceng.agenda.models import Item
from jiceng.agenda.operations import ask, close
from jiceng.agenda.queries import today
from jiceng.registry.operations import Founding, found_units, seat_organisations
from tests.agenda.conftest import asked, holder
from tests.conftest import NOON, START

DAY = datetime.timedelta(days=1)


def titles(items):
    return [item.title for item in items]


def waits_for(user, at=NOON):
    found = today(user, at)
    return titles(found.due + found.waiting_for_me)


def test_an_item_is_chinese_whatever_the_language_of_who_caused_it(english, county, secretary):
    title = gettext_lazy("公众")
    with override("en"):
        assert str(title) == "Public"
        ask([asked(county, title=title)], at=NOON)

    assert waits_for(secretary) == ["公众"]


def test_an_item_waits_for_the_role_at_the_unit_and_for_nobody_else(county, officer, secretary):
    ask([asked(county, asked_by=officer)], at=NOON)

    (item,) = today(secretary, NOON).waiting_for_me
    assert (item.title, item.unit_name) == ("走访 1", "上村委会")
    assert waits_for(officer) == []
    assert titles(today(officer, NOON).waiting_for_others) == ["走访 1"]


def test_what_waits_already_is_not_asked_again_until_it_is_closed(county, secretary):
    ask([asked(county), asked(county)], at=NOON)
    ask([asked(county), asked(county, 2)], at=NOON)
    assert sorted(waits_for(secretary)) == ["走访 1", "走访 2"]

    close("orders.visit", ["orders.order:1"], at=NOON)
    assert waits_for(secretary) == ["走访 2"]
    ask([asked(county)], at=NOON)
    assert Item.objects.count() == 3


def test_due_first_and_soonest_first(county, secretary):
    items = [
        asked(county, 1),
        asked(county, 2, due_at=NOON + 9 * DAY),
        asked(county, 3, due_at=NOON + 2 * DAY),
        asked(county, 4, due_at=NOON - DAY),
    ]
    ask(items, at=NOON)

    found = today(secretary, NOON)
    assert titles(found.due) == ["走访 4", "走访 3"]
    assert titles(found.waiting_for_me) == ["走访 2", "走访 1"]


def test_a_vacant_post_falls_to_the_level_above_and_comes_back(county, officer, secretary):
    ask([asked(county), asked(county, 2, unit=county.lower)], at=NOON)
    assert waits_for(officer) == ["走访 2"]

    holder("lower", "village.secretary", county.lower)
    assert waits_for(officer) == []
    Grant.objects.filter(role="village.secretary").update(valid_to=NOON.date())
    assert waits_for(officer) == ["走访 1", "走访 2"]


def test_the_nearest_level_that_is_held_answers(county, officer):
    above = holder("above", "county.officer", county.county)
    other = holder("other", "town.officer", county.subdistrict)
    ask([asked(county), asked(county, 2, unit=county.community)], at=NOON)

    assert waits_for(officer) == ["走访 1"]
    assert waits_for(other) == ["走访 2"]
    assert waits_for(above) == []
    Grant.objects.filter(user=officer).update(valid_to=NOON.date())
    assert waits_for(above) == ["走访 1"]


def test_at_one_unit_the_nearer_role_answers(county, secretary):
    ask([asked(county, role="village.clerk")], at=NOON)
    assert waits_for(secretary) == ["走访 1"]

    typist = holder("typist", "village.clerk", county.upper)
    assert waits_for(typist) == ["走访 1"]
    assert waits_for(secretary) == []


def test_an_organisation_s_item_falls_to_the_officer_of_the_division_it_stands_in(county, officer):
    committee, branch = found_units(
        [
            Founding("东镇党委", "party_committee", 1),
            Founding("上村党支部", "branch", 2, parent_row=0),
        ],
        tree="organisation",
        day=START,
        by="system",
        at=NOON,
    )
    seat_organisations(
        {committee: county.town, branch: county.upper}, day=START, by="system", at=NOON
    )
    ask([asked(county, unit=branch, role="branch.secretary")], at=NOON)
    assert waits_for(officer) == ["走访 1"]

    branch_secretary = holder("branch", "branch.secretary", branch)
    assert waits_for(officer) == []
    assert waits_for(branch_secretary) == ["走访 1"]
    assert [grant.user for grant in holders_of("branch.secretary", branch, NOON.date())] == [
        branch_secretary
    ]


@pytest.mark.parametrize("vacant", [[], ["secretary"], ["secretary", "officer"]])
def test_the_query_and_the_holders_agree(county, officer, secretary, vacant):
    above = holder("above", "county.officer", county.county)
    Grant.objects.filter(user__username__in=vacant).update(valid_to=NOON.date())
    ask([asked(county)], at=NOON)

    (grant,) = holders_of("village.secretary", county.upper, NOON.date())
    assert [user for user in (secretary, officer, above) if waits_for(user)] == [grant.user]


def test_nobody_answers_for_a_role_that_falls_to_nobody(county, officer):
    ask([asked(county, role="supervisor")], at=NOON)

    assert holders_of("supervisor", county.upper, NOON.date()) == []
    assert waits_for(officer) == []


def test_the_number_of_statements_does_not_grow(county, officer, secretary):
    everywhere = [county.upper, county.lower, county.middle]
    taken = []
    for count in (10, 1000):
        ask([asked(county, n, unit=everywhere[n % 3]) for n in range(count)], at=NOON)
        with CaptureQueriesContext(connection) as statements:
            found = today(officer, NOON)
        taken.append(len(statements))
        assert len(found.waiting_for_me) == min(300, count - (count + 2) // 3)
        assert found.more is (count == 1000)

    assert taken[0] == taken[1] <= 15

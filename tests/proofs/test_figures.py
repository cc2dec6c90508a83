"""Figures are counted by two jobs while rows are written: in the end they equal a recount."""

import datetime

import pytest
from django.utils import timezone

from jiceng.core.periods import Month
from jiceng.measures.models import Dirty, Figures
from jiceng.measures.operations import refresh, refresh_for, refreshing
from jiceng.measures.queries import figure
from jiceng.registry.models import Post, Unit
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import (
    Founding,
    PersonRow,
    PostRow,
    appoint,
    found_units,
    move_units,
    record_people,
)
from tests.proofs.soundness import assert_sound
from tests.proofs.workers import WORKERS, at_once
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
EVENING = datetime.datetime(2017, 7, 1, 20, tzinfo=timezone.get_default_timezone())
DONE = {"by": "system", "at": EVENING}
MONTHS = [Month(2017, number) for number in range(1, 8)]
POSTS = size(small=8, full=300)  # of each writer
REFRESHERS = 2


def appointed(worker, n, unit, day):
    people = record_people([PersonRow(f"某{worker}", number=f"P-{worker}-{n}")], **DONE)
    return appoint([PostRow(people[0], unit, "committee_member", day)], **DONE)


def kept_figures():
    fields = ("measure", "tree", "period", "own_units", "own_values", "rolled")
    rows = Figures.objects.values_list(*fields, "snapshot__digest")
    return sorted((*one[:3], *map(bytes, one[3:6]), one[6]) for one in rows)


def test_two_refreshers_while_all_write_end_with_the_figures_of_a_recount(county):
    villages = [county.upper, county.lower, county.middle, county.community]

    def work(number):
        if number < REFRESHERS:
            return sum(refresh(EVENING) for _turn in range(POSTS))
        for n in range(POSTS):
            day = county.start + datetime.timedelta(days=(37 * n + number) % 180)
            appointed(number, n, villages[(n + number) % 4], day)
            if n % 4 == 0 and number < REFRESHERS + 4:
                towns = [county.town, county.subdistrict]
                move_units(
                    {villages[number - REFRESHERS]: towns[n // 4 % 2]}, day=day_of(n), **DONE
                )
        return None

    def day_of(n):
        return county.start + datetime.timedelta(days=1 + n)

    at_once(work, range(REFRESHERS + WORKERS))
    while Dirty.objects.exists():
        refresh(EVENING)
    ended_with = kept_figures()
    city = Unit.objects.get(pk=county.city)
    assert (
        figure("registry.posts", city, MONTHS[-1]).value == Post.objects.count() == WORKERS * POSTS
    )

    refresh_for({"registry.Post", "registry.Unit"}, MONTHS, EVENING)
    sources = {row[:3] for row in ended_with}
    assert [row for row in kept_figures() if row[:3] in sources] == ended_with
    assert_sound()
    note(
        "figures equal a recount",
        WORKERS * POSTS,
        "posts",
        at_size=f"{WORKERS} writers, {REFRESHERS} refreshers",
    )


def test_a_month_that_changes_while_it_is_counted_first_is_counted_again(county, monkeypatch):
    """What one job has read is outdated when a second one spells out what must be counted."""
    compute, june = refreshing.compute, MONTHS[5]

    def compute_and_look_away(*arguments):
        found = compute(*arguments)
        monkeypatch.setattr(refreshing, "compute", compute)
        appointed(1, 1, county.upper, county.start)
        refreshing.spell_out(EVENING)
        return found

    monkeypatch.setattr(refreshing, "compute", compute_and_look_away)
    refresh_for({"registry.Post"}, [june], EVENING)
    while Dirty.objects.exists():
        refresh(EVENING)

    assert figure("registry.posts", Unit.objects.get(pk=county.city), june).value == 1


def test_units_founded_by_all_at_once_are_all_counted(county):
    def found_all(worker):
        for n in range(POSTS):
            founding = Founding(f"{worker}村{n}", Kind.VILLAGE, Level.VILLAGE, parent=county.town)
            found_units([founding], tree=Tree.DIVISION, day=county.start, **DONE)
            refresh(EVENING, limit=1)

    at_once(found_all)
    while Dirty.objects.exists():
        refresh(EVENING)

    city = Unit.objects.get(pk=county.city)
    assert figure("registry.villages", city, MONTHS[-1]).value == 3 + WORKERS * POSTS

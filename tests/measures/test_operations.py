"""Marking, counting anew, closing: what is outdated is known, what is closed stays."""

import datetime
from functools import partial

import pytest

from jiceng.audit.models import Entry
from jiceng.core.periods import Month
from jiceng.exchange.editions.reliance import relied_on_since
from jiceng.measures import operations
from jiceng.measures.models import Dirty, Figures
from jiceng.measures.operations import close_period, refresh, refresh_for, refreshing
from jiceng.measures.operations.marking import spell_out
from jiceng.measures.queries import State, corrections, figure
from jiceng.measures.refusals import AlreadyClosed, NotComputed, NotYetBegun, StillRunning
from jiceng.measures.registry import SOURCES
from jiceng.registry.models import Unit, VillageFact
from jiceng.registry.operations.facts import FactRow, record_facts
from tests.measures.acts import DECEMBER, EVENING, JUNE, count

NOW = Month.of(EVENING.date())
LATER = EVENING + datetime.timedelta(days=40)
POPULATION = "registry.population"


@pytest.fixture
def county(county):
    """The small county, with nothing left to count of its founding."""
    Dirty.objects.all().delete()
    return county


@pytest.fixture
def state(county):
    """Record a village's population, as of a day."""

    def state(value, day=datetime.date(2017, 1, 1), *, reason="", at=EVENING):
        fact = FactRow(county.upper, VillageFact.Kind.POPULATION, value, day, reason)
        record_facts([fact], by="system", at=at)

    return state


@pytest.fixture
def town(county):
    return Unit.objects.get(pk=county.town)


def marked(source):
    spell_out(EVENING)
    return sorted(Dirty.objects.filter(source=source).values_list("period", flat=True))


def test_what_is_recorded_marks_the_months_kept_since_then_and_the_present_one(county, state):
    count("registry.VillageFact", months=[JUNE, DECEMBER])
    assert not Dirty.objects.exists()

    state(800, datetime.date(2017, 9, 1))

    assert marked("registry.VillageFact") == [str(DECEMBER), str(NOW)]


def test_a_change_of_the_tree_marks_every_source(register, county):
    count(*SOURCES.entries, months=[JUNE, DECEMBER, NOW])
    assert not Dirty.objects.exists()

    register.move(county.upper, county.subdistrict, datetime.date(2017, 9, 1))

    for source in SOURCES:
        assert marked(source.code) == [str(DECEMBER), str(NOW)]


def test_a_job_counts_what_is_marked_until_nothing_is(town, state):
    state(800)
    operations.mark_outdated(EVENING)
    assert figure(POPULATION, town, NOW).state == State.NOT_COMPUTED

    assert refresh(EVENING, limit=2) == 2
    assert refresh(EVENING) == len(SOURCES.entries) - 2
    assert refresh(EVENING) == 0

    shown = figure(POPULATION, town, NOW)
    assert (shown.value, shown.day, shown.computed_at) == (800, EVENING.date(), EVENING)


def test_a_running_month_is_counted_again_the_next_day_and_when_it_has_ended(county):
    count(*SOURCES.entries, months=[NOW])
    operations.mark_outdated(EVENING)
    assert not Dirty.objects.exists()

    operations.mark_outdated(EVENING + datetime.timedelta(days=1))
    assert marked("registry.Unit") == [str(NOW)]

    operations.mark_outdated(LATER)
    assert marked("registry.Unit") == [str(NOW), str(NOW.next())]


def test_a_month_that_has_not_begun_is_not_counted(county):
    with pytest.raises(NotYetBegun):
        refresh_for(["registry.Unit"], [NOW.next()], EVENING)


def test_what_changes_while_a_job_counts_is_counted_again(town, state, monkeypatch):
    state(800)

    def compute_while_rows_change(*given):
        figures = compute(*given)
        state(900, reason="漏报一组")
        return figures

    compute = refreshing.compute
    monkeypatch.setattr(refreshing, "compute", compute_while_rows_change)
    refresh_for(["registry.VillageFact"], [NOW], EVENING)
    monkeypatch.undo()

    assert figure(POPULATION, town, NOW).value == 800
    assert marked("registry.VillageFact") == [str(NOW)]
    refresh(EVENING)
    assert figure(POPULATION, town, NOW).value == 900


def test_of_two_jobs_the_one_that_began_to_count_first_never_overwrites_the_other(
    county, monkeypatch
):
    def compute_while_another_job_is_done(*given):
        monkeypatch.undo()
        assert refresh_for(["registry.Unit"], [JUNE], EVENING) == 1
        return compute(*given)

    compute = refreshing.compute
    monkeypatch.setattr(refreshing, "compute", compute_while_another_job_is_done)

    assert refresh_for(["registry.Unit"], [JUNE], EVENING) == 0
    assert Figures.objects.filter(measure="registry.villages").count() == 1


@pytest.fixture
def close():
    return partial(close_period, DECEMBER, [POPULATION], by="system", at=EVENING)


def test_a_closed_figure_stays_and_later_rows_are_its_corrections(town, state, close):
    state(800)
    count("registry.VillageFact")
    close()

    state(850, reason="核对户籍后更正", at=LATER)
    state(990, datetime.date(2018, 1, 1), at=LATER)  # another year: no correction of December
    refresh_for(["registry.VillageFact"], [DECEMBER, NOW], LATER)

    shown = figure(POPULATION, town, DECEMBER)
    assert (shown.value, shown.closed_at) == (800, EVENING)
    assert figure(POPULATION, town, NOW).value == 990
    assert [(row.value, row.reason) for row in corrections(POPULATION, DECEMBER)] == [
        (800, ""),  # superseded
        (850, "核对户籍后更正"),
    ]
    assert Figures.objects.get(measure=POPULATION, period="2017-12").definition["title"]
    assert Entry.objects.filter(action="measures.period.closed").count() == 1


def test_a_closed_figure_forbids_undoing_what_happened_to_units_before(county, close):
    count("registry.VillageFact")
    assert relied_on_since(DECEMBER.last) == []

    close()

    assert relied_on_since(DECEMBER.last) == ["2017年12月的数据已经关账。"]
    assert relied_on_since(DECEMBER.end) == []


def test_a_month_is_closed_once_when_it_has_ended_and_all_is_counted(county, state, close):
    with pytest.raises(NotComputed):
        close()
    count("registry.VillageFact")
    with pytest.raises(StillRunning):
        close_period(NOW, [POPULATION], by="system", at=EVENING)
    state(800)
    with pytest.raises(NotComputed):
        close()
    refresh(EVENING)
    close()
    with pytest.raises(AlreadyClosed):
        close()


def test_nothing_is_corrected_before_it_is_closed(county):
    count("registry.VillageFact")
    with pytest.raises(NotComputed):
        corrections(POPULATION, DECEMBER)

"""Wenzhou of 2018-10, then of 2023-06: Longgang's split from Cangnan, the returning zone, all of it."""

import csv
import datetime
from pathlib import Path

import pytest

from jiceng.audit.models import Entry
from jiceng.exchange.editions.answers import answer_rows, read_answers
from jiceng.exchange.editions.deciding import confirm_sure, decide
from jiceng.exchange.editions.effect import NotReady, take_effect
from jiceng.exchange.editions.founding import found_from_edition
from jiceng.exchange.editions.kinds import parent_code
from jiceng.exchange.editions.receiving import receive_edition
from jiceng.exchange.editions.rows import rows_of
from jiceng.exchange.editions.undoing import undo
from jiceng.exchange.models import Fate
from jiceng.registry import paths
from jiceng.registry.models import Heir, Unit, UnitPath
from jiceng.registry.operations import rebuild_paths
from jiceng.registry.queries import unit_by_code, units_on
from tests.conftest import NOON, START

DONE = {"by": "system", "at": NOON}
DAY = datetime.date(2023, 6, 30)
BEFORE = datetime.date(2018, 12, 31)
LONGGANG = datetime.date(2019, 9, 25)
DATA = Path("jiceng/demo/data")


def edition(year):
    with (DATA / f"divisions-wenzhou-{year}.csv").open(encoding="utf-8", newline="") as file:
        return rows_of(enumerate(csv.reader(file), start=1))


def tree_of(rows):
    return {(row.code, row.name, row.parent) for row in rows}


def tree_on(day):
    units = list(units_on(day).values_list("pk", "code", "name", "path"))
    codes = {pk: code for pk, code, _name, _path in units}
    above = {pk: paths.ids_of(path)[-2:-1] for pk, _code, _name, path in units}
    return {
        (code, name, codes[above[pk][0]] if above[pk] else "") for pk, code, name, _path in units
    }


def answered(waiting):
    """Answer every doubtful proposal as proposed, Longgang on the day of its founding."""
    for place, row in enumerate(answer_rows(waiting)):
        cells = list(row)
        if place and cells[3].startswith("330383"):
            cells[5:8] = [LONGGANG.isoformat(), "否", "民政部批复〔2019〕"]
        yield place + 1, cells


def date_longgang(waiting):
    """Say of the sure ones too that they went over on the day on which Longgang was founded."""
    fates = Fate.objects.filter(step__edition=waiting, step__code="330383000000")
    fates.update(day=LONGGANG, day_is_latest=False)


def in_order(waiting):
    """Let every county take effect, those that others wait for first."""
    left = list(waiting.steps.filter(effective_at=None).order_by("code"))
    while left:
        later = []
        for step in left:
            try:
                take_effect(step.pk, **DONE)
            except NotReady as refusal:
                later.append((step, refusal.details))
        assert len(later) < len(left), [(step.name, details[:5]) for step, details in later]
        left = [step for step, _details in later]


@pytest.mark.django_db
def test_it_carries_wenzhou_from_2018_to_2023_and_back():
    old, new = edition(2018), edition(2023)
    found_from_edition(old, START, searchable=False, **DONE)
    waiting = receive_edition(new, DAY, title="2023 年 6 月", **DONE)
    counts = dict(waiting.counts)

    # 1. Every old unit has exactly one class; the rest of the edition has appeared.
    appeared = counts.pop("appeared")
    assert sum(counts.values()) == len(old) == 6083
    fates = Fate.objects.filter(step__edition=waiting)
    assert fates.count() == 6083 - counts["unchanged"]
    continuing = fates.filter(outcome=Fate.Outcome.CONTINUES).count()
    assert counts["unchanged"] + continuing + appeared == len(new)
    assert tree_on(DAY) == tree_of(old)  # nothing has changed yet

    # 2. The sure ones together, the doubtful by the spreadsheet.
    for step in waiting.steps.all():
        confirm_sure(step, **DONE)
    decide(waiting, read_answers(waiting, answered(waiting)), **DONE)
    date_longgang(waiting)
    assert not fates.filter(decided_at=None).exists()

    # 3. County by county; then both trees are the editions, each on its day.
    in_order(waiting)
    assert tree_on(DAY) == tree_of(new)
    assert tree_on(BEFORE) == tree_of(old)
    assert_paths_hold()
    assert Entry.objects.filter(action="exchange.edition.took_effect").count() == (
        waiting.steps.count()
    )

    # 4. Longgang stands from the day of its founding and inherits its town.
    city = unit_by_code("330383000000", LONGGANG)
    town = unit_by_code("330327101000", LONGGANG - datetime.timedelta(days=1))
    assert (city.valid_from, town.valid_to, town.ending) == (LONGGANG, LONGGANG, "merger")
    assert Heir.objects.get(unit=town.pk).heir_id == city.pk
    zone = unit_by_code("330371005000", BEFORE)
    assert unit_by_code("330303012000", DAY).pk == zone.pk  # 海城街道 went back to Longwan
    assert not units_on(DAY).filter(code="330371000000").exists()

    # 5. A reused code: one community has gone to another code, another bears it now.
    assert unit_by_code("330304001004", BEFORE).name == "净水社区"
    assert unit_by_code("330304001004", DAY).name == "会昌社区"
    assert unit_by_code("330304001007", DAY).pk == unit_by_code("330304001004", BEFORE).pk

    # 6. Longwan undone: it is as it was, all others stay; then everything again as before.
    step = waiting.steps.get(code="330303000000")
    undo(step.pk, reason="试撤回", **DONE)
    longwan = {row for row in tree_on(DAY) if row[0].startswith(("330303", "330371"))}
    assert longwan == {row for row in tree_of(old) if row[0].startswith(("330303", "330371"))}
    assert tree_on(BEFORE) == tree_of(old)
    assert_paths_hold()
    take_effect(step.pk, **DONE)
    assert tree_on(DAY) == tree_of(new)


def assert_paths_hold():
    """The paths are what the placements say."""
    shape = ("unit_id", "valid_from", "valid_to", "path")
    before = set(UnitPath.objects.values_list(*shape))
    rebuild_paths(Unit.objects.filter(level=1).values_list("pk", flat=True))
    assert set(UnitPath.objects.values_list(*shape)) == before


def test_the_parent_of_a_row_is_told_by_its_code():
    assert parent_code("330383198008", 5) == "330383198000"

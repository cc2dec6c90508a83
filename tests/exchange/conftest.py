"""Sending files in, as a page would."""

import csv
import datetime
import io

import pytest
import xlsxwriter

from jiceng.exchange import folders
from jiceng.exchange.declarations import KINDS
from jiceng.exchange.models import Import
from jiceng.exchange.operations import begin_applying, begin_undoing, receive
from jiceng.exchange.rows import Reading
from jiceng.exchange.sheets import csv_lines
from jiceng.exchange.staging import Staging
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import ancestors_of, unit_by_code
from tests.conftest import NOON, START

DAY = datetime.date(2017, 6, 1)
DONE = {"by": "system", "at": NOON}


def as_csv(rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def as_xlsx(rows):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, str(cell))
    book.close()
    return buffer.getvalue()


def with_titles(kind, rows):
    """Return rows (dicts by column key) under the kind's header."""
    columns = KINDS[kind].columns
    return [
        [column.title for column in columns],
        *[[str(row.get(column.key, "")) for column in columns] for row in rows],
    ]


def faults_of(one):
    with Staging(folders.staging_of(one)) as staging:
        return staging.faults(1_000)


def effects_of(one):
    """Return what the rows would change, by number of the row."""
    with Staging(folders.staging_of(one)) as staging:
        rows = staging.effects(0, 1_000)
    return {row.number: [sentence for _what, sentence in row.effects] for row in rows}


def exported(kind, day=DAY):
    """Return what an export of everything holds, as the text of a CSV."""
    kind = KINDS[kind]
    return "".join(csv_lines(kind, kind.export(Reading(day=day, today=day, scope=None))))


@pytest.fixture
def send(django_capture_on_commit_callbacks, settings, tmp_path):
    """Upload rows or bytes of a kind; return the import, checked."""
    settings.MEDIA_ROOT = tmp_path

    def sending(kind, rows, *, name="file", by="system", day=DAY):
        content = rows if isinstance(rows, bytes) else as_csv(with_titles(kind, rows))
        with django_capture_on_commit_callbacks(execute=True):
            one = receive([content], kind=kind, name=name, day=day, by=by, at=NOON)
        one.refresh_from_db()
        return one

    return sending


@pytest.fixture
def apply(django_capture_on_commit_callbacks):
    def applying(one, *, skip_faulty=False, by="system"):
        with django_capture_on_commit_callbacks(execute=True):
            begin_applying(one, skip_faulty=skip_faulty, by=by, at=NOON)
        one.refresh_from_db()
        return one

    return applying


@pytest.fixture
def undo(django_capture_on_commit_callbacks):
    def undoing(one, reason="发错了文件"):
        with django_capture_on_commit_callbacks(execute=True):
            begin_undoing(one, reason=reason, **DONE)
        one.refresh_from_db()
        return one

    return undoing


@pytest.fixture
def committee(county):
    """The town's committee, under which imported branches stand."""
    (number,) = found_units(
        [Founding("东镇党委", "party_committee", 1, "W1", domain="organ", seat=county.town)],
        tree="organisation",
        day=START,
        **DONE,
    )
    return number


def branch(code, name="党支部", parent="W1", seat="990102001001", **more):
    row = {"code": code, "name": name, "kind": "党支部", "domain": "农村"}
    return {**row, "parent": parent, "seat": seat, "founded": "2017-01-01", **more}


@pytest.fixture
def standing(send, apply, committee):
    """Under the committee a general branch with two branches, and a branch beside it."""
    rows = [
        branch("A", "甲总支", kind="党总支"),
        branch("A1", "一支部", parent="A"),
        branch("A2", "二支部", parent="A"),
        branch("B", "乙支部"),
    ]
    return apply(send("organisations", rows))


def number_of(code, day=DAY):
    return unit_by_code(code, day).pk


def above(code, day):
    """Return the names of what a unit stands below, from the top."""
    return [unit.name for unit in ancestors_of(unit_by_code(code, day).path, day)]


State = Import.State

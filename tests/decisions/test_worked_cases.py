"""The worked cases that an official can read and correct, carried out with the real operations.

Cases that begin alike share what stands before their steps: it is done once, and each case goes on
from there and is undone.
"""

from pathlib import Path

import pytest
import yaml
from django.db import transaction

from jiceng.procedures import catalogue
from tests.decisions.judging import follow, standing_of
from tests.decisions.telling import Run, preparation_of

FOLDER = Path(__file__).parent / "worked"
WANTED = 80


def _told():
    """Return every case with the name of its file."""
    return [
        (path.stem, told)
        for path in sorted(FOLDER.glob("*.yaml"))
        for told in yaml.safe_load(path.read_text(encoding="utf-8")).get("案例", ())
    ]


def _alike():
    """Return the cases, those that begin alike together: a preparation is one object."""
    preparations = {}
    for theme, told in TOLD:
        preparation = preparation_of(told)
        shared, cases = preparations.setdefault(repr(preparation), (preparation, []))
        cases.append(pytest.param(shared, told, id=f"{theme}：{told['名称']}"))
    return [case for _shared, cases in preparations.values() for case in cases]


TOLD = _told()


@pytest.fixture(scope="module")
def prepared(request, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Run(request.param)
        transaction.set_rollback(True)


@pytest.fixture
def run(prepared, db, monkeypatch):
    return prepared.again(monkeypatch)


@pytest.mark.parametrize(("prepared", "told"), _alike(), indirect=["prepared"])
def test_comes_out_as_the_table_says(run, told):
    for row in told["步骤"]:
        follow(run, row)

    assert standing_of(run.case) == told["最后"]


def test_there_are_enough_of_them_and_none_stands_twice():
    names = [told["名称"] for _theme, told in TOLD]

    assert len(set(names)) == len(names) >= WANTED


def test_every_case_names_its_source():
    assert [told["名称"] for _theme, told in TOLD if not told.get("依据", "").strip()] == []


def test_every_procedure_that_is_shipped_occurs():
    told = {told["程序"] for _theme, told in TOLD}

    own = {one.procedure.title for one in catalogue.newest() if one.procedure.listed}
    assert own - told == set()

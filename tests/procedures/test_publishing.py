"""A published version stays as it is; running cases stay on theirs."""

import pytest

from jiceng.procedures import catalogue, operations
from jiceng.procedures.catalogue import Shipped
from jiceng.procedures.models import ProcedureVersion
from jiceng.procedures.reading import procedure_of
from jiceng.procedures.refusals import Changed, Faulty
from tests.procedures.conftest import MONDAY, TEXT, Run, moment

DONE = {"by": "system", "at": moment(MONDAY)}


def test_the_same_text_is_published_once(county):
    first = operations.publish_version(TEXT, **DONE)

    assert operations.publish_version(TEXT, **DONE) == first


def test_another_text_under_the_same_number_is_refused(county):
    operations.publish_version(TEXT, **DONE)
    with pytest.raises(Changed, match="新的版本号"):
        operations.publish_version(TEXT.replace("修", "建") + "\n# 改动", **DONE)


def test_a_faulty_one_is_refused_with_its_faults(county):
    with pytest.raises(Faulty) as refusal:
        operations.publish_version(TEXT.replace("kind: form", "kind: dance"), **DONE)

    assert "没有登记" in refusal.value.details[0]


def test_a_running_case_stays_on_its_version(people, monkeypatch):
    run = Run(people)
    text = TEXT.replace("version: 1", "version: 2").replace("title: 提议", "title: 动议")
    newer = Shipped("test_motion@2", text, procedure_of(text))
    monkeypatch.setitem(catalogue.SHIPPED.entries, newer.code, newer)
    later = Run(people)

    assert run.now().current.title == "提议"
    assert later.now().current.title == "动议"
    run.propose()
    assert run.now().procedure.version == 1
    assert ProcedureVersion.objects.count() == 2

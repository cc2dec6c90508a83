"""The command that checks, loads and judges programmes."""

import pytest
from django.core.management import CommandError, call_command

from jiceng.programmes.models import Programme
from tests.conftest import NOON
from tests.programmes.test_definition import WENZHOU


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "programme.yaml"
    path.write_text(WENZHOU.replace("330300000000", "990100000000"), encoding="utf-8")
    return path


def test_a_file_is_checked_loaded_and_judged(county, file, capsys, monkeypatch):
    monkeypatch.setattr("jiceng.core.clock.now", lambda: NOON)
    for act in (["check", str(file)], ["load", str(file)], ["judge", "wenzhou-belts-2017"]):
        call_command("programme", *act)
    assert Programme.objects.get().judgings.count() == 1
    assert "没有问题" in capsys.readouterr().out


def test_a_faulty_file_is_answered_with_its_lines(db, file):
    file.write_text(file.read_text(encoding="utf-8").replace("1/2", "half"), encoding="utf-8")
    for act in ("check", "load"):
        with pytest.raises(CommandError, match=r"第 \d+ 行"):
            call_command("programme", act, str(file))


def test_a_programme_that_has_ended_is_not_loaded_anew(county, file):
    with pytest.raises(CommandError, match="终止日"):
        call_command("programme", "load", str(file))


@pytest.mark.parametrize("content", [None, "温州".encode("gbk")])
def test_a_file_that_is_missing_or_of_another_encoding_gets_a_sentence(tmp_path, content):
    path = tmp_path / "other.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=r"没有文件|UTF-8"):
        call_command("programme", "check", str(path))

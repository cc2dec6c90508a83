"""The first set-up, from the command line: divisions, organisations, people, posts."""

import csv
import datetime

import pytest
from django.core.management import CommandError, call_command

from jiceng.registry.models import Post
from jiceng.registry.queries import unit_by_code
from tests.exchange.conftest import as_csv, branch, with_titles
from tests.exchange.small import BASE, TITLES

DAY = datetime.date(2017, 1, 1)


@pytest.fixture
def divisions(tmp_path):
    path = tmp_path / "divisions.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([TITLES, *BASE])
    return path


@pytest.mark.django_db
def test_an_empty_installation_is_filled_from_files(divisions, tmp_path, capsys):
    call_command("edition", str(divisions), day=DAY)
    assert unit_by_code("990102001001", DAY).name == "上村委会"

    organisations = tmp_path / "organisations.csv"
    organisations.write_bytes(
        as_csv(with_titles("organisations", [branch("B1", "一支部", parent="")]))
    )
    call_command("load", "organisations", str(organisations), day=DAY)
    assert unit_by_code("B1", DAY).name == "一支部"
    assert "已导入 1 行" in capsys.readouterr().out
    assert not Post.objects.exists()


@pytest.mark.django_db
def test_faults_are_told_and_nothing_is_written(divisions, tmp_path):
    faulty = tmp_path / "faulty.csv"
    faulty.write_text(divisions.read_text().replace("990102001001", "99010200100"))
    with pytest.raises(CommandError, match="代码"):
        call_command("edition", str(faulty), day=DAY)
    with pytest.raises(CommandError, match="没有文件"):
        call_command("edition", str(tmp_path / "none.csv"), day=DAY)
    with pytest.raises(CommandError, match="没有这一类"):
        call_command("load", "nothing", str(divisions), day=DAY)

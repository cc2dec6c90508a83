"""The first edition: checked as a whole, founded as of a day, nothing left by a killed one."""

import csv
import datetime
from pathlib import Path

import pytest
from django.db import connection

from jiceng.audit.models import Entry
from jiceng.exchange.editions import founding
from jiceng.exchange.editions.founding import AlreadyFounded, FoundingUnderWay, found_from_edition
from jiceng.exchange.editions.kinds import base_of, kind_of
from jiceng.exchange.editions.rows import FaultyEdition, rows_of
from jiceng.registry import search
from jiceng.registry.models import Batch, Unit, UnitCode
from jiceng.registry.queries import units_on
from tests.conftest import NOON, START

DONE = {"by": "system", "at": NOON}
DATA = Path("jiceng/demo/data")
TITLES = ("level", "code", "name")
SMALL = [
    ("3", "330328", "文成县"),
    ("4", "330328100", "大峃镇"),
    ("5", "330328100015", "城南社区居委会"),
    ("5", "330328100239", "坪山村委会"),
]


def table(*rows):
    return enumerate([TITLES, *rows], start=1)


def edition(year):
    with (DATA / f"divisions-wenzhou-{year}.csv").open(encoding="utf-8", newline="") as file:
        return rows_of(enumerate(csv.reader(file), start=1))


@pytest.mark.django_db
def test_it_founds_what_the_edition_names_and_nothing_before_its_day():
    numbers = found_from_edition(rows_of(table(*reversed(SMALL))), START, **DONE)

    units = {unit.code: (unit.name, unit.kind, unit.level) for unit in units_on(START)}
    assert units == {
        "330328000000": ("文成县", "county", 3),
        "330328100000": ("大峃镇", "township", 4),
        "330328100015": ("城南社区居委会", "community", 5),
        "330328100239": ("坪山村委会", "village", 5),
    }
    assert not units_on(START - datetime.timedelta(days=1)).exists()
    assert search.find("pingshan", day=START)[0].unit == numbers["330328100239"]
    assert Entry.objects.get().action == "exchange.edition.founded"


@pytest.mark.django_db
def test_it_refuses_to_found_what_stands_already():
    found_from_edition(rows_of(table(*SMALL)), START, **DONE)
    with pytest.raises(AlreadyFounded, match="作为新版本上传"):
        found_from_edition(rows_of(table(*SMALL)), START, **DONE)


@pytest.mark.django_db(transaction=True)
def test_it_shows_nothing_of_a_killed_founding_and_begins_again(monkeypatch):
    monkeypatch.setattr(founding, "_SQLITE_CHUNK", 2)

    def killed(*_args, **_kwargs):
        raise KeyboardInterrupt

    rows = rows_of(table(*SMALL))
    with monkeypatch.context() as during:
        during.setattr(founding, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            found_from_edition(rows, START, **DONE)
    assert not units_on(START).exists()
    assert search.find("文成", day=START) == []

    found_from_edition(rows, START, **DONE)

    assert (units_on(START).count(), Unit.objects.count(), Batch.objects.count()) == (4, 4, 1)


def test_a_city_repeated_as_its_own_county_is_one_division():
    rows = rows_of(
        table(("2", "4419", "东莞市"), ("3", "441900", "东莞市"), ("4", "441900003", "东城街道"))
    )
    assert [(row.level, row.name) for row in rows] == [(2, "东莞市"), (4, "东城街道")]
    assert rows[1].parent == rows[0].code


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("5", "33032810024", "丁村委会"), "第 6 行：代码“33032810024”有 11 位"),
        (("5", "330328999001", "丁村委会"), "上级 330328999000 不在文件里"),
        (("5", "330328100239", "丁村委会"), "代码 330328100239 与第"),
        (("4", "330328100240", "丁村委会"), "代码 330328100240 与级别 4 不符"),
        (("9", "330328100240", "丁村委会"), "级别“9”不是 1 至 5"),
        (("5", "330328100240", ""), "第 6 行：名称为空"),
    ],
)
def test_it_names_the_row_and_the_mend(row, sentence):
    with pytest.raises(FaultyEdition) as refusal:
        rows_of(table(*SMALL, row))
    assert any(sentence in detail for detail in refusal.value.details)


def test_it_asks_for_the_missing_column():
    with pytest.raises(FaultyEdition, match="第 1 行缺少“代码”列"):
        rows_of(enumerate([("level", "name")], start=1))


@pytest.mark.parametrize(
    ("level", "name", "kind", "base"),
    [
        (5, "炉山村委会", "village", "炉山"),
        (5, "玉和社区居委会", "community", "玉和"),
        (5, "余山畲族村委会", "village", "余山"),
        (5, "开发区虚拟社区", "other_village", "开发区"),
        (5, "桥墩茶场生活区", "other_village", "桥墩茶场"),
        (4, "城东街道办事处", "subdistrict", "城东"),
        (4, "乌岩岭自然保护区", "other_town", "乌岩岭自然保护区"),
    ],
)
def test_a_kind_is_told_by_the_end_of_the_name(level, name, kind, base):
    assert (kind_of(level, "330300000000", name), base_of(level, name)) == (kind, base)


@pytest.mark.parametrize(("code", "kind"), [("330371000000", "zone"), ("310115000000", "county")])
def test_a_county_called_new_area_is_told_from_a_zone_by_its_code(code, kind):
    assert kind_of(3, code, "浦东新区") == kind


@pytest.mark.django_db
def test_it_founds_wenzhou_of_2018_with_5401_village_committees():
    found_from_edition(edition(2018), START, searchable=False, **DONE)

    assert UnitCode.objects.count() == 6083
    villages = units_on(START).filter(level=5)
    assert villages.count() == 5879
    assert villages.filter(kind="village").count() == 5401


@pytest.mark.django_db
def test_two_first_foundings_do_not_take_each_other_away(monkeypatch):
    """On SQLite, where a founding goes in chunks, the second one is told to wait."""
    real, told = founding._found, []

    def found_while_another_comes(*arguments):
        try:
            if connection.vendor == "sqlite":
                found_from_edition(rows_of(table(*SMALL)), START, **DONE)
        except FoundingUnderWay as refusal:
            told.append(refusal.sentence)
        return real(*arguments)

    monkeypatch.setattr(founding, "_chunk_size", lambda: 1)
    monkeypatch.setattr(founding, "_found", found_while_another_comes)
    found_from_edition(rows_of(table(*SMALL)), START, **DONE)

    assert units_on(START).count() == len(SMALL)
    assert Batch.objects.filter(finished_at=None).count() == 0
    assert len(told) == (len(SMALL) if connection.vendor == "sqlite" else 0)

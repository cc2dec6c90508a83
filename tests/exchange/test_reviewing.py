"""Deciding and taking effect: what is refused, in words, and nothing half done."""

import datetime
from fractions import Fraction

import pytest

from jiceng.agenda.models import Item
from jiceng.audit.models import Entry
from jiceng.exchange.editions import receiving, reliance
from jiceng.exchange.editions.answers import TITLES, answer_rows, read_answers
from jiceng.exchange.editions.checking import what_keeps_back
from jiceng.exchange.editions.deciding import (
    Decision,
    FaultyDecision,
    InEffect,
    confirm_sure,
    decide,
)
from jiceng.exchange.editions.effect import NotReady, take_effect
from jiceng.exchange.editions.receiving import (
    NotFoundedYet,
    ReceivedAlready,
    receive_edition,
)
from jiceng.exchange.editions.rows import rows_of
from jiceng.exchange.editions.undoing import ChangedSince, NotInEffect, ReliedOn, undo
from jiceng.exchange.models import Edition, Fate
from jiceng.registry.models import Succession
from jiceng.registry.operations import Founding, found_units, rename_units
from jiceng.registry.queries import unit_by_code, units_on
from tests.conftest import NOON, START
from tests.exchange.small import BASE, MERGED, table

DONE = {"by": "system", "at": NOON}
DAY = datetime.date(2017, 5, 1)
APRIL = datetime.date(2017, 4, 1)
BIG = ("990102001004", Fraction(1))


@pytest.fixture
def edition(county):
    return receive_edition(rows_of(table(MERGED)), DAY, title="新版", **DONE)


def test_two_received_at_once_do_not_take_each_other_away(county, monkeypatch):
    real = receiving._write

    def write_while_another_comes(*arguments):
        with pytest.raises(receiving.ReceivingUnderWay, match="请等它完成"):
            receive_edition(rows_of(table(MERGED[:-1])), DAY, title="另一份", **DONE)
        real(*arguments)

    monkeypatch.setattr(receiving, "_write", write_while_another_comes)
    edition = receive_edition(rows_of(table(MERGED)), DAY, title="新版", **DONE)

    assert edition.steps.exists()


@pytest.fixture
def step(edition):
    return edition.steps.get(code="990102000000")


def fate(edition, name):
    return Fate.objects.get(step__edition=edition, name=name)


def merge_all(edition, day=None):
    names = ("上村委会", "下村委会")
    decisions = [Decision(fate(edition, n).pk, "succeeded", (BIG,), day) for n in names]
    decide(edition, decisions, **DONE)


def ready(edition, step, day=None):
    confirm_sure(step, **DONE)
    merge_all(edition, day)


def answers(*rows):
    return enumerate([TITLES, *rows], start=1)


def test_the_comparison_says_why_it_proposes_what(edition):
    middle, upper = fate(edition, "中村委会"), fate(edition, "上村委会")
    assert (middle.change, middle.outcome, middle.sure) == ("kind_changed", "continues", True)
    assert (upper.change, upper.outcome, upper.sure) == ("vanished", "succeeded", False)
    assert "代码未变" in middle.reason
    assert [heir.code for heir in upper.heirs.all()] == ["990102001004"]
    assert Item.objects.get().title == "审核区划变更：乙县（新版）"


def test_the_same_list_is_received_once_and_only_where_the_register_holds_its_place(edition):
    with pytest.raises(ReceivedAlready, match="继续审核"):
        receive_edition(rows_of(table(MERGED)), DAY, title="又一份", **DONE)
    elsewhere = [("2", "880100000000", "丁市"), ("3", "880102000000", "戊县")]
    with pytest.raises(NotFoundedYet, match="先导入首个版本"):
        receive_edition(rows_of(table(elsewhere)), DAY, title="外地", **DONE)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        ({"outcome": "succeeded", "heirs": (("990102009999", Fraction(1)),)}, "不在这份区划里"),
        ({"outcome": "succeeded", "heirs": ()}, "没有填新代码"),
        ({"outcome": "abolished", "heirs": (BIG,)}, "就不要填新代码"),
        ({"outcome": "succeeded", "heirs": ((BIG[0], Fraction(1, 2)),)}, "相加不等于一"),
        ({"outcome": "succeeded", "heirs": (BIG, BIG)}, "同一去向写了两次"),
        ({"outcome": "continues", "heirs": (("990102002001", Fraction(1)),)}, "没有变化的单位"),
        ({"outcome": "continues", "heirs": (BIG,), "day": START}, "须在 2017-01-01 之后"),
        (
            {"outcome": "continues", "heirs": (BIG,), "day": DAY.replace(month=6)},
            "2017-05-01（含）之前",
        ),
    ],
)
def test_a_decision_that_cannot_hold_is_refused(edition, decision, sentence):
    with pytest.raises(FaultyDecision) as refusal:
        decide(edition, [Decision(fate(edition, "上村委会").pk, **decision)], **DONE)
    assert any(sentence in detail for detail in refusal.value.details)
    assert not Fate.objects.filter(decided_at__isnull=False).exists()


def test_only_one_unit_goes_on_in_a_row(edition):
    both = [
        Decision(fate(edition, name).pk, "continues", (BIG,)) for name in ("上村委会", "下村委会")
    ]
    with pytest.raises(FaultyDecision) as refusal:
        decide(edition, both, **DONE)
    assert "只能有一个延续" in refusal.value.details[0]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("9", "某村", "并入", *BIG[:1]), "第 2 行：原代码“9”不在待审核的单位之中"),
        (("990102001001", "上村委会", "合并", BIG[0]), "去向“合并”应为"),
        (("990102001001", "", "并入", BIG[0], "", "2017年4月"), "生效日“2017年4月”应写成"),
        (("990102001001", "", "并入", BIG[0], "", "", "", "", "一半"), "份额“一半”应写成分数"),
    ],
)
def test_a_faulty_answer_names_its_row(edition, row, sentence):
    with pytest.raises(FaultyDecision) as refusal:
        read_answers(edition, answers(row))
    assert sentence in refusal.value.details[0]


def test_a_split_is_answered_by_two_rows_with_shares(edition, step):
    confirm_sure(step, **DONE)
    upper, lower = "990102001001", "990102001002"
    rows = [
        (upper, "", "分设", BIG[0], "", "2017-04-01", "否", "批复1号", "2/3"),
        (upper, "", "分设", "990102002001", "", "2017-04-01", "否", "批复1号", "1/3"),
        (lower, "", "撤销", "", "", "2017-04-01", "否", "批复2号", ""),
    ]
    decide(edition, read_answers(edition, answers(*rows)), **DONE)
    take_effect(step.pk, **DONE)

    split = Succession.objects.filter(old=unit_by_code(upper, START).pk)
    assert {(s.numerator, s.denominator, s.day, s.document) for s in split} == {
        (2, 3, APRIL, "批复1号"),
        (1, 3, APRIL, "批复1号"),
    }
    assert not split.filter(day_is_latest=True).exists()
    assert list(answer_rows(edition)) == [TITLES]


def test_a_county_takes_effect_only_when_everything_is_decided(edition, step):
    with pytest.raises(NotReady) as refusal:
        take_effect(step.pk, **DONE)
    assert refusal.value.details == ["还有 3 个原单位的去向没有确认，请先确认。"]
    assert not Entry.objects.filter(action="exchange.edition.took_effect").exists()


def test_each_change_holds_from_its_own_day(edition, step):
    ready(edition, step, APRIL)
    take_effect(step.pk, **DONE)

    names = set(units_on(APRIL).filter(level=5).values_list("name", flat=True))
    assert names == {"大村委会", "中村委会", "西社区"}
    assert unit_by_code("990102001003", DAY).name == "中社区"
    assert not Item.objects.filter(done_at=None).exists()
    with pytest.raises(InEffect):
        take_effect(step.pk, **DONE)
    with pytest.raises(InEffect, match="先撤回"):
        merge_all(edition)


def test_a_town_does_not_end_before_its_villages_leave(county):
    gone = [row for row in BASE if row[1] != "990102002000" and row[1] != "990102002001"]
    rows = [*gone, ("5", "990102001005", "西社区")]
    edition = receive_edition(rows_of(table(rows)), DAY, title="撤街道", **DONE)
    town, village = fate(edition, "西街道"), fate(edition, "西社区")
    moved = Decision(village.pk, "continues", (("990102001005", Fraction(1)),), DAY)
    decide(edition, [Decision(town.pk, "abolished", day=APRIL), moved], **DONE)
    step = edition.steps.get()
    with pytest.raises(NotReady) as refusal:
        take_effect(step.pk, **DONE)
    assert "“西街道”2017-04-01 终止，早于其下级“西社区”" in refusal.value.details[0]
    assert "或推后“西街道”的终止日" in refusal.value.details[0]

    decide(edition, [Decision(town.pk, "abolished", day=DAY)], **DONE)
    take_effect(step.pk, **DONE)
    assert unit_by_code("990102001005", DAY).pk == county.community


def test_what_was_not_in_effect_or_changed_since_is_not_undone(edition, step, county):
    with pytest.raises(NotInEffect):
        undo(step.pk, reason="试", **DONE)
    ready(edition, step)
    take_effect(step.pk, **DONE)
    later = DAY.replace(month=6)
    rename_units({county.middle: ("中央社区", "community")}, day=later, **DONE)
    with pytest.raises(ChangedSince):
        undo(step.pk, reason="试", **DONE)
    assert unit_by_code("990102001003", DAY).name == "中社区"


def test_what_figures_are_closed_on_is_not_undone(edition, step, monkeypatch):
    ready(edition, step)
    take_effect(step.pk, **DONE)
    closed = lambda day: [f"{day} 起的 2017-05 已关账"]  # noqa: E731 - a stand-in
    monkeypatch.setattr(reliance, "_REGISTERED", [closed])
    with pytest.raises(ReliedOn) as refusal:
        undo(step.pk, reason="试", **DONE)
    assert refusal.value.details == ["2017-05-01 起的 2017-05 已关账"]


def test_what_stands_below_a_founded_unit_keeps_it(edition, step):
    ready(edition, step)
    take_effect(step.pk, **DONE)
    heir = unit_by_code("990102001004", DAY).pk
    found_units([Founding("一网格", "grid", 6, parent=heir)], tree="division", day=DAY, **DONE)
    with pytest.raises(ReliedOn):
        undo(step.pk, reason="试", **DONE)
    assert unit_by_code("990102001004", DAY).pk == heir


def test_says_how_many_wait_without_reading_the_draft(edition, step, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert what_keeps_back(step) == ["还有 3 个原单位的去向没有确认，请先确认。"]

    ready(edition, step)

    with django_assert_num_queries(10):  # whatever its size
        assert what_keeps_back(step) == []

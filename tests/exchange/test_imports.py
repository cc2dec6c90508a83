"""An import from its arrival to the register, and what becomes of its faulty rows."""

import datetime

import openpyxl
import pytest

from jiceng.audit.models import Entry
from jiceng.core import changes
from jiceng.exchange import folders
from jiceng.exchange.models import JournalPart
from jiceng.exchange.operations import applying as applying_module
from jiceng.exchange.operations import begin_applying, carry_on, withdraw
from jiceng.exchange.refusals import FaultyRows, NothingToApply, NotTheTime
from jiceng.registry.models import Batch, Unit
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import unit_by_code, units_on
from jiceng.registry.refusals import NoSuchUnit
from tests.conftest import NOON, START
from tests.exchange.conftest import (
    DAY,
    DONE,
    State,
    as_csv,
    as_xlsx,
    branch,
    faults_of,
    with_titles,
)


def organisations():
    return units_on(DAY).filter(tree="organisation")


def test_takes_good_rows_in_whatever_the_order_of_parents(send, apply, committee):
    rows = [branch("B2", "二支部", parent="B1"), branch("B1", "一总支"), branch("B3", parent="B2")]
    one = send("organisations", rows)

    assert (one.state, one.counts["good"], one.counts["faulty"]) == (State.PREVIEWED, 3, 0)
    assert organisations().count() == 1  # nothing is written by looking
    apply(one)

    assert (one.state, one.done) == (State.APPLIED, 3)
    third = unit_by_code("B3", DAY)
    assert (third.name, third.level, third.valid_from) == ("党支部", 4, START)
    assert Entry.objects.get(action="exchange.import.applied").count == 3


def test_one_entry_tells_of_all_rows(send, apply, committee):
    before = set(Entry.objects.values_list("action", flat=True))
    apply(send("organisations", [branch(f"B{n}") for n in range(30)]))

    told = Entry.objects.exclude(action__in=before).values_list("action", flat=True)
    assert sorted(told) == [
        "exchange.import.applied",
        "exchange.import.confirmed",
        "exchange.import.received",
    ]


def test_gives_faulty_rows_back_to_be_mended_and_sent_again(send, apply, committee):
    rows = [branch("B1"), branch("B2", seat="99010200100"), branch("", "无代码")]
    one = send("organisations", as_xlsx(with_titles("organisations", rows)))

    assert one.counts == {"rows": 3, "good": 1, "faulty": 2, "unchanged": 0, "doubtful": 0}
    with pytest.raises(FaultyRows):
        begin_applying(one, skip_faulty=False, **DONE)
    apply(one, skip_faulty=True)
    assert organisations().count() == 2

    sheet = openpyxl.load_workbook(folders.faulty_of(one)).active
    returned = [[cell.value or "" for cell in row] for row in sheet]
    assert returned[0][-1] == "错误说明"
    assert "原第 3 行" in returned[1][-1]
    assert "是 11 位，区划代码应为 12 位" in returned[1][-1]
    assert "“组织代码”必填" in returned[2][-1]

    returned[1][5], returned[2][0] = "990102001001", "B3"
    mended = send("organisations", as_xlsx(returned))
    assert mended.counts["faulty"] == 0
    apply(mended)
    assert organisations().count() == 4


def test_what_stands_already_is_left_alone(send, apply, committee):
    apply(send("organisations", [branch("B1")]))
    again = send("organisations", [branch("B1")])

    assert again.counts["unchanged"] == 1
    with pytest.raises(NothingToApply):
        begin_applying(again, skip_faulty=False, **DONE)


FAULTY = {
    "a child of a faulty parent": (
        [branch("B1", seat="1"), branch("B2", parent="B1")],
        (3, "上级组织代码", "上级在第 2 行，那一行有误"),
    ),
    "a parent that does not exist": (
        [branch("B1", parent="W9")],
        (2, "上级组织代码", "没有代码为 W9 的组织"),
    ),
    "a circle": (
        [branch("B1", parent="B2"), branch("B2", parent="B1")],
        (2, "上级组织代码", "绕成一圈：B1（第 2 行）→B2（第 3 行）→B1"),
    ),
    "its own parent": ([branch("B1", parent="B1")], (2, "上级组织代码", "绕成一圈")),
    "a duplicate code": ([branch("B1"), branch("B1", "乙")], (2, "", "与第 3 行重复")),
    "a code that is taken": (
        [branch("990102001001", parent="")],
        (2, "组织代码", "代码 990102001001 已属于"),
    ),
    "a code with 11 digits": (
        [branch("B1", seat="99010200100")],
        (2, "所在区划代码", "11 位，区划代码应为 12 位"),
    ),
    "a division in the parent's place": (
        [branch("B1", parent="990102001001")],
        (2, "上级组织代码", "是区划，这里要填组织"),
    ),
    "founded before its parent": (
        [branch("B1", founded="2017-03-01"), branch("B2", parent="B1")],
        (3, "设立日期", "上级组织设立于2017-03-01"),
    ),
    "a day that is none": ([branch("B1", founded="2017-02-30")], (2, "设立日期", "不是日期")),
    "a kind that is none": ([branch("B1", kind="支队")], (2, "组织类别", "不在可选项中")),
    "an id number": (
        [branch("11010519491231002X")],
        (2, "组织代码", "不收身份证号"),
    ),
}


@pytest.mark.parametrize("case", FAULTY, ids=str)
def test_names_row_column_and_mend_of(case, send, committee):
    rows, expected = FAULTY[case]
    one = send("organisations", rows)

    row, column, words = expected
    assert [words in sentence for n, c, sentence in faults_of(one) if (n, c) == (row, column)] == [
        True
    ]
    assert organisations().count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        ("组织代码,组织名称\nB1,甲\n".encode(), "表头缺少“组织类别”“领域”“所在区划代码”"),
        (as_csv(with_titles("organisations", [])), "没有任何一行内容"),
        (b"PK\x03\x04 no workbook", "已损坏"),
        ("组织代码,组织代码,组织名称\n".encode(), "“组织代码”出现了两次"),
    ],
)
def test_refuses_a_file_as_a_whole_with_a_sentence(send, committee, content, words):
    one = send("organisations", content)

    assert one.state == State.REFUSED
    assert words in one.sentence
    withdraw(one, **DONE)


def test_a_formula_is_a_fault_of_its_row(send, committee):
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for number, row in enumerate(with_titles("organisations", [branch("B1"), branch("B2")])):
        sheet.write_row(number, 0, row)
    sheet.write_formula(2, 1, "=B2")
    book.close()
    one = send("organisations", buffer.getvalue())

    assert any(n == 3 and c == "组织名称" and "选择性粘贴—数值" in s for n, c, s in faults_of(one))


def test_rows_stay_hidden_until_all_are_written_and_a_killed_job_goes_on(
    send, committee, monkeypatch
):
    monkeypatch.setattr(applying_module, "chunk_size", lambda kind: 4)
    one = send("organisations", [branch(f"B{n}") for n in range(10)])
    one = begin_applying(one, skip_faulty=False, **DONE)

    written = []
    real = applying_module._apply_chunk

    def dies_after_two(*arguments):
        written.append(1)
        if len(written) == 3:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(applying_module, "_apply_chunk", dies_after_two)
    with pytest.raises(KeyboardInterrupt):
        carry_on(one.pk, at=NOON)
    one.refresh_from_db()
    assert (one.state, one.done) == (State.APPLYING, 8)
    assert Unit.objects.filter(batch=one.batch).count() == 8
    assert organisations().count() == 1
    with pytest.raises(NoSuchUnit):
        unit_by_code("B1", DAY)

    monkeypatch.setattr(applying_module, "_apply_chunk", real)
    carry_on(one.pk, at=NOON)
    one.refresh_from_db()
    assert (one.state, one.done) == (State.APPLIED, 10)
    assert organisations().count() == 11
    carry_on(one.pk, at=NOON)  # a job that comes twice does no harm
    assert organisations().count() == 11


def test_takes_everything_back_when_the_register_has_changed_since_the_check(
    send, apply, county, committee, monkeypatch
):
    monkeypatch.setattr(applying_module, "chunk_size", lambda kind: 2)
    one = send("organisations", [branch(f"B{n}") for n in range(5)])
    row = Founding("别的支部", "branch", 2, "B4", parent=committee, seat=county.upper)
    found_units([row], tree="organisation", day=START, **DONE)

    apply(one)

    assert one.state == State.FAILED
    assert "检查之后名录有了变化" in one.sentence
    assert organisations().count() == 2
    assert not Unit.objects.filter(batch__isnull=False).exists()
    assert not JournalPart.objects.exists()


def test_is_applied_once(send, apply, committee):
    one = apply(send("organisations", [branch("B1")]))
    with pytest.raises(NotTheTime):
        begin_applying(one, skip_faulty=False, **DONE)
    assert Batch.objects.filter(finished_at=None).count() == 0


def test_tells_the_packages_above_which_days_have_changed(send, apply, committee, monkeypatch):
    told = []
    monkeypatch.setattr(changes, "_listeners", [lambda *what: told.append(what)])
    apply(send("organisations", [branch("B1", founded="2017-02-01")]))

    (models, days, _at) = told[-1]  # when its rows can be seen
    assert "registry.Unit" in models
    assert days == {datetime.date(2017, 2, 1)}

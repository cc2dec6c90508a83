"""Bad input of every named sort: a sentence says where and how to mend it, nothing stays behind,
and the mended file is taken.
"""

import pytest

from jiceng.exchange.operations import withdraw
from jiceng.exchange.readers import opening
from jiceng.exchange.readers.tables import Limits
from jiceng.registry.models import Unit
from tests.exchange.conftest import DONE, State, as_csv, as_xlsx, branch, faults_of, with_titles

GOOD = with_titles("organisations", [branch("B1"), branch("B2", "乙")])
POST = {"unit": "990102001001", "role": "党组织书记", "since": "2017-05-01"}


def damaged(content):
    """Return a CSV whose third line holds a byte that no encoding knows."""
    lines = content.splitlines(keepends=True)
    return b"".join([*lines[:2], b"B2,\xff\xff,", *lines[2:]])


WHOLE = {
    "a file of the wrong kind": (b"%PDF-1.7 ...", "", "请另存为 .xlsx 或 .csv"),
    "an empty one": (b"", "", "请下载模板，填好后再上传"),
    "a broken workbook": (as_xlsx(GOOD)[:900], "", "另存为新的 .xlsx"),
    "a wrong encoding": (damaged(as_csv(GOOD)), "第 3 行", "另存为"),
}


@pytest.mark.parametrize("case", WHOLE, ids=str)
def test_refuses_the_whole_and_says_what_to_do(case, send, apply, committee):
    content, where, mend = WHOLE[case]
    units = Unit.objects.count()

    one = send("organisations", content)

    assert one.state == State.REFUSED
    assert where in one.sentence
    assert mend in one.sentence
    withdraw(one, **DONE)
    assert Unit.objects.count() == units
    assert apply(send("organisations", as_csv(GOOD))).state == State.APPLIED


def test_refuses_too_many_rows_and_says_to_split(send, committee, monkeypatch):
    monkeypatch.setattr(opening, "Limits", lambda: Limits(rows=10))

    one = send("organisations", [branch(f"B{n}") for n in range(11)])

    assert one.state == State.REFUSED
    assert "超过 10 行" in one.sentence
    assert "拆成几个文件" in one.sentence


ROWS = {
    "a code with 11 digits": ([branch("B1", seat="99010200100")], 2, "应为 12 位"),
    "a child before its parent": (
        [branch("B1", founded="2017-03-01"), branch("B2", parent="B1")],
        3,
        "请核对两行的设立日期",
    ),
    "a parent that does not exist": ([branch("B1", parent="W9")], 2, "请核对代码"),
    "a circle": (
        [branch("B1", parent="B2"), branch("B2", parent="B1")],
        2,
        "请改正其中一行的上级代码",
    ),
    "a duplicate code": ([branch("B1"), branch("B1", "乙")], 2, "请核对，只保留一行"),
}


@pytest.mark.parametrize("case", ROWS, ids=str)
def test_names_the_row_and_the_mend(case, send, apply, committee):
    rows, row, mend = ROWS[case]
    units = Unit.objects.count()

    one = send("organisations", as_xlsx(with_titles("organisations", rows)))

    assert [mend in sentence for number, _column, sentence in faults_of(one) if number == row] == [
        True
    ]
    assert Unit.objects.count() == units
    assert apply(send("organisations", as_xlsx(GOOD))).state == State.APPLIED


def test_names_both_rows_whose_dates_overlap_and_the_mend(send, committee):
    holders = [{**POST, "name": name} for name in ("张三", "李四")]

    (fault, *_others) = faults_of(send("posts", holders))

    assert fault[0] == 2
    assert "与第 3 行重叠" in fault[2]
    assert "请改正其中一行的起止日" in fault[2]

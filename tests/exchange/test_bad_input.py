"""Bad input of every named sort: a sentence says where and how to mend it, nothing stays behind,
and the mended file is taken.
"""

import io
import zipfile

import pytest
import xlsxwriter

from jiceng.exchange.models import Import
from jiceng.exchange.operations import receive, withdraw
from jiceng.exchange.operations.receiving import TooLarge
from jiceng.exchange.readers import opening
from jiceng.exchange.readers.tables import Limits
from jiceng.registry.models import Unit
from tests.conftest import NOON
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
from tests.proving import FULL, note, size

GOOD = with_titles("organisations", [branch("B1"), branch("B2", "乙")])
POST = {"unit": "990102001001", "role": "党组织书记", "since": "2017-05-01"}


def damaged(content):
    """Return a CSV whose third line holds a byte that no encoding knows."""
    lines = content.splitlines(keepends=True)
    return b"".join([*lines[:2], b"B2,\xff\xff,", *lines[2:]])


def bomb():
    """Return a workbook of some kilobytes, one part of which unpacks to a hundred megabytes."""
    buffer = io.BytesIO(as_xlsx(GOOD))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/image1.png", bytes(100 << 20))
    return buffer.getvalue()


def with_formula():
    """Return the good rows as a workbook, the second one's name computed."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for number, row in enumerate(GOOD):
        sheet.write_row(number, 0, row)
    sheet.write_formula(2, 1, "=B2")
    book.close()
    return buffer.getvalue()


WHOLE = {
    "a file of the wrong kind": (b"%PDF-1.7 ...", "", "请另存为 .xlsx 或 .csv"),
    "an empty one": (b"", "", "请下载模板，填好后再上传"),
    "a broken workbook": (as_xlsx(GOOD)[:900], "", "另存为新的 .xlsx"),
    "a wrong encoding": (damaged(as_csv(GOOD)), "第 3 行", "另存为"),
    "a zip bomb": (bomb(), "", "请删去多余的工作表和格式"),
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


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_refuses_ten_million_rows_and_says_to_split(send, committee, monkeypatch):
    rows, most = size(small=11, full=10_000_000), size(small=10, full=Limits().rows)
    if not FULL:
        monkeypatch.setattr(opening, "Limits", lambda: Limits(rows=10))

    one = send("organisations", as_csv(GOOD[:1]) + b"B1\n" * rows)

    assert one.state == State.REFUSED
    assert f"超过 {most} 行" in one.sentence
    assert "拆成几个文件" in one.sentence
    assert Unit.objects.filter(tree="organisation").count() == 1
    note("a file of too many rows is refused", "refused", at_size=f"{rows:,} rows")


def test_a_file_too_large_is_refused_while_it_arrives(committee, settings, tmp_path):
    settings.MEDIA_ROOT, settings.UPLOAD_LIMIT_BYTES = tmp_path, 1 << 20
    content = [b" " * (1 << 19)] * 3

    with pytest.raises(TooLarge, match="请拆成几个文件"):
        receive(content, kind="organisations", name="大", day=DAY, by="system", at=NOON)

    assert not Import.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


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


@pytest.mark.parametrize("case", [*ROWS, "a formula", "a unit that ends before its children"])
def test_names_the_row_and_the_mend(case, send, apply, committee):
    rows, row, mend = ROWS.get(case, ([], 3, "选择性粘贴"))
    content = as_xlsx(with_titles("organisations", rows)) if rows else with_formula()
    if case == "a unit that ends before its children":
        apply(send("organisations", [branch("A", kind="党总支"), branch("A1", parent="A")]))
        ended = branch("A", kind="党总支", ends="2017-05-01")
        content, row, mend = (
            as_csv(with_titles("organisations", [ended])),
            2,
            "请在同一份表里把它们终止",
        )
    units = Unit.objects.count()

    one = send("organisations", content)

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

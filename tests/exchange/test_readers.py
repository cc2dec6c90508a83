"""Opening files: it is told by content what they are, and by row what is wrong with them."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from jiceng.exchange.readers import Limits, UnreadableFile, open_table

TEXT = "代码,名称\n990102001001,上村委会\n990102001002,下村委会\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    """Write rows into a workbook; a cell that begins with "=" becomes a formula."""

    def write(rows, name="file.xlsx"):
        path = tmp_path / name
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()
        return path

    return write


def read(path, **limits):
    with open_table(path, limits=Limits(**limits)) as table:
        return table.header, list(table.lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_reads_every_usual_encoding_and_delimiter(file, encoding, delimiter):
    header, lines = read(file(TEXT.replace(",", delimiter).encode(encoding)))

    assert header == ["代码", "名称"]
    assert [line.cells for line in lines] == [
        ["990102001001", "上村委会"],
        ["990102001002", "下村委会"],
    ]
    assert [line.number for line in lines] == [2, 3]


def test_numbers_rows_by_where_they_begin(file):
    _header, lines = read(file('代码,说明\n1,"两\n行"\n\n,\n2,一行\n'))

    assert [(line.number, line.cells[0]) for line in lines] == [(2, "1"), (6, "2")]


def test_names_the_row_and_byte_of_a_wrong_encoding(file):
    damaged = TEXT.encode() + "9,某".encode() + b"\xff\n"
    with pytest.raises(UnreadableFile, match="第 4 行（第 72 个字节）"):
        read(file(damaged))
    with pytest.raises(UnreadableFile, match="第 2 行"):
        read(file(b"code,name\n1,\xff\xff\n"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b" \n\n", "文件是空的"),
        (b"%PDF-1.7 ...", "这是 PDF 文件"),
        (b"<html><table>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "取消密码",
        ),
        ("代码,名称\n".encode("utf-16"), "UTF-16"),
        (b"a,b\n1,\0\n", "不是文本文件"),
        (b"PK\x03\x04 broken", "工作簿已损坏"),
        ('代码,名称\n1,"没有结束\n2,乙\n'.encode(), "第 2 行的双引号"),
        (b'{"type": "FeatureCollection", "features": [', "不完整"),
        (b'{"type": "Point"}', "FeatureCollection"),
    ],
)
def test_refuses_what_is_no_table_and_says_what_to_do(file, content, words):
    with pytest.raises(UnreadableFile, match=words):
        read(file(content))


def test_refuses_too_many_rows_and_columns(file, workbook):
    many = "代码\n" + "1\n" * 30
    for path in (file(many), workbook([["代码"]] + [["1"]] * 30)):
        with pytest.raises(UnreadableFile, match="超过 10 行"):
            read(path, rows=10)
    with pytest.raises(UnreadableFile, match="表头有 5 列"):
        read(file("a,b,c,d,e\n"), columns=4)


def test_marks_cells_that_are_too_long_or_outside_the_header(file):
    _header, lines = read(file("代码,名称\n1,甲,多\n2," + "长" * 50 + "\n"), characters=20)

    assert "多于表头" in lines[0].faults[0].sentence
    assert (lines[1].faults[0].column, len(lines[1].cells[1])) == (1, 20)


def test_reads_numbers_dates_texts_and_gaps_of_a_workbook(tmp_path):
    path = tmp_path / "file.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy年m月d日"})
    sheet.write_row(0, 0, ["代码", "名称", "日期", "数", "是否"])
    sheet.write_row(1, 0, [990102001001, "上村 & 下村"])
    sheet.write_number(1, 2, 43100, day)
    sheet.write_number(1, 3, 0.25)
    sheet.write_boolean(1, 4, True)
    sheet.write(4, 1, "只有名称")
    book.close()

    _header, lines = read(path)

    assert lines[0].cells == ["990102001001", "上村 & 下村", "2017-12-31", "0.25", "是"]
    assert (lines[1].number, lines[1].cells) == (5, ["", "只有名称", "", "", ""])


def test_reads_the_same_whoever_wrote_the_workbook(tmp_path):
    rows = [["代码", "名称"], ["1", "甲"], ["2", None], ["3", "丙"]]
    streamed, plain = tmp_path / "streamed.xlsx", tmp_path / "plain.xlsx"
    book = xlsxwriter.Workbook(streamed, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    other = openpyxl.Workbook()
    for row in rows:
        other.active.append(row)
    other.save(plain)

    assert read(streamed) == read(plain)


def test_refuses_a_formula_by_row_and_column(workbook):
    _header, lines = read(workbook([["代码", "名称"], ["1", "甲"], ["2", "=A2"]]))

    assert lines[0].faults == []
    assert (lines[1].number, lines[1].faults[0].column) == (3, 1)
    assert "公式" in lines[1].faults[0].sentence


def rezipped(path, change):
    """Return the bytes of the workbook with its parts passed through `change`."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zip_:
        parts = {name: source.read(name) for name in source.namelist()}
        for name, content in change(parts).items():
            zip_.writestr(name, content)
    return out.getvalue()


def without(name):
    return lambda parts: {n: c for n, c in parts.items() if n != name}


def plus(name, content):
    return lambda parts: {**parts, name: content}


DTD = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet><sheetData/></worksheet>'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("xl/worksheets/sheet1.xml"), "已损坏"),
        (without("xl/sharedStrings.xml"), "已损坏"),
        (without("[Content_Types].xml"), "压缩包"),
        (plus("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"), "已损坏"),
        (plus("xl/worksheets/sheet1.xml", DTD), "已损坏"),
        (plus("xl/vbaProject.bin", b"x"), "宏"),
        (plus("xl/media/big.bin", b"\0" * (60 << 20)), "解压后过大"),
    ],
)
def test_refuses_broken_and_dangerous_workbooks(file, workbook, change, words):
    content = rezipped(workbook([["代码"], ["甲"]]), change)
    with pytest.raises(UnreadableFile, match=words):
        read(file(content))


def test_counts_what_a_zip_bomb_really_unpacks_to(file, workbook):
    """The sizes in the directory lie; the real ones are counted while unpacking."""
    honest = rezipped(workbook([["代码"], ["甲"]]), plus("xl/sharedStrings.xml", b" " * (3 << 20)))
    declared = (3 << 20).to_bytes(4, "little")
    lying = honest.replace(declared, (100).to_bytes(4, "little"))
    with pytest.raises(UnreadableFile, match=r"解压后过大|已损坏"):
        read(file(lying), bytes_unpacked=1 << 20)
    with pytest.raises(UnreadableFile, match="解压后过大"):
        read(file(honest), bytes_unpacked=1 << 20)


def test_takes_points_out_of_geojson(file):
    _header, lines = read(
        file(
            '{"type": "FeatureCollection", "features": ['
            '{"type": "Feature", "properties": {"代码": "1"},'
            ' "geometry": {"type": "Point", "coordinates": [120.5, 28]}},'
            '{"type": "Feature", "properties": {"代码": "2"}, "geometry": null}]}'
        )
    )
    assert lines[0].cells == ["1", "120.5", "28"]
    assert "不是点" in lines[1].faults[0].sentence

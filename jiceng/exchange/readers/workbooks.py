"""XLSX, streamed: the first sheet is parsed as it is unpacked; shared strings lie on disk."""

import datetime
import functools
import mmap
import posixpath
import re
import tempfile
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from jiceng.exchange.readers.packages import Package, broken
from jiceng.exchange.readers.refusals import UnreadableFile
from jiceng.exchange.readers.tables import Fault, Limits, Line, Table, with_header

_DATE_FORMATS = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_DATE_CODE = re.compile(r"[ymdh]|[年月日]", re.IGNORECASE)
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def open_workbook(path: Path, limits: Limits) -> Table:
    with ExitStack() as stack:
        package = stack.enter_context(closing(Package(path, limits)))
        book = _book_of(package)
        file = stack.enter_context(tempfile.TemporaryFile())
        strings = stack.enter_context(closing(_SharedStrings(package, book.strings, file)))
        lines = _SheetReader(package, book, strings, limits).lines()
        return with_header("xlsx", "", lines, limits, stack.pop_all().close)


@dataclass
class _Book:
    """What must be known before the sheet is read."""

    sheet: str
    strings: str = ""
    from_1904: bool = False
    dates: set[int] = field(default_factory=set)  # style numbers that show a number as a date


def _elements(package: Package, name: str, take: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, attributes: take(tag.rpartition(" ")[2], attributes)
    package.parse(name, parser)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return (kind, target part) by the number of the relation."""
    folder, name = posixpath.split(part)
    address = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def take(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship" and given.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
            found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], target[1:])

    if address in package:
        _elements(package, address, take)
    return found


def _book_of(package: Package) -> _Book:
    if "[Content_Types].xml" not in package:
        raise UnreadableFile(_("这是压缩包，不是工作簿。请解压后上传其中的 .xlsx 或 .csv 文件。"))
    targets = [t for kind, t in _relations(package, "").values() if kind == "officeDocument"]
    main = targets[0] if targets else ""
    if main.endswith(".bin"):
        raise UnreadableFile(_("这是二进制工作簿（.xlsb）。请另存为 .xlsx 再上传。"))
    if "xl/vbaProject.bin" in package:
        raise UnreadableFile(_("工作簿带有宏。请另存为不带宏的 .xlsx 再上传。"))
    if not main.startswith("xl/"):
        raise UnreadableFile(_("这不是 Excel 工作簿。请另存为 .xlsx 再上传。"))
    if main not in package:
        raise broken()
    return _read_book(package, main)


def _read_book(package: Package, main: str) -> _Book:
    relations = _relations(package, main)
    sheets: list[str] = []
    book = _Book("")

    def take(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            sheets.extend(value for name, value in given.items() if name.endswith(" id"))
        elif tag == "workbookPr":
            book.from_1904 = given.get("date1904") in {"1", "true"}

    _elements(package, main, take)
    parts = dict(relations.values())
    tables = [relations[s][1] for s in sheets if relations.get(s, ("", ""))[0] == "worksheet"]
    if not tables or tables[0] not in package:
        raise broken()
    book.sheet = tables[0]
    book.strings = parts.get("sharedStrings", "")
    if book.strings and book.strings not in package:
        raise broken()
    if parts.get("styles", "") in package:
        book.dates = _date_styles(package, parts["styles"])
    return book


def _date_styles(package: Package, part: str) -> set[int]:
    formats, found, place = set(_DATE_FORMATS), set(), [-1, False]

    def take(tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt":
            code = _NOT_CODE.sub("", given.get("formatCode", ""))
            if _DATE_CODE.search(code):
                formats.add(int(given.get("numFmtId", "0")))
        elif tag in {"cellXfs", "cellStyleXfs"}:
            place[1] = tag == "cellXfs"
        elif tag == "xf" and place[1]:
            place[0] += 1
            if int(given.get("numFmtId", "0")) in formats:
                found.add(place[0])

    _elements(package, part, take)
    return found


class _SharedStrings:
    """The texts that cells point to, in a file of their own; eight bytes each in memory."""

    def __init__(self, package: Package, part: str, file: IO[bytes]) -> None:
        self._file = file
        self._ends = array("q", [0])
        self._map: mmap.mmap | None = None
        if part:
            self._read(package, part)
            self._file.flush()
        if self._ends[-1]:
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)

    def _read(self, package: Package, part: str) -> None:
        texts: list[str] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def start(tag: str, _given: dict[str, str]) -> None:
            tag = tag.rpartition(":")[2]
            if tag == "t":
                parser.CharacterDataHandler = texts.append
            elif tag == "rPh":  # a reading of the characters, not the text
                parser.StartElementHandler = None

        def end(tag: str) -> None:
            tag = tag.rpartition(":")[2]
            parser.CharacterDataHandler = None
            if tag == "si":
                whole = "".join(texts).encode()
                texts.clear()
                self._file.write(whole)
                self._ends.append(self._ends[-1] + len(whole))
            elif tag == "rPh":
                parser.StartElementHandler = start

        parser.StartElementHandler, parser.EndElementHandler = start, end
        package.parse(part, parser)

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self._ends) - 1:
            raise broken()
        begin, end = self._ends[place], self._ends[place + 1]
        return self._map[begin:end].decode() if self._map and end > begin else ""

    def close(self) -> None:
        if self._map is not None:
            self._map.close()


class _SheetReader:
    """Handlers of the parser; a finished row goes into `_done` and out with the next block."""

    def __init__(
        self, package: Package, book: _Book, strings: _SharedStrings, limits: Limits
    ) -> None:
        self._package, self._book, self._strings, self._limits = package, book, strings, limits
        self._done: deque[Line] = deque()
        self._row = 0
        self._cells: list[str] = []
        self._faults: list[Fault] = []
        self._column = -1
        self._kind = self._style = ""
        self._formula = False
        self._texts: list[str] = []

    def lines(self) -> Iterator[Line]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 65_536
        self._parser = parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        for _block in self._package.feed(self._book.sheet, parser):
            while self._done:
                yield self._done.popleft()

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "c":
            self._begin_cell(given)
        elif tag in {"v", "t"}:
            self._parser.CharacterDataHandler = self._texts.append
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row = int(given.get("r") or self._row + 1)
            self._cells, self._faults, self._column = [], [], -1
        elif ":" in tag:
            self._start(tag.rpartition(":")[2], given)

    def _begin_cell(self, given: dict[str, str]) -> None:
        address = given.get("r", "")
        letters = address.rstrip("0123456789")
        self._column = _column_of(letters) if address else self._column + 1
        if self._column > self._limits.columns + 20:
            raise UnreadableFile(
                _("第 %(row)d 行的内容一直排到第 %(column)d 列。请只保留模板中的列。")
                % {"row": self._row, "column": self._column + 1}
            )
        self._kind, self._style = given.get("t", ""), given.get("s", "")
        self._formula = False
        self._texts.clear()

    def _end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._parser.CharacterDataHandler = None
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            if self._faults or any(map(str.strip, self._cells)):
                self._done.append(Line(self._row, self._cells, self._faults))
        elif ":" in tag:
            self._end(tag.rpartition(":")[2])

    def _end_cell(self) -> None:
        if self._formula:
            self._fault(_("这一格是公式。请复制后“选择性粘贴—数值”，再上传。"))
            self._put("")
        elif self._texts:
            self._put(self._value("".join(self._texts)))

    def _put(self, text: str) -> None:
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells.extend([""] * missing)
        if missing < 0:
            raise broken()
        self._cells.append(text)

    def _fault(self, sentence: str) -> None:
        self._faults.append(Fault(self._column, sentence))

    def _value(self, text: str) -> str:
        kind = self._kind
        if kind == "s":
            return self._strings[int(text)] if text.isdigit() else ""
        if kind in {"inlineStr", "str", "d"}:
            return text
        if kind == "b":
            return "是" if text == "1" else "否"
        if kind == "e":
            self._fault(_("这一格是错误值（%s）。请改正后再上传。") % text)
            return ""
        return self._number(text)

    def _number(self, text: str) -> str:
        if self._style and int(self._style) in self._book.dates:
            return self._date(text)
        if text.isdigit():
            return text
        try:
            value = float(text)
        except ValueError:
            return text
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)

    def _date(self, text: str) -> str:
        begin = datetime.date(1904, 1, 1) if self._book.from_1904 else datetime.date(1899, 12, 30)
        try:
            return (begin + datetime.timedelta(days=int(float(text)))).isoformat()
        except (ValueError, OverflowError):
            self._fault(_("这一格不是有效的日期。请写成 2017-12-31 的样子。"))
            return ""


@functools.lru_cache(maxsize=1_024)
def _column_of(letters: str) -> int:
    """Return 0 for "A", 27 for "AB"."""
    number = 0
    for letter in letters:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter) - 64
    return number - 1

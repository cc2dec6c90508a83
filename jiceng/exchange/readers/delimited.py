"""CSV: UTF-8 with or without BOM, or GB18030 (which holds GBK and GB2312), found by reading on."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from jiceng.exchange.readers.refusals import UnreadableFile
from jiceng.exchange.readers.tables import Limits, Line, Table, too_many_rows, with_header

_BLOCK = 1 << 16
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def open_delimited(path: Path, limits: Limits) -> Table:
    encoding = encoding_of(path, limits)
    file = path.open(encoding=encoding, newline="")
    lines = _lines(file, delimiter_of(file), limits)
    return with_header("csv", encoding, lines, limits, file.close)


def encoding_of(path: Path, limits: Limits) -> str:
    """Return the encoding in which the whole file can be read.

    Raises:
        UnreadableFile: neither fits, the file is no text, or it has too many rows.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(_WIDE):
        raise UnreadableFile(
            _("文件是 UTF-16 编码（“Unicode 文本”）。请另存为“CSV UTF-8”或 .xlsx 再上传。")
        )
    first = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    fault = _first_fault(path, first, limits)
    if fault is None:
        return first
    if not fault.after_chinese and _first_fault(path, "gb18030", limits) is None:
        return "gb18030"
    raise UnreadableFile(
        _(
            "第 %(row)d 行（第 %(place)d 个字节）既不是 UTF-8 也不是 GBK 编码。"
            "请在 Excel 或 WPS 中打开，另存为“CSV UTF-8”再上传。"
        )
        % {"row": fault.row, "place": fault.place}
    )


@dataclass(frozen=True, slots=True)
class _Misfit:
    """The first byte, counted from 1, that an encoding cannot read. Text in which Chinese was
    read before it is in that encoding and damaged; GB18030 would read most of it as other words.
    """

    row: int
    place: int
    after_chinese: bool


def _first_fault(path: Path, encoding: str, limits: Limits) -> _Misfit | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    rows, place, chinese = 1, 0, False
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            kept = len(decoder.getstate()[0])
            try:
                chinese |= not decoder.decode(block, final=not block).isascii()
            except UnicodeDecodeError as error:
                at = max(error.start - kept, 0)
                chinese |= not error.object[: error.start].isascii()
                return _Misfit(rows + block.count(b"\n", 0, at), place + at + 1, chinese)
            if b"\0" in block:
                raise UnreadableFile(_("这不是文本文件，也不是工作簿。请上传 .xlsx 或 .csv 文件。"))
            rows += block.count(b"\n")
            if rows > limits.rows + 2:
                raise too_many_rows(limits)
            place += len(block)
            if not block:
                return None


def delimiter_of(file: TextIO) -> str:
    """Return the mark that parts the cells of the first row: comma, semicolon or tab."""
    first = file.readline(100_000)
    file.seek(0)
    outside = "".join(first.split('"')[::2])
    return max(",;\t", key=outside.count)


def _lines(file: TextIO, delimiter: str, limits: Limits) -> Iterator[Line]:
    """Yield rows that bear text, numbered by the line on which each begins."""
    csv.field_size_limit(limits.characters * 32)
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFile(
                _("第 %d 行的双引号不成对，或一格太长。请检查这一行的引号后再上传。") % begins
            ) from error
        if any(cells) and any(cell.strip() for cell in cells):
            yield Line(begins, cells)
        begins = reader.line_num + 1

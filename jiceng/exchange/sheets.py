"""Tables written out: templates, exports, and the workbook that gives faulty rows back."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from jiceng.exchange.columns import FAULT_TITLE
from jiceng.exchange.declarations import Kind
from jiceng.exchange.parsing import escaped

_LAST_ROW = 1_048_576


def write_template(kind: Kind, file: IO[bytes]) -> None:
    """Write a workbook to fill in: the header, choices to pick from, and a sheet of notes."""
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#f1f1ec", "bottom": 1})
    sheet = book.add_worksheet(str(kind.title)[:31])
    texts = book.add_format({"num_format": "@"})
    for place, column in enumerate(kind.columns):
        title = f"{column.title}*" if column.required else column.title
        sheet.set_column(place, place, max(12, len(title) * 2 + 2), texts)
        sheet.write_string(0, place, title, bold)
        if column.choices:
            _offer(sheet, place, column.choices)
    sheet.freeze_panes(1, 0)
    notes = book.add_worksheet(_("填写说明"))
    notes.set_column(0, 3, 24)
    notes.write_row(0, 0, [_("列名"), _("必填"), _("示例"), _("说明")], bold)
    for number, column in enumerate(kind.columns, 1):
        required = _("是") if column.required else _("否")
        notes.write_row(number, 0, [column.title, required])
        notes.write_string(number, 2, column.example)
        notes.write_string(
            number, 3, " ".join(filter(None, [column.help, _listed(column.choices)]))
        )
    book.close()


def _offer(sheet: Worksheet, place: int, choices: Sequence[str]) -> None:
    if len(",".join(choices)) <= 255:  # what Excel takes as a list
        sheet.data_validation(
            1, place, 10_000, place, {"validate": "list", "source": list(choices)}
        )


def _listed(choices: Sequence[str]) -> str:
    return _("可选：%s。") % "、".join(choices) if choices else ""


def write_workbook(
    target: Path, kind: Kind, rows: Iterable[Sequence[object]], about: Sequence[tuple[str, str]]
) -> int:
    """Write rows as XLSX, with a second sheet that says what they are; return how many."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(str(kind.title)[:31])
    for place, column in enumerate(kind.columns):
        sheet.write_string(0, place, column.title, bold)
    count = 0
    for count, row in enumerate(rows, 1):
        if count >= _LAST_ROW:
            raise ValueError("more rows than a sheet holds")
        for place, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(count, place, value)
            else:
                sheet.write_string(count, place, _shown(value))
    notes = book.add_worksheet(_("说明"))
    for number, (label, text) in enumerate([*about, (_("行数"), str(count))]):
        notes.write_string(number, 0, label, bold)
        notes.write_string(number, 1, text)
    book.close()
    return count


def csv_lines(kind: Kind, rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a CSV, a piece at a time, beginning with the mark by which Excel knows UTF-8.

    A text that a spreadsheet program would take for a formula is marked as text.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([column.title for column in kind.columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([escaped(_shown(value)) for value in row])
        if number % 500 == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def write_faulty(
    target: Path,
    header: Sequence[str],
    rows: Iterable[tuple[int, list[str], list[tuple[str, str]]]],
) -> None:
    """Write the faulty rows as they were sent, with what is wrong beside them, to be mended."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    bold = book.add_format({"bold": True})
    red = book.add_format({"font_color": "#a3261b"})
    sheet = book.add_worksheet(_("有误的行"))
    titles = [title for title in header if title != FAULT_TITLE]
    for place, title in enumerate([*titles, FAULT_TITLE]):
        sheet.set_column(place, place, 60 if title == FAULT_TITLE else 18)
        sheet.write_string(0, place, title, bold)
    kept = [place for place, title in enumerate(header) if title != FAULT_TITLE]
    for number, (origin, cells, faults) in enumerate(rows, 1):
        if number >= _LAST_ROW:
            break  # the rest stays behind: mend these first
        for at, place in enumerate(kept):
            sheet.write_string(number, at, cells[place])
        sheet.write_string(number, len(kept), sentence_of(origin, faults), red)
    book.close()


def sentence_of(row: int, faults: Sequence[tuple[str, str]]) -> str:
    """Return what is wrong with a row, by its number in the file and its columns."""
    words = " ".join(f"“{column}”：{text}" if column else text for column, text in faults)
    return _("原第 %(row)d 行，%(words)s") % {"row": row, "words": words}

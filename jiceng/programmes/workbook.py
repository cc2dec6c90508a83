"""A board as a workbook: what each target comes to, every verdict, and what the targets say."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiceng.programmes.models import Verdict
from jiceng.programmes.queries.boards import Board
from jiceng.programmes.queries.verdicts import Named
from jiceng.programmes.words import asked_by


def workbook_of(board: Board, verdicts: Iterable[Named]) -> bytes:
    """Return an XLSX file of three sheets: totals, verdicts, definitions."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    _write(book.add_worksheet(_("总表")), bold, _totals(board))
    _write(book.add_worksheet(_("逐项")), bold, _rows(verdicts))
    _write(book.add_worksheet(_("目标说明")), bold, _definitions(board))
    book.close()
    return target.getvalue()


def _write(sheet: Worksheet, bold: Format, rows: Iterable[Sequence[object]]) -> None:
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, bold if number == 0 else None)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 8, 16)
    sheet.freeze_panes(1, 0)


def _totals(board: Board) -> Iterable[Sequence[object]]:
    yield [
        _("目标"),
        _("门槛"),
        _("结论"),
        _("达到"),
        _("有差距"),
        _("不适用"),
        _("还差"),
        _("单位"),
    ]
    for cell in board.totals:
        yield [
            cell.target.title,
            asked_by(cell.target),
            str(Verdict.State(cell.state).label),
            cell.met,
            cell.short,
            cell.not_applicable,
            cell.gap,
            cell.target.measured_in,
        ]
    yield []
    yield [_("项目名称"), board.seen.programme.title]
    yield [_("批准文号"), board.seen.programme.approval_ref]
    yield [_("范围"), board.root.name]
    yield [_("考核日"), board.day.isoformat()]
    if board.judging:
        yield [_("计算时间"), board.judging.computed_at.isoformat(timespec="seconds")]


def _rows(verdicts: Iterable[Named]) -> Iterable[Sequence[object]]:
    yield [
        _("目标"),
        _("名称"),
        _("上级"),
        _("数值"),
        _("全部"),
        _("门槛"),
        _("结论"),
        _("还差"),
        _("单位"),
    ]
    for one in verdicts:
        yield [
            one.target.title,
            one.name,
            one.above,
            one.verdict.numerator,
            "" if one.verdict.denominator is None else one.verdict.denominator,
            asked_by(one.target),
            str(one.verdict.get_state_display()),
            one.verdict.gap,
            one.target.measured_in,
        ]


def _definitions(board: Board) -> Iterable[Sequence[object]]:
    yield [_("目标"), _("门槛"), _("怎么算"), _("出处"), _("理解")]
    for target in board.seen.definition.targets:
        yield [
            target.title,
            asked_by(target),
            target.definition,
            target.source,
            target.interpretation,
        ]
    for assumption in board.seen.definition.assumptions:
        yield [_("说明"), "", assumption]

"""The rules of a place as a workbook, for who wants them beside the desk."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from jiceng.core.periods import FOREVER
from jiceng.rules import words
from jiceng.rules.declarations import UNKNOWN
from jiceng.rules.queries import Listed

_WIDTHS = (24, 32, 22, 26, 14, 12, 12, 48, 10, 24, 10, 48)


def workbook_of(groups: Iterable[tuple[str, Sequence[Listed]]]) -> bytes:
    """Return an XLSX file of one sheet: a row for each rule, in the order of the page."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("规则"))
    sheet.write_row(0, 0, _heads(), book.add_format({"bold": True, "bottom": 1}))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    rows = (_row(topic, one) for topic, listed in groups for one in listed)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row, wrapped)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)
    book.close()
    return target.getvalue()


def _heads() -> list[str]:
    return [
        _("类目"),
        _("规则"),
        _("情形"),
        _("数值"),
        _("适用范围"),
        _("生效日"),
        _("失效日"),
        _("依据"),
        _("依据等级"),
        _("约束方式"),
        _("不符合时"),
        _("说明"),
    ]


def _row(topic: str, listed: Listed) -> list[str]:
    rule = listed.rule
    if rule is None:
        return [topic, listed.title, "", _("没有适用的规则")]
    return [
        topic,
        listed.title,
        listed.kind,
        words.value_in_words(rule.value),
        rule.place_name,
        _("不详") if rule.valid_from == UNKNOWN else rule.valid_from.isoformat(),
        "" if rule.valid_to == FOREVER else rule.valid_to.isoformat(),
        rule.source,
        words.grade_in_words(rule.grade),
        words.binds_in_words(rule.binds),
        words.effect_in_words(rule.refuses),
        rule.note,
    ]

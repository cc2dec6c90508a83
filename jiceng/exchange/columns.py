"""A file's header against a kind's columns, and a row's cells into values."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.exchange.declarations import Column, Kind
from jiceng.exchange.parsing import clean
from jiceng.exchange.readers import UnreadableFile
from jiceng.exchange.rows import Fault, Row, Unreadable

FAULT_TITLE = "错误说明"  # the column that the workbook of faulty rows adds


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a file each column of the kind stands."""

    places: tuple[tuple[Column, int], ...]
    absent: tuple[Column, ...]
    day: datetime.date  # of the file
    ignored: tuple[str, ...]  # titles that the kind does not know

    def row(self, number: int, cells: Sequence[str], decision: str = "") -> Row:
        """Return a row with its values; what cannot be read, and what is missing, is a fault."""
        row = Row(number, {}, decision)
        values = row.values
        for column, place in self.places:
            text = clean(cells[place])
            if text:
                try:
                    values[column.key] = column.parse(text)
                except Unreadable as refusal:
                    values[column.key] = None
                    row.fault(column.title, _("格式不对"), refusal.sentence)
            else:
                values[column.key] = self.day if column.else_day else None
                if column.required:
                    row.fault(
                        column.title, _("缺少内容"), _("“%s”必填，这一格是空的。") % column.title
                    )
        for column in self.absent:
            row.values[column.key] = self.day if column.else_day else None
        return row


def layout_of(kind: Kind, header: Sequence[str], day: datetime.date) -> Layout:
    """Find the kind's columns in a header, in any order, by title.

    Raises:
        UnreadableFile: a required column is missing, or a title stands twice.
    """
    titles = {_plain(column.title): column for column in kind.columns}
    places: dict[str, tuple[Column, int]] = {}
    ignored: list[str] = []
    for place, title in enumerate(header):
        column = titles.get(_plain(title))
        if column is None:
            ignored.append(title)
        elif column.key in places:
            raise UnreadableFile(_("表头里“%s”出现了两次。请删去一列。") % column.title)
        else:
            places[column.key] = (column, place)
    missing = [c.title for c in kind.columns if c.required and c.key not in places]
    if missing:
        raise UnreadableFile(
            _("表头缺少“%(missing)s”。请用“%(kind)s”的模板，表头放在第一行，不要改动列名。")
            % {"missing": "”“".join(missing), "kind": kind.title}
        )
    unknown = tuple(title for title in ignored if title and title != FAULT_TITLE)
    absent = tuple(column for column in kind.columns if column.key not in places)
    return Layout(tuple(places.values()), absent, day, unknown)


def _plain(title: str) -> str:
    """Return a title without blanks and without the star that marks what is required."""
    return "".join(title.split()).rstrip("*").replace("(", "（").replace(")", "）")


def cell_faults(header: Sequence[str], faults: Iterable[tuple[int, str]]) -> list[Fault]:
    """Return what the reader found wrong with cells, under the titles of their columns."""
    return [
        Fault(header[place] if place < len(header) else "", _("单元格不能使用"), sentence)
        for place, sentence in faults
    ]

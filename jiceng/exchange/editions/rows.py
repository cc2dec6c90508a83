"""The rows of an edition, checked as a whole: every fault in a sentence with row and mend."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.core.refusals import Invalid
from jiceng.exchange.editions.kinds import FULL, WIDTHS, fits, kind_of, padded, parent_code

_LONGEST_NAME = 80
_SHOWN = 50  # faults told at a time
_TITLES = {
    "level": ("level", "级别", "层级"),
    "code": ("code", "代码", "统计用区划代码"),
    "name": ("name", "名称"),
}


class FaultyEdition(Invalid):
    """Rows of the edition cannot be taken as they are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One division of an edition; `line` is its row in the file."""

    level: int
    code: str  # padded to twelve digits
    name: str
    line: int = 0

    @property
    def kind(self) -> str:
        return kind_of(self.level, self.code, self.name)

    @property
    def parent(self) -> str:
        return parent_code(self.code, self.level)


def rows_of(table: Iterable[tuple[int, Sequence[str]]]) -> list[Row]:
    """Read (row number, cells), the titles first, into rows in code order, checked.

    Raises:
        FaultyEdition: a column is missing, or cells cannot be read; nothing is kept.
    """
    stream = iter(table)
    columns = _columns(next(stream, (1, []))[1])
    rows: list[Row] = []
    faults: list[str] = []
    for line, cells in stream:
        if not any(cell.strip() for cell in cells):
            continue
        taken = _read(line, cells, columns)
        if isinstance(taken, str):
            faults.append(taken)
        else:
            rows.append(taken)
    _refuse(faults)
    return checked(rows)


def _columns(titles: Sequence[str]) -> list[int]:
    clean = [title.strip().lower() for title in titles]
    places = []
    for names in _TITLES.values():
        place = next((clean.index(name) for name in names if name in clean), None)
        if place is None:
            raise FaultyEdition(
                _("第 1 行缺少“%s”列。表头应为 level、code、name（级别、代码、名称）。") % names[1]
            )
        places.append(place)
    return places


def _read(line: int, cells: Sequence[str], columns: list[int]) -> Row | str:
    """Return the row, or the sentence that says what is wrong with it."""
    level, code, name = (cells[at].strip() if at < len(cells) else "" for at in columns)
    if level not in {"1", "2", "3", "4", "5"}:
        return _("第 %(line)d 行：级别“%(level)s”不是 1 至 5，请改正。") % {
            "line": line,
            "level": level,
        }
    widths = {WIDTHS[int(level)], FULL}
    if not (code.isascii() and code.isdigit()) or len(code) not in widths:
        return _(
            "第 %(line)d 行：代码“%(code)s”有 %(length)d 位，第 %(level)s 级应为 %(width)d 位"
            "或 12 位数字。请补齐被截去的数字。"
        ) % {
            "line": line,
            "code": code,
            "length": len(code),
            "level": level,
            "width": min(widths),
        }
    return Row(int(level), padded(code), name, line)


def checked(rows: Iterable[Row], *, standing: Collection[str] = ()) -> list[Row]:
    """Return rows in code order (parents before children), or refuse all of them.

    Rows of the highest level given may stand without a parent. The order of the file does not
    matter. A city without counties is repeated as its own county (东莞市, 441900): such
    stand-ins are left out, its towns stand under the city.

    Args:
        standing: codes that the register holds on the day, which may also be parents.

    Raises:
        FaultyEdition: with up to fifty sentences in `details`.
    """
    ordered = _without_stand_ins(sorted(rows, key=lambda row: (row.code, row.level)))
    if not ordered:
        raise FaultyEdition(_("文件里没有区划。请确认表头之下有数据。"))
    top = min(row.level for row in ordered)
    known = {row.code: row for row in ordered}
    _refuse(list(_faults(ordered, known, top, standing)))
    return ordered


def _without_stand_ins(ordered: list[Row]) -> list[Row]:
    return [
        row
        for above, row in zip([None, *ordered], ordered, strict=False)
        if above is None
        or (row.code, row.name) != (above.code, above.name)
        or row.level == above.level
    ]


def _faults(
    rows: list[Row], known: dict[str, Row], top: int, standing: Collection[str]
) -> Iterator[str]:
    for row in rows:
        words = {"line": row.line, "code": row.code, "name": row.name, "level": row.level}
        if not row.name or len(row.name) > _LONGEST_NAME:
            yield _("第 %(line)d 行：名称为空或超过 80 字，请改正。") % words
        if not fits(row.code, row.level):
            yield _("第 %(line)d 行：代码 %(code)s 与级别 %(level)d 不符，请改正其一。") % words
        elif known[row.code] is not row:
            words["first"] = known[row.code].line
            yield _("第 %(line)d 行：代码 %(code)s 与第 %(first)d 行重复，请删去一行。") % words
        elif row.level > top and row.parent not in known and row.parent not in standing:
            words["parent"] = row.parent
            yield (
                _(
                    "第 %(line)d 行：“%(name)s”的上级 %(parent)s 不在文件里，"
                    "也不在登记册里。请补上这一行，或改正代码。"
                )
                % words
            )


def _refuse(faults: list[str]) -> None:
    if faults:
        raise FaultyEdition(
            _("这份区划有 %d 处错误，没有导入任何一行。请改正后重新上传。") % len(faults),
            details=faults[:_SHOWN],
        )


def digest_of(rows: Iterable[Row]) -> str:
    """Return the SHA-256 of what the rows say, whatever their order in the file."""
    sha = hashlib.sha256()
    for row in sorted(rows, key=lambda row: row.code):
        sha.update(f"{row.level},{row.code},{row.name}\n".encode())
    return sha.hexdigest()

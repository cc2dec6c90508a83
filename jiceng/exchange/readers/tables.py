"""What every reader hands out: a header, and lines with their row numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jiceng.exchange.readers.refusals import UnreadableFile


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused."""

    rows: int = 2_000_000
    columns: int = 200
    characters: int = 4_000  # of one cell
    bytes_unpacked: int = 1 << 30  # of a workbook's parts together
    members: int = 1_000  # parts of a workbook


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell already when it is read. `column` counts from 0."""

    column: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, numbered as in the file: the header of a plain table is row 1."""

    number: int
    cells: list[str]
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Table:
    """An opened file. `lines` can be walked once; rows without any text are left out."""

    form: str  # "csv", "xlsx" or "geojson"
    encoding: str  # of a CSV
    header: list[str]
    lines: Iterator[Line]
    close: Callable[[], None] = lambda: None

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def with_header(
    form: str, encoding: str, lines: Iterator[Line], limits: Limits, close: Callable[[], None]
) -> Table:
    """Take the first line that bears text as the header and hand out the rest, within limits.
    Closes what was opened when it refuses.

    Raises:
        UnreadableFile: no line at all, a faulty header, or too many columns.
    """
    try:
        header = _header_of(next(lines, None), limits)
    except BaseException:
        close()
        raise
    return Table(form, encoding, header, _within(lines, len(header), limits), close)


def _header_of(first: Line | None, limits: Limits) -> list[str]:
    if first is None:
        raise UnreadableFile(_("文件里没有内容。请下载模板，填好后再上传。"))
    if first.faults:
        raise UnreadableFile(
            _("表头（第 %(row)d 行）不能使用：%(why)s")
            % {"row": first.number, "why": first.faults[0].sentence}
        )
    header = [cell.strip() for cell in first.cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > limits.columns:
        raise UnreadableFile(
            _("表头有 %(count)d 列，超过 %(cap)d 列。请只保留模板中的列。")
            % {"count": len(header), "cap": limits.columns}
        )
    return header


def _within(lines: Iterator[Line], width: int, limits: Limits) -> Iterator[Line]:
    for count, line in enumerate(lines, 1):
        if count > limits.rows:
            raise too_many_rows(limits)
        yield _fitted(line, width, limits)


def too_many_rows(limits: Limits) -> UnreadableFile:
    return UnreadableFile(
        _("文件超过 %d 行，不能一次导入。请按县（市、区）拆成几个文件，分次上传。") % limits.rows
    )


def _fitted(line: Line, width: int, limits: Limits) -> Line:
    """Pad a short line; mark cells that stand outside the header or are too long."""
    cells, faults = line.cells, line.faults
    if len(cells) < width:
        cells = cells + [""] * (width - len(cells))
    elif len(cells) > width:
        if any(cell.strip() for cell in cells[width:]):
            faults = [*faults, Fault(width, _("这一行的格数多于表头，请检查是否多了分隔符。"))]
        cells = cells[:width]
    longest = max(map(len, cells), default=0)
    if longest > limits.characters:
        at = next(i for i, cell in enumerate(cells) if len(cell) == longest)
        sentence = _("这一格有 %(count)d 个字，超过 %(cap)d 个字。") % {
            "count": longest,
            "cap": limits.characters,
        }
        faults = [*faults, Fault(at, sentence)]
        cells = [cell[: limits.characters] for cell in cells]
    return line if cells is line.cells else Line(line.number, cells, faults)

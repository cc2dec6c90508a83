"""The rows of a table of divisions or answers, read from a file where it lies."""

from collections.abc import Iterator
from pathlib import Path

from jiceng.exchange.readers import UnreadableFile, open_table


def rows_at(path: str | Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells), the titles first.

    Raises:
        UnreadableFile: it is no table, or a cell cannot be read.
    """
    with open_table(path) as table:
        yield 1, table.header
        for line in table.lines:
            if line.faults:
                raise UnreadableFile(f"{line.number}: {line.faults[0].sentence}")
            yield line.number, line.cells

"""An uploaded table, read where it lies: the readers want a file with a path."""

import tempfile
from collections.abc import Iterator

from django.core.files.uploadedfile import UploadedFile

from jiceng.exchange.readers import UnreadableFile, open_table


def table_of(file: UploadedFile) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells), the titles first.

    Raises:
        UnreadableFile: it is no table, or a cell cannot be read.
    """
    with tempfile.NamedTemporaryFile(suffix=".table") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        with open_table(kept.name) as table:
            yield 1, table.header
            for line in table.lines:
                if line.faults:
                    raise UnreadableFile(f"{line.number}: {line.faults[0].sentence}")
                yield line.number, line.cells

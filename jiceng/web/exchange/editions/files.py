"""An uploaded table, read where it lies: the readers want a file with a path."""

import tempfile
from collections.abc import Iterator

from django.core.files.uploadedfile import UploadedFile

from jiceng.exchange.editions.tables import rows_at


def table_of(file: UploadedFile) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells), the titles first.

    Raises:
        UnreadableFile: it is no table, or a cell cannot be read.
    """
    with tempfile.NamedTemporaryFile(suffix=".table") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        yield from rows_at(kept.name)

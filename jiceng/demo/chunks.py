"""Calling a bulk operation on many rows, a transaction's worth at a time."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

SIZE = 1_500  # rows a transaction; SQLite keeps other writers waiting no longer than that
Row = TypeVar("Row")


def chunks(rows: Sequence[Row], size: int = SIZE) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def in_chunks(
    operation: Callable[..., Any], rows: Sequence[Row], size: int = SIZE, **given: Any
) -> list[int]:
    """Call `operation` on every chunk and return the numbers it gave, in the order of `rows`."""
    numbers: list[int] = []
    for chunk in chunks(rows, size):
        numbers += operation(chunk, **given) or []
    return numbers

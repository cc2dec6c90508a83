"""What is said of each row behind a figure: its unit, what it is, and its day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jiceng.core.declarations import Source
from jiceng.registry.models import Unit
from jiceng.registry.queries import described


@dataclass(frozen=True, slots=True)
class Line:
    unit: Unit | None
    text: str
    day: datetime.date


def lines_of(source: Source, rows: Iterable[Any], day: datetime.date) -> list[Line]:
    """Return a line for each row. Two statements for the units, whatever their number."""
    rows = list(rows)
    units = described({owner_of(source, row) for row in rows}, day)
    return [
        Line(units.get(owner_of(source, row)), text_of(row), getattr(row, source.day_field))
        for row in rows
    ]


def owner_of(source: Source, row: Any) -> int:
    """Return the number of the unit that a row belongs to."""
    return int(getattr(row, "pk" if source.unit_field == "pk" else f"{source.unit_field}_id"))


def text_of(row: Any) -> str:
    """Return a row's own words: a name, a title, or what is stated with its value."""
    for field in ("name", "title"):
        if isinstance(getattr(row, field, None), str):
            return str(getattr(row, field))
    if hasattr(row, "value"):
        return f"{row.get_kind_display()} {row.value:,}"
    if hasattr(row, "level") and hasattr(row, "standard_id"):
        return str(row.level)
    return ""

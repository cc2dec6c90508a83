"""What the duty lists say of a unit."""

import datetime


def duties_of(unit: int, day: datetime.date) -> frozenset[str]:
    """Return the items of a unit's duty list in force on `day`; empty where none was entered."""
    return frozenset()

"""Days and periods. A period's end is exclusive; what has no end ends on FOREVER."""

import datetime
from dataclasses import dataclass

FOREVER = datetime.date(9999, 12, 31)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month: the period by which figures are counted."""

    year: int
    month: int

    @classmethod
    def of(cls, day: datetime.date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2017-12`.

        Raises:
            ValueError: not a year and a month.
        """
        year, _, month = text.partition("-")
        parsed = cls(int(year), int(month))
        datetime.date(parsed.year, parsed.month, 1)
        return parsed

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.month, 1)

    @property
    def end(self) -> datetime.date:
        """The first day after the month."""
        return self.next().first

    @property
    def last(self) -> datetime.date:
        return self.end - DAY

    def next(self) -> "Month":
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> "Month":
        return Month.of(self.first - DAY)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def overlaps(
    a_from: datetime.date, a_to: datetime.date, b_from: datetime.date, b_to: datetime.date
) -> bool:
    """Say whether two periods share a day; ends are exclusive."""
    return a_from < b_to and b_from < a_to

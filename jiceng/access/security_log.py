"""How long wrong passwords are kept, from `data/security_log.yaml`."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import yaml

from jiceng.core.periods import Month


@dataclass(frozen=True, slots=True)
class Retention:
    """The rule `log.retention`, in whole months.

    Raises:
        ValueError: fewer months than the source asks for.
    """

    kept_months: int
    at_least: int
    source: str
    rule: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.kept_months < self.at_least:
            raise ValueError(f"{self.rule}: {self.kept_months} < {self.at_least}")

    def first_kept(self, today: datetime.date) -> datetime.date:
        """Return the first day whose records are still kept: what is older has passed the whole
        period, to the day or by up to a month.
        """
        month = Month.of(today)
        for _ in range(self.kept_months):
            month = month.previous()
        return month.first


RETENTION = Retention(
    **yaml.safe_load((Path(__file__).parent / "data" / "security_log.yaml").read_text("utf-8"))
)

"""How long documents are kept, from `data/retention.yaml`."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from jiceng.documents.refusals import UnknownRetention

_READ = yaml.safe_load((Path(__file__).parent / "data" / "retention.yaml").read_text("utf-8"))
SOURCE, GRADE = str(_READ["source"]), str(_READ["grade"])
WITHDRAWN_KEPT = datetime.timedelta(days=int(_READ["withdrawn"]["days"]))
_FROM_NEXT_YEAR = bool(_READ["count_from_next_year"])


@dataclass(frozen=True, slots=True)
class Term:
    """A class of retention."""

    code: str
    title: str
    years: int | None  # None: for ever

    @property
    def shown(self) -> str:
        """Its title in the language of the page."""
        return _(self.title)

    def until(self, day: datetime.date) -> datetime.date | None:
        """Return the first day on which what was added on `day` need not be kept; None: never."""
        if self.years is None:
            return None
        if _FROM_NEXT_YEAR:
            return datetime.date(day.year + 1 + self.years, 1, 1)
        return day.replace(year=day.year + self.years, day=min(day.day, 28))


TERMS = {one["code"]: Term(**one) for one in _READ["terms"]}


def term_of(code: str) -> Term:
    """Return the class of retention.

    Raises:
        UnknownRetention: none has this code.
    """
    if code not in TERMS:
        raise UnknownRetention(_("没有这一档保管期限。请从列出的期限中选择。"))
    return TERMS[code]

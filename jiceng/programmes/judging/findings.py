"""What one target comes to at one place: which things count, which do not, what is missing."""

from dataclasses import dataclass
from typing import Literal

from jiceng.programmes.definition.declarations import Target

UNIT, BELT, AREA = "unit", "belt", "area"
State = Literal["met", "short", "not_applicable"]
MET: State = "met"
SHORT: State = "short"
NOT_APPLICABLE: State = "not_applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict with the rows behind it.

    `counted` and `others` are numbers of units (of belts or areas where those are counted);
    for a share, together they are its whole. `beside` is counted beside it and changes nothing.
    """

    target: Target
    place: str  # unit, belt or area
    number: int
    counted: tuple[int, ...]
    others: tuple[int, ...]
    beside: tuple[int, ...] = ()

    @property
    def whole(self) -> int:
        return len(self.counted) + len(self.others)

    @property
    def state(self) -> State:
        threshold = self.target.threshold
        if threshold.share and not self.whole:
            return NOT_APPLICABLE
        return MET if threshold.is_met(len(self.counted), self._base) else SHORT

    @property
    def gap(self) -> int:
        if self.state != SHORT:
            return 0
        return self.target.threshold.missing(len(self.counted), self._base)

    @property
    def _base(self) -> int:
        return self.whole if self.target.threshold.share else 1

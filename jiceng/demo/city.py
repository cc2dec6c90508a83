"""What the steps of building hand to each other."""

import datetime
from dataclasses import dataclass, field

from jiceng.demo.organisations import Division, Plan
from jiceng.registry.models.units import Kind

# The edition of 2018-10 is held to have been valid since this day: an assumption that the city's
# page shows, so that the programme of 2017 can be judged on a tree.
START = datetime.date(2017, 1, 1)
ASSUMPTION = (
    "区划取自国家统计局2018年10月版，按自2017年1月1日起有效处理，这是一个假设。"
    "2017年报道所说“5404个村”、2012年报道所说“5405个村组”与此版5401个村委会并存，"
    "各有出处，均不改动。"
)

_SAMPLE_TOWN = "330324006000"


@dataclass(slots=True)
class City:
    """The city under construction. Numbers are those of the register."""

    seed: int
    at: datetime.datetime
    divisions: list[Division] = field(default_factory=list)
    positions: dict[int, tuple[float, float]] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)
    organisations: list[int] = field(default_factory=list)  # of each founding of the plan
    without_branch: dict[int, int] = field(default_factory=dict)  # two-new org -> its village
    accounts: list[tuple[str, str]] = field(default_factory=list)  # name to log in with, who it is
    stars: dict[int, int] = field(default_factory=dict)  # of each rated organisation
    _branches: dict[int, list[int]] = field(default_factory=dict)
    _without: dict[int, list[int]] = field(default_factory=dict)

    def sample_town(self) -> Division:
        """Return the town shown in detail: 三江街道, or else the first one with villages."""
        parents = {division.parent for division in self.divisions if division.kind == Kind.VILLAGE}
        towns = [division for division in self.divisions if division.number in parents]
        return next((town for town in towns if town.code == _SAMPLE_TOWN), towns[0])

    def sample_village(self) -> Division:
        """Return the village whose secretary and clerk have accounts: the sample town's first."""
        town = self.sample_town().number
        return next(d for d in self.divisions if d.parent == town and d.kind == Kind.VILLAGE)

    def branches_in(self, village: int) -> list[int]:
        """Return the organisations of enterprises and social organisations in a village."""
        if not self._branches:
            for row, *_rest in self.plan.two_new:
                seat = self.plan.foundings[row].seat or 0
                self._branches.setdefault(seat, []).append(self.organisations[row])
        return self._branches.get(village, [])

    def without_branch_in(self, village: int) -> list[int]:
        """Return the enterprises in a village that have no party organisation."""
        if not self._without:
            for number, place in self.without_branch.items():
                self._without.setdefault(place, []).append(number)
        return self._without.get(village, [])

    def division(self, code: str) -> Division:
        return next(division for division in self.divisions if division.code == code)

    def organisation_of(self, division: int) -> int:
        """Return the number of a division's own party organisation."""
        return self.organisations[self.plan.of_division[division]]

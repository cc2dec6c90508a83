"""Facts made by hand for worked tables: a city, a county, a town, its villages and organisations."""

import datetime
from dataclasses import dataclass, field

from jiceng.programmes.judging import Area, Belt, Facts, Member, Point, Unit

DAY = datetime.date(2017, 12, 31)
CITY, COUNTY, TOWN = Unit(1, "a", "city", 2), Unit(2, "ab", "county", 3), Unit(3, "abc", "town", 4)


@dataclass
class World:
    """Takes what a row of a table names, and returns the facts of the day."""

    units: dict = field(default_factory=lambda: {u.number: u for u in (CITY, COUNTY, TOWN)})
    belts: list = field(default_factory=list)
    members: list = field(default_factory=list)
    statuses: dict = field(default_factory=dict)
    points: list = field(default_factory=list)
    stars: dict = field(default_factory=dict)
    party_of: dict = field(default_factory=dict)
    seated: dict = field(default_factory=dict)
    areas: list = field(default_factory=list)

    def villages(self, count, status="", kind="village"):
        return [self._unit(kind, 5, status=status) for _ in range(count)]

    def organisations(self, count, stars=None, domain="private_enterprise", status=""):
        numbers = [self._unit("branch", 1, domain, status) for _ in range(count)]
        if stars:
            self.stars.update({("party-organisation-stars", n): stars for n in numbers})
        return numbers

    def _unit(self, kind, level, domain="", status=""):
        number = len(self.units) + 1
        path = f"abc{number:06d}" if not domain else f"z{number:06d}"
        self.units[number] = Unit(number, path, kind, level, domain)
        if status:
            self.statuses[number] = status
            self.points.append(Point(number, f"abc{number:06d}", domain))
        return number

    def belt(self, level, units=(), organisations=(), enterprises=0, confirmed=True):
        number = len(self.belts) + 1
        self.belts.append(Belt(number, level, "a", confirmed))
        self.members += [Member(number, unit) for unit in units]
        self.members += [Member(number, unit, on_main_road=True) for unit in organisations]
        self.members += [Member(number, two_new=n, on_main_road=True) for n in range(enterprises)]
        return number

    def area(self, kind, paths=()):
        self.areas.append(Area(len(self.areas) + 1, kind, tuple(paths)))

    def facts(self):
        return Facts(
            day=DAY,
            root=CITY,
            units=self.units,
            belts=tuple(self.belts),
            members=tuple(self.members),
            statuses=self.statuses,
            points=tuple(self.points),
            stars=self.stars,
            party_of=self.party_of,
            seated=self.seated,
            areas=tuple(self.areas),
        )

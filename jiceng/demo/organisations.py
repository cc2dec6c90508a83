"""The demonstration city's party organisations, planned from its divisions. Pure.

Kinds and sizes follow the rules of domain A.8: a branch has at least three full members, a
general branch more than fifty, a committee more than a hundred.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from jiceng.demo import names
from jiceng.registry.models.units import Domain, Kind
from jiceng.registry.operations import Founding

WHOLE_CITY = 27_036  # more than 27,000 party organisations (S0-41)
WHOLE_CITY_VILLAGES = 5_879
_MOST_OF_A_BRANCH = 50  # full members


@dataclass(frozen=True, slots=True)
class Division:
    """What the plan needs to know of a division."""

    number: int
    code: str
    name: str
    kind: str
    level: int
    parent: int | None


@dataclass(slots=True)
class Plan:
    """Foundings of organisations, parents first, and what is to hang on them."""

    foundings: list[Founding] = field(default_factory=list)
    members: list[int] = field(default_factory=list)  # full members of each founding
    of_division: dict[int, int] = field(default_factory=dict)  # division -> row of its organisation
    two_new: list[tuple[int, str, str]] = field(default_factory=list)  # row, firm, domain

    def add(
        self, name: str, kind: str, domain: str, seat: int, parent: int | None, members: int
    ) -> int:
        self.foundings.append(
            Founding(
                name=name,
                kind=kind,
                level=1 if parent is None else self.foundings[parent].level + 1,
                code=f"ZZ{len(self.foundings) + 1:06d}",  # by which files name it
                parent_row=parent,
                domain=domain,
                seat=seat,
            )
        )
        self.members.append(members)
        return len(self.foundings) - 1


def plan(divisions: Sequence[Division], chance: Random) -> Plan:
    """Plan all organisations of the divisions, which stand parents first."""
    planned = Plan()
    for division in divisions:
        above = planned.of_division.get(division.parent or 0)
        if division.level <= 3:
            _seat_of_government(planned, division, above, chance)
        elif division.level == 4:
            _town(planned, division, above, chance)
        else:
            _village(planned, division, above, chance)
    _enterprises(planned, divisions, chance)
    return planned


def _seat_of_government(
    planned: Plan, division: Division, above: int | None, chance: Random
) -> None:
    zone = division.kind == Kind.ZONE
    kind = Kind.PARTY_WORKING_COMMITTEE if zone else Kind.PARTY_COMMITTEE
    title = "党工委" if zone else "委"
    row = planned.add(
        f"中共{division.name}{title}", kind, Domain.ORGAN, division.number, above, 120
    )
    planned.of_division[division.number] = row
    if division.level < 3:
        return
    for office in _COUNTY_OFFICES:
        branch = f"{division.name}{office}党支部"
        planned.add(branch, Kind.BRANCH, Domain.ORGAN, division.number, row, chance.randint(6, 48))
    for number in range(1, 26):
        name = f"{division.name}第{number}中学党支部"
        members = chance.randint(5, 45)
        planned.add(name, Kind.BRANCH, Domain.INSTITUTION, division.number, row, members)
    for firm in ("城市建设", "交通投资", "水务", "公共交通", "国有资产经营", "粮食收储"):
        name = f"{division.name}{firm}公司党支部"
        planned.add(
            name, Kind.BRANCH, Domain.STATE_ENTERPRISE, division.number, row, chance.randint(5, 49)
        )


_COUNTY_OFFICES = (
    "办公室", "组织部机关", "宣传部机关", "统战部机关", "政法委机关", "发改局", "教育局",
    "科技局", "公安局", "民政局", "司法局", "财政局", "人力社保局", "自然资源局", "住建局",
    "交通局", "水利局", "农业农村局", "商务局", "文化广电局", "卫生健康局", "应急管理局",
    "审计局", "市场监管局", "统计局", "综合执法局", "信访局", "税务局", "法院机关", "检察院机关",
)  # fmt: skip


def _town(planned: Plan, division: Division, above: int | None, chance: Random) -> None:
    street = division.kind == Kind.SUBDISTRICT
    kind = Kind.PARTY_WORKING_COMMITTEE if street else Kind.PARTY_COMMITTEE
    row = planned.add(
        f"中共{division.name}{'工委' if street else '委员会'}",
        kind,
        Domain.ORGAN,
        division.number,
        above,
        60,
    )
    planned.of_division[division.number] = row
    for office in ("党政机关", "综合执法队", "退休干部"):
        name = f"{division.name}{office}党支部"
        planned.add(name, Kind.BRANCH, Domain.ORGAN, division.number, row, chance.randint(8, 46))
    for place in ("中心小学", "中心幼儿园", "卫生院", "供电所", "文化站"):
        name = f"{division.name}{place}党支部"
        members = chance.randint(4, 32)
        planned.add(name, Kind.BRANCH, Domain.INSTITUTION, division.number, row, members)


def _village(planned: Plan, division: Division, above: int | None, chance: Random) -> None:
    base = base_name(division.name)
    community = division.kind == Kind.COMMUNITY
    domain = Domain.COMMUNITY if community else Domain.VILLAGE
    size = chance.random() * (0.72 if not community else 1.0)
    members = int(14 + 150 * size**3 + chance.randint(0, 18))
    kind, title, below = Kind.BRANCH, "党支部", 0
    if members > 100:
        least = -(-members // _MOST_OF_A_BRANCH)
        kind, title, below = Kind.PARTY_COMMITTEE, "党委", max(least, chance.randint(3, 5))
    elif members > 50:
        kind, title, below = Kind.GENERAL_BRANCH, "党总支", chance.randint(2, 3)
    row = planned.add(base + title, kind, domain, division.number, above, members)
    planned.of_division[division.number] = row
    for number in range(1, below + 1):
        name = f"{base}第{number}党支部"
        planned.add(name, Kind.BRANCH, domain, division.number, row, members // below)


def base_name(name: str) -> str:
    """Return a village's name without the committee: 上涂村委会 → 上涂村."""
    for ending, rest in (("居委会", "社区"), ("村委会", "村"), ("街道办事处", "街道")):
        if name.endswith(ending):
            return name.removesuffix(ending) + rest
    return name


def _enterprises(planned: Plan, divisions: Sequence[Division], chance: Random) -> None:
    """Fill up with organisations of enterprises and social organisations, by size of town."""
    villages: dict[int, list[Division]] = defaultdict(list)
    for division in divisions:
        if division.level == 5 and division.parent is not None:
            villages[division.parent].append(division)
    total = sum(len(rows) for rows in villages.values())
    wanted = WHOLE_CITY * total // WHOLE_CITY_VILLAGES - len(planned.foundings)
    firm_names = names.firms(chance)
    places = [village for rows in villages.values() for village in rows]
    for _ in range(max(wanted, 0)):
        village = chance.choice(places)
        above = planned.of_division[village.parent or 0]
        if chance.random() < 0.8:
            firm, domain = base_name(village.name)[:2] + next(firm_names), Domain.PRIVATE_ENTERPRISE
        else:
            firm = names.social_organisation(base_name(village.name), chance)
            domain = Domain.SOCIAL_ORGANISATION
        members = 3 + int(22 * chance.random() ** 2)
        row = planned.add(f"{firm}党支部", Kind.BRANCH, domain, village.number, above, members)
        planned.two_new.append((row, firm, domain))

"""A village of the county with a grid, its branch and its people."""

import datetime
from types import SimpleNamespace

from jiceng.registry.models.units import Domain, Kind, Level, Tree
from jiceng.registry.operations import (
    FactRow,
    Founding,
    PersonRow,
    PostRow,
    appoint,
    found_units,
    record_facts,
)
from tests.conftest import NOON, START

TODAY = NOON.date()
SYSTEM = {"by": "system", "at": NOON}


def person(name, phone=""):
    return PersonRow(name=name, number=name, office_phone=phone)


def grid_village_of(county):
    """The upper village has one whole grid and one that nobody has thought of; the middle none."""
    first, second, micro = found_units(
        [
            Founding("上村第一网格", Kind.GRID, Level.GRID, "990102001001001", parent=county.upper),
            Founding("上村第二网格", Kind.GRID, Level.GRID, "990102001001002", parent=county.upper),
            Founding("东片", Kind.MICRO_GRID, Level.MICRO_GRID, "99010200100100101", parent_row=0),
        ],
        tree=Tree.DIVISION,
        day=START,
        **SYSTEM,
    )
    of_village = {"domain": Domain.VILLAGE, "code": None}
    committee, village, branch, group, hub = found_units(
        [
            Founding("中共东镇委员会", Kind.PARTY_COMMITTEE, 1, seat=county.town, **of_village),
            Founding(
                "上村党总支", Kind.GENERAL_BRANCH, 2, seat=county.upper, parent_row=0, **of_village
            ),
            Founding("第一网格党支部", Kind.GRID_BRANCH, 3, seat=first, parent_row=1, **of_village),
            Founding("东片党小组", Kind.PARTY_GROUP, 4, seat=micro, parent_row=2, **of_village),
            Founding(
                "王家中心户", Kind.MEMBER_HOUSEHOLD_HUB, 5, seat=micro, parent_row=3, **of_village
            ),
        ],
        tree=Tree.ORGANISATION,
        day=START,
        **SYSTEM,
    )
    posts = appoint(
        [
            PostRow(person("赵镇"), committee, "party_secretary", START),
            PostRow(person("钱村"), village, "party_secretary", START),
            PostRow(person("孙支"), branch, "party_secretary", START),
            PostRow(person("李组"), group, "party_group_leader", START),
            PostRow(person("周户"), hub, "hub_keeper", START),
            PostRow(person("吴格", "0577-1000001"), first, "grid_head", START),
            PostRow(person("郑员", "0577-1000002"), first, "grid_worker", START),
            PostRow(person("王镇", "0577-1000000"), county.town, "town_officer", START),
        ],
        **SYSTEM,
    )
    record_facts([FactRow(first, "households", 420, START)], **SYSTEM)
    return SimpleNamespace(
        **{**vars(county), "first": first, "second": second, "micro": micro},
        committee=committee,
        branch=branch,
        group=group,
        hub=hub,
        posts=posts,
        town_post=posts[-1],
    )


def day_after(days=1):
    return TODAY + datetime.timedelta(days=days)

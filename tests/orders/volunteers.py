"""A town, its villages' branches, their secretaries and members, for wishes and voluntary service."""

import datetime
from types import SimpleNamespace

from jiceng.access.operations import open_member_accounts
from jiceng.orders.models import MicroWish
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary import Opening, Wished
from jiceng.registry.operations import (
    Founding,
    MembershipRow,
    PersonRow,
    enrol_members,
    found_units,
)
from tests.access.cast import hold, opened
from tests.conftest import NOON, START

DONE = {"by": "system", "at": NOON}
TODAY = NOON.date()
DAY = datetime.timedelta(days=1)
NAME, PHONE, ADDRESS = "王小花", "13800000000", "上村3组21号"


def branches(county):
    """The town's committee, the general branch of a village with one branch, and a far branch."""
    founded = [
        Founding("乙县委", "party_committee", 1, domain="organ", seat=county.county),
        Founding("东镇党委", "party_committee", 2, parent_row=0, domain="organ", seat=county.town),
        Founding("上村党总支", "general_branch", 3, parent_row=1, domain="village", seat=county.upper),
        Founding("上村第一支部", "branch", 4, parent_row=2, domain="village", seat=county.upper),
        Founding("下村党支部", "branch", 3, parent_row=1, domain="village", seat=county.lower),
        Founding("县医院党支部", "branch", 2, parent_row=0, domain="institution", seat=county.county),
    ]  # fmt: skip
    names = ("county", "town", "village", "branch", "lower", "hospital")
    numbers = found_units(founded, tree="organisation", day=START, **DONE)
    return SimpleNamespace(**dict(zip(names, numbers, strict=True)))


def member(organisation, name, *, born=datetime.date(1980, 5, 1)):
    """Enrol somebody new; return his account."""
    row = MembershipRow(PersonRow(name, birth_month=born), organisation, "full_member", START)
    (slip,) = open_member_accounts(enrol_members([row], **DONE), **DONE)
    return slip.user


def staff(county, orgs):
    """The village's secretary, the town's officer, the secretary of the far village's branch."""
    secretary, officer, far = opened(
        hold("村书记", "party_secretary", orgs.village),
        hold("镇干部", "town_officer", county.town),
        hold("下村书记", "party_secretary", orgs.lower),
    )
    return SimpleNamespace(secretary=secretary, officer=officer, far=far)


def wished(county, **changed):
    return Wished(
        **{
            "place": county.upper,
            "kind": "repair",
            "text": f"我叫{NAME}，屋里的灯不亮了，请人来修。",
            "name": NAME,
            "phone": PHONE,
            "address": ADDRESS,
            "consent": "online",
        }
        | changed
    )


def collected(county, **changed):
    """A wish of a resident; the row and its code."""
    received = voluntary.collect_wish(wished(county, **changed), by="public", at=NOON)
    return MicroWish.objects.get(number=received.number), received.code


def checked(wish, by, *, summary="一位独居老人家里的灯坏了，想请人修好。", at=NOON):
    return voluntary.check_wish(
        wish, kind=wish.kind, urgency="soon", summary=summary, seen=wish.version, by=by, at=at
    )


def released(wish, by, at=NOON):
    return voluntary.release_card(wish, seen=wish.version, by=by, at=at)


def river(branch, **changed):
    opening = {
        "kind": "environment",
        "title": "河边保洁",
        "duties": "每周捡一次垃圾",
        "capacity": 2,
    }
    return voluntary.open_post(branch, Opening(**opening | changed), **DONE)


def again(row):
    """Return a row as it is now."""
    return type(row).objects.get(pk=row.pk)

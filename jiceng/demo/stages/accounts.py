"""The demonstration accounts, one for each kind of user; all share one password, drawn anew for
each seed and printed. They open only what a post, a membership or an administrator opens.
"""

import datetime

from jiceng.access.operations import (
    appoint_administrator,
    open_accounts,
    open_member_accounts,
    redeem_code,
)
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.demo import names
from jiceng.demo.chance import draw
from jiceng.demo.city import START, City
from jiceng.demo.organisations import Division
from jiceng.registry.models import Membership
from jiceng.registry.operations import (
    MembershipRow,
    PersonRow,
    PostRow,
    appoint,
    enrol_members,
    record_people,
)

_ADMINISTRATORS = {
    "system": ("system.administrator", "系统管理员"),
    "security": ("security.administrator", "安全管理员"),
    "audit": ("audit.administrator", "审计管理员"),
}


def password_of(seed: int) -> str:
    return f"yanshi-{draw(seed, 'password').randint(1000, 9999)}"


def open_all(city: City) -> list[tuple[str, str]]:
    """Open an account for each kind of user; return (name to log in with, who it is)."""
    return [*_by_posts(city), _member(city), *_administrators(city)]


def city_officer() -> User:
    """Return the account in whose name the programme's belts are confirmed."""
    return User.objects.get_by_natural_key("city")


def _by_posts(city: City) -> list[tuple[str, str]]:
    offices = _offices(city)
    chance = draw(city.seed, "accounts")
    people = record_people(
        [PersonRow(name=names.person(chance), number=username) for username, *_rest in offices],
        by="system",
        at=city.at,
    )
    posts = appoint(
        [
            PostRow(person=person, unit=unit, role=role, valid_from=START)
            for person, (_username, role, unit, _where) in zip(people, offices, strict=True)
        ],
        by="system",
        at=city.at,
    )
    for slip in open_accounts(posts, by="system", at=city.at):
        redeem_code(
            username=slip.user.username,
            code=slip.code,
            password=password_of(city.seed),
            at=city.at,
        )
    return [(username, f"{where} {_TITLES[role]}") for username, role, _unit, where in offices]


_TITLES = {
    "city_officer": "组织部门干部",
    "county_officer": "组织部门干部",
    "town_officer": "组织干部",
    "party_secretary": "党组织书记",
    "village_clerk": "文书",
    "supervision_director": "村务监督委员会主任",
    "grid_worker": "网格员",
    "department_officer": "部门联络员",
    "supervisor": "督查员",
}


def _offices(city: City) -> list[tuple[str, str, int, str]]:
    """Return (username, post, unit, where) of each account that hangs on a post."""
    village, town = city.sample_village(), city.sample_town()
    county = next(d for d in city.divisions if d.number == town.parent)
    root = next(d for d in city.divisions if d.number == county.parent)

    def at(username: str, role: str, place: Division) -> tuple[str, str, int, str]:
        return username, role, place.number, place.name

    return [
        at("city", "city_officer", root),
        at("county", "county_officer", county),
        at("town", "town_officer", town),
        ("secretary", "party_secretary", city.organisation_of(village.number), village.name),
        at("clerk", "village_clerk", village),
        at("oversight", "supervision_director", village),
        at("grid", "grid_worker", village),
        at("department", "department_officer", county),
        at("supervisor", "supervisor", root),
    ]


def _member(city: City) -> tuple[str, str]:
    """Enrol a member in the sample village's branch, and open the account of his membership."""
    village = city.sample_village()
    by, at = "system", city.at
    someone = PersonRow(name=names.person(draw(city.seed, "member")), number="member")
    (person,) = record_people([someone], by=by, at=at)
    organisation = city.organisation_of(village.number)
    row = MembershipRow(person, organisation, Membership.Standing.FULL, START)
    (slip,) = open_member_accounts(enrol_members([row], by=by, at=at), by=by, at=at)
    redeem_code(
        username=slip.user.username, code=slip.code, password=password_of(city.seed), at=city.at
    )
    return slip.user.username, f"{village.name} 党员"


def _administrators(city: City) -> list[tuple[str, str]]:
    root = next(d for d in city.divisions if d.level == 2)
    until = clock.day_of(city.at) + datetime.timedelta(days=365)
    for username, (role, title) in _ADMINISTRATORS.items():
        user, code = appoint_administrator(
            username=username,
            display_name=title,
            role=role,
            unit=root.number,
            until=until,
            by="system",
            at=city.at,
        )
        redeem_code(username=user.username, code=code, password=password_of(city.seed), at=city.at)
    return [(username, title) for username, (_role, title) in _ADMINISTRATORS.items()]

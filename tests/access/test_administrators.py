"""The three administrators are three people, appointed until a day."""

import datetime
from functools import partial
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from jiceng.access.models import Grant
from jiceng.access.operations import (
    appoint_administrator,
    redeem_code,
    withdraw_grant,
)
from jiceng.access.operations.administrators import (
    HoldsAnother,
    NotAnAdministrator,
    OwnGrant,
    WrongEnd,
)
from jiceng.access.queries import (
    permissions_of,
    scope_of,
)
from jiceng.access.queries.accounts import (
    accounts_for,
)
from jiceng.accounts.models import User
from jiceng.audit.models import Entry
from jiceng.core import clock
from jiceng.registry.queries import path_of
from tests.access.cast import LATER, TODAY, hold, opened
from tests.conftest import NOON


@pytest.fixture
def appoint_one(county, administrators):
    return partial(
        appoint_administrator,
        username="new",
        display_name="新管理员",
        role="audit.administrator",
        unit=county.city,
        until=LATER.date(),
        by=administrators.security,
        at=NOON,
    )


def test_an_administrator_is_appointed_with_an_end_and_a_code(appoint_one):
    user, code = appoint_one(key=uuid4())

    assert redeem_code(username="new", code=code, password="long enough", at=NOON) == user
    assert permissions_of(user, LATER.date()) == {"audit.read", "audit.verify"}
    assert permissions_of(user, LATER.date() + datetime.timedelta(days=1)) == set()
    assert appoint_one()[1] == ""


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"username": "system"}, HoldsAnother),
        ({"username": "security"}, OwnGrant),
        ({"role": "county.officer"}, NotAnAdministrator),
        ({"until": TODAY - datetime.timedelta(days=1)}, WrongEnd),
        ({"until": TODAY.replace(year=2027)}, WrongEnd),
    ],
)
def test_an_administrator_is_refused(appoint_one, given, refusal):
    before = Grant.objects.count()
    with pytest.raises(refusal):
        appoint_one(**given)
    assert Grant.objects.count() == before


def test_two_accounts_of_one_person_count_as_one_person(appoint_one, administrators):
    User.objects.filter(username="system").update(person_number="P7")
    User.objects.create_user("second", person_number="P7", display_name="同一人", created_at=NOON)

    with pytest.raises(HoldsAnother, match="须由三人分任"):
        appoint_one(username="second")


@pytest.mark.parametrize("at", [NOON, LATER - datetime.timedelta(days=9)])
def test_a_grant_is_taken_back_at_once(administrators, at):
    grant = Grant.objects.get(user=administrators.audit)
    withdraw_grant(grant, by=administrators.security, at=at)

    assert permissions_of(administrators.audit, at.date()) == set()
    assert Entry.objects.filter(action="access.administrator.withdrawn").count() == 1


def test_nobody_takes_back_his_own_grant_or_one_of_a_post(administrators, officer):
    with pytest.raises(OwnGrant):
        withdraw_grant(
            Grant.objects.get(user=administrators.security), by=administrators.security, at=NOON
        )
    with pytest.raises(NotAnAdministrator, match="结束任职"):
        withdraw_grant(Grant.objects.get(user=officer), by=administrators.security, at=NOON)


def test_administrators_accounts_are_the_security_administrator_s(county, administrators, officer):
    (chief,) = opened(hold("市干部", "city_officer", county.city))

    assert set(accounts_for(chief, TODAY)) == {officer}
    assert officer in accounts_for(administrators.system, TODAY)
    assert administrators.security not in accounts_for(administrators.system, TODAY)


def test_the_first_administrator_is_appointed_from_the_command_line(county, capsys):
    until = (clock.today() + datetime.timedelta(days=90)).isoformat()
    call_command("administrator", "first", "首位", "security", "--until", until)

    printed = capsys.readouterr().out
    code = printed.split("：")[-1].strip()
    user = redeem_code(username="first", code=code, password="long enough", at=clock.now())
    assert scope_of(user, "access.grants", clock.today()).covers(
        path_of(county.county, clock.today())
    )
    with pytest.raises(CommandError, match="须由三人分任"):
        call_command("administrator", "first", "首位", "audit", "--until", until)
    with pytest.raises(CommandError, match="没有代码"):
        call_command(
            "administrator", "other", "他", "audit", "--until", until, "--unit", "990199000000"
        )


def test_without_a_register_there_is_nothing_to_administer(db):
    until = (clock.today() + datetime.timedelta(days=90)).isoformat()
    with pytest.raises(CommandError, match="名录还是空的"):
        call_command("administrator", "first", "首位", "security", "--until", until)

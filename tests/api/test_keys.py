"""Keys of the API: issued for scopes and a time, told once, ended."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from jiceng.access.operations.administrators import WrongEnd
from jiceng.access.operations.api_clients import HasAKey, NoSuchClient, WrongTerms, end_key
from jiceng.accounts.clients import NoSuchKey, TooManyRequests, admit
from jiceng.accounts.models import ApiClient
from jiceng.audit.models import Entry
from tests.api.conftest import UNTIL
from tests.orders.cast import moment

LATER = moment(UNTIL + datetime.timedelta(days=1))


def test_a_key_opens_until_its_day_and_is_kept_nowhere(issue):
    key = issue("read")

    assert admit(key, "read", at=moment(UNTIL)).in_minute == 0
    with pytest.raises(NoSuchKey):
        admit(key, "read", at=LATER)
    client = ApiClient.objects.get()
    assert key not in (client.digest, str(vars(client)))
    assert key not in "".join(Entry.objects.values_list("change", flat=True))


def test_the_rate_begins_anew_each_minute(issue):
    key = issue("read", per_minute=2)
    for _ in range(2):
        admit(key, "read", at=moment(hour=9))
    with pytest.raises(TooManyRequests):
        admit(key, "read", at=moment(hour=9))
    admit(key, "read", at=moment(hour=9, minute=1))


def test_an_ended_key_opens_nothing(issue):
    key = issue("read", name="热线")
    end_key("热线", by="system", at=moment())
    with pytest.raises(NoSuchKey):
        admit(key, "read", at=moment())
    with pytest.raises(NoSuchClient):
        end_key("热线", by="system", at=moment())
    assert Entry.objects.filter(action__startswith="access.api_key.").count() == 2


@pytest.mark.parametrize(
    ("terms", "refused"),
    [
        ({"scopes": ("everything",)}, WrongTerms),
        ({"scopes": ()}, WrongTerms),
        ({"per_minute": 0}, WrongTerms),
        ({"until": datetime.date(2020, 1, 1)}, WrongEnd),
        ({"until": datetime.date(2099, 1, 1)}, WrongEnd),
    ],
)
def test_a_key_needs_terms(issue, terms, refused):
    scopes = terms.pop("scopes", ("read",))
    with pytest.raises(refused):
        issue(*scopes, **terms)


def test_a_name_is_given_once(issue):
    issue("read", name="热线")
    with pytest.raises(HasAKey):
        issue("read", name="热线")


def test_keys_are_issued_and_ended_from_the_command_line(db, capsys):
    call_command("api_key", "热线", scopes="read,place", until=UNTIL)
    key = capsys.readouterr().out.strip().rpartition("：")[2]
    assert admit(key, "place", at=moment()).name == "热线"
    call_command("api_key", "热线", end=True)
    assert "已停用" in capsys.readouterr().out
    for wrong in ({"end": True}, {}, {"scopes": "all", "until": UNTIL}):
        with pytest.raises(CommandError):
            call_command("api_key", "热线", **wrong)

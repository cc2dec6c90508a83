"""Codes, passwords, resetting and unlocking."""

import datetime
from functools import partial
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user

from jiceng.access.operations import (
    change_password,
    issue_codes,
    redeem_code,
    reset_accounts,
    unlock_accounts,
)
from jiceng.access.operations.accounts import WeakPassword, WrongCode, WrongPassword
from jiceng.accounts import throttle
from jiceng.accounts.codes import ALPHABET, VALID_FOR, WRONG_TRIES, digest_of, draw
from jiceng.accounts.models import OneTimeCode, User, WrongTry
from jiceng.audit.models import Entry
from tests.conftest import NOON

MINUTE = datetime.timedelta(minutes=1)
GOOD = "a new long sentence"


@pytest.fixture
def redeem(clerk):
    return partial(redeem_code, username=clerk.username, password=GOOD, at=NOON + MINUTE)


@pytest.fixture
def code(clerk):
    return issue_codes([clerk], by="system", at=NOON)[clerk.pk]


def test_a_code_is_kept_only_as_a_keyed_digest(clerk, code, settings):
    kept = OneTimeCode.objects.get(user=clerk).digest

    assert code not in kept
    assert kept == digest_of("accounts.code", f"{clerk.username}{code}")
    settings.SECRET_KEY = "another installation"
    assert kept != digest_of("accounts.code", f"{clerk.username}{code}")


def test_a_code_holds_no_letter_taken_for_another():
    drawn = "".join(draw() for _ in range(200))

    assert set(drawn) == {*ALPHABET, "-"}
    assert not set("01258BILOSUVZ") & set(drawn)


def test_a_code_sets_the_password_once(clerk, code, redeem):
    redeem(code=code)

    clerk.refresh_from_db()
    assert clerk.check_password(GOOD)
    with pytest.raises(WrongCode):
        redeem(code=code, password="another long sentence")
    assert User.objects.get(pk=clerk.pk).check_password(GOOD)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "access.code.issued",
        "access.code.redeemed",
    ]


def test_a_code_may_be_typed_as_a_phone_types_it(code, redeem):
    wide = code.lower().replace("-", "－ ")

    assert redeem(code=wide).check_password(GOOD)


@pytest.mark.parametrize("mistake", ["name", "code", "late", "replaced", "closed"])
def test_the_same_sentence_answers_every_wrong_code(clerk, code, redeem, mistake):
    given = {"code": code}
    if mistake == "name":
        given["username"] = "nobody"
    if mistake == "code":
        given["code"] = draw()
    if mistake == "late":
        given["at"] = NOON + VALID_FOR
    if mistake == "replaced":
        issue_codes([clerk], by="system", at=NOON)
    if mistake == "closed":
        User.objects.filter(pk=clerk.pk).update(is_active=False)

    with pytest.raises(WrongCode, match="账号或一次性登录码不对"):
        redeem(**given)
    assert User.objects.get(pk=clerk.pk).check_password("correct horse")


def test_the_code_of_one_account_opens_no_other(clerk, code, redeem):
    other = User.objects.create_user("other", "their own", display_name="别人", created_at=NOON)
    issue_codes([other], by="system", at=NOON)

    with pytest.raises(WrongCode):
        redeem(username="other", code=code)


@pytest.mark.parametrize("name", ["clerk", "nobody"])
def test_guessing_is_held_up_by_name_whether_it_exists_or_not(code, redeem, name):
    for _ in range(WRONG_TRIES):
        with pytest.raises(WrongCode):
            redeem(username=name, code=draw())
    with pytest.raises(throttle.TooManyTries, match="30 分钟"):
        redeem(username=name, code=code)


def test_a_held_up_name_is_free_again_after_the_minutes_and_after_unlocking(clerk, code, redeem):
    for _ in range(WRONG_TRIES):
        with pytest.raises(WrongCode):
            redeem(code=draw())
    unlock_accounts([clerk], by="system", at=NOON + MINUTE)

    assert redeem(code=code)
    for _ in range(WRONG_TRIES):
        with pytest.raises(WrongCode):
            redeem(code=draw())
    fresh = issue_codes([clerk], by="system", at=NOON)[clerk.pk]
    assert redeem(code=fresh, at=NOON + 32 * MINUTE)


def test_wrong_tries_name_nobody_and_are_dropped(clerk, code, redeem):
    with pytest.raises(WrongCode):
        redeem(code=draw())
    assert "clerk" not in WrongTry.objects.get().subject

    with pytest.raises(WrongCode):
        redeem(code=draw(), at=NOON + 40 * MINUTE)
    assert WrongTry.objects.count() == 1


@pytest.mark.parametrize("weak", ["short", "1234567890", "password"])
def test_a_weak_password_is_refused_and_the_code_stays_good(code, redeem, weak):
    with pytest.raises(WeakPassword) as refused:
        redeem(code=code, password=weak)
    assert refused.value.details

    assert redeem(code=code)


def test_a_password_is_changed_by_who_knows_the_old_one(clerk):
    with pytest.raises(WrongPassword):
        change_password(user=clerk, old="wrong", new=GOOD, at=NOON)
    change_password(user=clerk, old="correct horse", new=GOOD, at=NOON)

    assert User.objects.get(pk=clerk.pk).check_password(GOOD)
    assert Entry.objects.get().action == "access.password.changed"


def test_a_reset_ends_password_and_sessions_and_gives_a_code(clerk, client, redeem):
    client.force_login(clerk)
    assert get_user(SimpleNamespace(session=client.session)) == clerk
    codes = reset_accounts([clerk], by="system", at=NOON)

    assert get_user(SimpleNamespace(session=client.session)).is_anonymous
    assert not User.objects.get(pk=clerk.pk).check_password("correct horse")
    assert redeem(code=codes[clerk.pk]).check_password(GOOD)


def test_many_codes_cost_a_fixed_number_of_statements(db, django_assert_max_num_queries):
    users = User.objects.bulk_create(
        User(username=f"u{n}", display_name=str(n), created_at=NOON) for n in range(300)
    )
    with django_assert_max_num_queries(12):
        codes = issue_codes(users, by="system", at=NOON)

    assert len(set(codes.values())) == 300
    assert Entry.objects.get().count == 300

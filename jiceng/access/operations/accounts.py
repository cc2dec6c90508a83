"""Accounts: codes that set a password once, passwords, resetting and unlocking.

Here and not in `accounts`, because an operation leaves its audit entry and `audit` stands above.
Who may do it to whom is asked of `access.queries.accounts`.
"""

import datetime
import uuid
from collections.abc import Iterable, Sequence

from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts import throttle
from jiceng.accounts.codes import VALID_FOR, digest_of, draw
from jiceng.accounts.models import OneTimeCode, User
from jiceng.audit import operations as audit
from jiceng.core.refusals import Invalid

_PURPOSE = "accounts.code"
_PASSWORD = "accounts.password"  # noqa: S105 - names a purpose


class WrongCode(Invalid):
    """Name and code do not belong together, or the code is used, replaced or too old."""


class WrongPassword(Invalid):
    """The present password is not this one."""


class WeakPassword(Invalid):
    """The new password is too short, too common or only figures."""


@transaction.atomic
def issue_codes(
    users: Iterable[User],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> dict[int, str]:
    """Return a new one-time code for each user's number, to be printed now: it is kept nowhere.

    Codes issued before and not used yet stop working. Passwords stay as they are.
    """
    codes = replace_codes(users := list(users), at)
    _record("access.code.issued", users, by=by, at=at, key=key)
    return codes


@transaction.atomic
def reset_accounts(
    users: Iterable[User],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> dict[int, str]:
    """Make the passwords unusable, end every session and return new codes to be printed."""
    users = list(users)
    for user in users:
        user.set_unusable_password()  # also changes what sessions are checked against
    User.objects.bulk_update(users, ["password"])
    _release(users)
    codes = replace_codes(users, at)
    _record("access.account.reset", users, by=by, at=at, key=key)
    return codes


@transaction.atomic
def unlock_accounts(
    users: Iterable[User],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Let accounts that were locked by wrong passwords or codes try again."""
    users = list(users)
    _release(users)
    _record("access.account.unlocked", users, by=by, at=at, key=key)


def redeem_code(*, username: str, code: str, password: str, at: datetime.datetime) -> User:
    """Set an account's password by its printed code, once; sessions begun before end.

    Wrong tries are held up by account name, whether the name exists or not, and one sentence
    answers an unknown name, a wrong, a used and an expired code.

    Raises:
        TooManyTries: too many wrong tries for this name.
        WrongCode: name and code do not open an account.
        WeakPassword: the new password is refused.
    """
    throttle.admit(_PURPOSE, username, at=at)
    user = _set_by_code(username, code, password, at)
    if user is None:
        throttle.note_wrong(_PURPOSE, username, at=at)
        raise WrongCode(
            _("账号或一次性登录码不对，或者登录码已用过、已过期。请核对纸条，或请管理员重发。")
        )
    return user


def change_password(*, user: User, old: str, new: str, at: datetime.datetime) -> None:
    """Set a new password for a logged-in user; his other sessions end.

    Raises:
        TooManyTries: the present password was wrong too often.
        WrongPassword: `old` is not the present password.
        WeakPassword: the new password is refused.
    """
    throttle.admit(_PASSWORD, user.username, at=at)
    if not user.check_password(old):
        throttle.note_wrong(_PASSWORD, user.username, at=at)
        raise WrongPassword(_("原密码不对。"))
    with transaction.atomic():
        _set_password(user, new)
        _record("access.password.changed", [user], by=user, at=at)


@transaction.atomic
def _set_by_code(username: str, code: str, password: str, at: datetime.datetime) -> User | None:
    waiting = (
        OneTimeCode.objects.select_for_update(of=["self"])
        .select_related("user")
        .filter(digest=digest_of(_PURPOSE, f"{username}{code}"), used_at=None, expires_at__gt=at)
        .filter(user__username=username, user__is_active=True)
        .first()
    )
    if waiting is None:
        return None
    _set_password(waiting.user, password)
    waiting.used_at = at
    waiting.save(update_fields=["used_at"])
    _release([waiting.user])
    _record("access.code.redeemed", [waiting.user], by=waiting.user, at=at)
    return waiting.user


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(_("新密码不合要求。"), details=error.messages) from error
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


def replace_codes(users: Sequence[User], at: datetime.datetime) -> dict[int, str]:
    """Write new codes in place of the open ones; the caller's entry covers it. Two statements."""
    OneTimeCode.objects.filter(user__in=users, used_at=None, expires_at__gt=at).update(
        expires_at=at
    )
    codes = {user.pk: draw() for user in users}
    OneTimeCode.objects.bulk_create(
        OneTimeCode(
            user=user,
            digest=digest_of(_PURPOSE, f"{user.username}{codes[user.pk]}"),
            issued_at=at,
            expires_at=at + VALID_FOR,
        )
        for user in users
    )
    return codes


def _release(users: Sequence[User]) -> None:
    names = [user.username for user in users]
    for purpose in (_PURPOSE, _PASSWORD):
        throttle.forget(purpose, names)
    AccessAttempt.objects.filter(username__in=names).delete()


def _record(
    action: str,
    users: Sequence[User],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    audit.record(
        action=action,
        subject=users[0] if users else "accounts.user:0",
        subject_text=str(users[0]) if users else "",
        by=by,
        at=at,
        key=key,
        after={"accounts": [user.username for user in users]},
        count=len(users),
    )

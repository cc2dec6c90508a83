"""Reading accounts."""

import datetime
from collections.abc import Iterable

from jiceng.accounts.models import OneTimeCode, User


def user_of_person(person_number: str) -> User | None:
    """Return the account made for a person, if there is one."""
    return User.objects.filter(person_number=person_number).first() if person_number else None


def users_of_persons(person_numbers: Iterable[str]) -> dict[str, User]:
    """Return the accounts by person number. One statement."""
    wanted = {number for number in person_numbers if number}
    return {user.person_number: user for user in User.objects.filter(person_number__in=wanted)}


def has_open_code(user: User, at: datetime.datetime) -> bool:
    """Say whether a printed code of `user` still waits to be used."""
    return OneTimeCode.objects.filter(user=user, used_at=None, expires_at__gt=at).exists()

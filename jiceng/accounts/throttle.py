"""Wrong tries of a secret, kept for minutes: a guesser is held up, nobody's use is counted."""

import datetime

from django.utils.translation import gettext as _

from jiceng.accounts.codes import TRIES_WITHIN, WRONG_TRIES, digest_of
from jiceng.accounts.models import WrongTry
from jiceng.core.refusals import Denied


class TooManyTries(Denied):
    """Too many wrong tries within a short time."""


def admit(purpose: str, name: str, *, at: datetime.datetime, limit: int = WRONG_TRIES) -> None:
    """Let a try go ahead. `name` need not exist: what does not is held up in the same way.

    Raises:
        TooManyTries: `limit` wrong tries were made within the last minutes.
    """
    recent = WrongTry.objects.filter(
        subject=digest_of(purpose, name), at__gt=at - TRIES_WITHIN, at__lte=at
    )
    if recent.count() >= limit:
        minutes = int(TRIES_WITHIN.total_seconds() // 60)
        raise TooManyTries(_("输错次数过多，请 %s 分钟后再试。") % minutes)


def note_wrong(purpose: str, name: str, *, at: datetime.datetime) -> None:
    """Keep one wrong try, and drop those that no longer matter. Call outside a transaction that
    the refusal will roll back.
    """
    WrongTry.objects.filter(at__lte=at - TRIES_WITHIN).delete()
    WrongTry.objects.create(subject=digest_of(purpose, name), at=at)


def forget(purpose: str, names: list[str]) -> None:
    """Release names that an officer unlocks."""
    WrongTry.objects.filter(subject__in=[digest_of(purpose, name) for name in names]).delete()

"""What the API may ask: whose key it is, and whose post a calendar belongs to."""

import datetime

from django.core import signing
from django.utils.translation import gettext as _

from jiceng.access.models import Grant
from jiceng.accounts.clients import NoSuchKey, OutsideScope, TooManyRequests, admit
from jiceng.accounts.models import ApiClient
from jiceng.core.refusals import NotFound

__all__ = [
    "ApiClient",
    "NoSuchCalendar",
    "NoSuchKey",
    "OutsideScope",
    "TooManyRequests",
    "admit",
    "calendar_token",
    "post_of_calendar",
]

_SALT = "access.calendar"


class NoSuchCalendar(NotFound):
    """No post has this calendar, or it is over."""


def calendar_token(grant: Grant) -> str:
    """Return what opens the calendar of a post: nothing is kept, it ends with the post."""
    return signing.Signer(salt=_SALT).sign(str(grant.pk))


def post_of_calendar(token: str, today: datetime.date) -> tuple[str, int]:
    """Return role and unit of a calendar's post. One statement.

    Raises:
        NoSuchCalendar: the token is none, or the post is over.
    """
    try:
        number = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        number = "0"
    grant = Grant.objects.on(today).filter(pk=int(number)).first()
    if grant is None:
        raise NoSuchCalendar(_("没有这份日历，或者岗位已经结束。"))
    return grant.role, grant.unit_id

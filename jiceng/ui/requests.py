"""What the middleware has put on a request by the time a view sees it. Types only."""

import datetime
import uuid

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from jiceng.accounts.models import User


class SiteRequest(HttpRequest):
    """A request to any page; `user` may be nobody."""

    htmx: HtmxDetails
    key: uuid.UUID  # of a posted form
    key_claimed: bool
    day: datetime.date  # that the page is made for, once `days.day_asked` was called


class StaffRequest(SiteRequest):
    """A request to a page behind the log-in."""

    user: User

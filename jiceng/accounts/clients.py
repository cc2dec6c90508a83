"""Programs that act through the API: known by a key, held to scope, rate and last day."""

import datetime
import secrets

from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.accounts.codes import digest_of
from jiceng.accounts.models import ApiClient
from jiceng.core.refusals import Denied

KEY = "accounts.api_key"
SCOPES = {
    "read": gettext_lazy("读公开的诉求"),
    "place": gettext_lazy("替人提出诉求"),
    "update": gettext_lazy("补充自己提出的诉求"),
}


class NoSuchKey(Denied):
    """No client holds this key, or it holds no longer."""


class OutsideScope(Denied):
    """The client's key is not for this."""


class TooManyRequests(Denied):
    """More than the client's rate within a minute."""

    status = 429


def draw_key() -> str:
    """Return a new key: too long to be guessed, so that wrong ones need not be counted."""
    return secrets.token_urlsafe(32)


def admit(key: str, scope: str, *, at: datetime.datetime) -> ApiClient:
    """Return the client of a key for one request. Two statements, three of a known client; call
    outside a transaction that the refusal will roll back.

    Raises:
        NoSuchKey, OutsideScope, TooManyRequests.
    """
    client = ApiClient.objects.filter(digest=digest_of(KEY, key)).first() if key else None
    if client is None or client.ended_at is not None or client.ends_on <= timezone.localdate(at):
        raise NoSuchKey(_("接口密钥（api_key）没有、不对或者已经到期。请向主办单位申请。"))
    if scope not in client.scopes.split():
        raise OutsideScope(_("这个接口密钥不能用来%s。") % SCOPES[scope])
    minute = at.replace(second=0, microsecond=0)
    rows = ApiClient.objects.filter(pk=client.pk)
    rows.update(
        in_minute=Case(When(minute_at=minute, then=F("in_minute") + 1), default=Value(1)),
        minute_at=minute,
    )
    if rows.values_list("in_minute", flat=True).get() > client.per_minute:
        raise TooManyRequests(_("这个接口密钥一分钟最多用 %d 次，请稍后再试。") % client.per_minute)
    return client

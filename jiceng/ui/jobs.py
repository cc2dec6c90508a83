"""Clearing what browsers leave behind."""

import datetime

from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext_lazy as _

from jiceng.audit import receipts
from jiceng.core.declarations import Job

_A_DAY = 24 * 60 * 60


def clear(at: datetime.datetime) -> None:
    """Remove receipts that no browser will repeat and sessions that have ended."""
    receipts.forget_old(at=at)
    SessionStore.clear_expired()


JOBS = [Job("ui.clear", _("清理过期的登录会话和表单回执"), _A_DAY, clear)]

"""Keeping the security log no longer than its rule says."""

import datetime

from axes.models import AccessFailureLog
from django.utils import timezone

from jiceng.access.security_log import RETENTION
from jiceng.core.clock import day_of


def remove_old_failures(at: datetime.datetime) -> None:
    """Remove wrong passwords whose time has passed. One statement; may be repeated.

    It leaves no entry in the audit: that would count them.
    """
    midnight = datetime.datetime.combine(RETENTION.first_kept(day_of(at)), datetime.time())
    AccessFailureLog.objects.filter(attempt_time__lt=timezone.make_aware(midnight)).delete()

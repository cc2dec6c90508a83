"""Sending messages; forgetting old ones."""

import datetime

from django.utils.translation import gettext_lazy as _

from jiceng.agenda.outbox import forget_old, send_due
from jiceng.core import clock
from jiceng.core.declarations import Job


def send(at: datetime.datetime) -> None:
    """Send what is due, until the quiet begins."""
    send_due(at, clock.now)


JOBS = [
    Job("agenda.send", _("发送待办消息"), every=60, run=send),
    Job("agenda.forget", _("清理过期的消息记录"), every=60 * 60, run=forget_old),
]

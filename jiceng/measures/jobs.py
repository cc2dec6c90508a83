"""What the job process does for figures."""

import datetime

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.measures.operations import mark_outdated, refresh

AT_A_TIME = 20
"""Marked months counted in one turn, so that other jobs get theirs."""


def count_anew(at: datetime.datetime) -> None:
    mark_outdated(at)
    refresh(at, limit=AT_A_TIME)


JOBS = [Job("measures.refresh", _("重算数据"), every=5, run=count_anew)]

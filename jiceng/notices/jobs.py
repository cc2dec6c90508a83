"""What the job process does for notices."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.notices.operations import erase_objectors, expire

_AN_HOUR = 60 * 60
_A_DAY = 24 * _AN_HOUR

JOBS = [
    Job("notices.expire", _("清空届满的公示"), every=_AN_HOUR, run=expire),
    Job("notices.objectors", _("删去到期的异议人信息"), every=_A_DAY, run=erase_objectors),
]

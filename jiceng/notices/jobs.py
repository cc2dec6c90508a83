"""What the job process does for notices."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.notices.operations import expire

_AN_HOUR = 60 * 60

JOBS = [Job("notices.expire", _("清空届满的公示"), every=_AN_HOUR, run=expire)]

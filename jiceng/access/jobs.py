"""What the job process does for access."""

from django.utils.translation import gettext_lazy as _

from jiceng.access.operations.security_log import remove_old_failures
from jiceng.core.declarations import Job

_A_DAY = 24 * 60 * 60
JOBS = [Job("access.security_log", _("删除到期的登录安全日志"), _A_DAY, remove_old_failures)]

"""Taking up imports whose job was killed."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.exchange.operations.reviving import revive

JOBS = [Job("exchange.revive", _("接续中断的导入"), every=60, run=revive)]

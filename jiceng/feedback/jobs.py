"""What the job process does for feedback."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.feedback.operations import erase_contacts

_A_DAY = 24 * 60 * 60

JOBS = [Job("feedback.contacts", _("删去到期的意见联系方式"), every=_A_DAY, run=erase_contacts)]

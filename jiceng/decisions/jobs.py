"""What the job process does for decisions."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.decisions.operations.disclosing import ask_for_disclosures

_AN_HOUR = 60 * 60

JOBS = [Job("decisions.disclosure", _("提醒按期公开"), every=_AN_HOUR, run=ask_for_disclosures)]

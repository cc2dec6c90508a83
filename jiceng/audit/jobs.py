"""What the job process does for the audit."""

from django.utils.translation import gettext_lazy as _

from jiceng.audit.seals import seal
from jiceng.core.declarations import Job

JOBS = [Job("audit.seal", _("封存审计记录"), every=60, run=seal)]

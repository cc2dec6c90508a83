"""What the job process does for programmes."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.programmes.operations import refresh_verdicts

JOBS = [
    Job(
        "programmes.refresh",
        _("重新考核示范项目"),
        every=20,
        run=lambda at: refresh_verdicts(at=at),
    )
]

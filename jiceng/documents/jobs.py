"""Removing files that belong to nothing."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.documents.files import remove_orphans

_A_DAY = 24 * 60 * 60

JOBS = [Job("documents.orphans", _("清理没有登记的文件"), every=_A_DAY, run=remove_orphans)]

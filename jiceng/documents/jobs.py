"""Removing files that belong to nothing, and those that were withdrawn long ago."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.documents.files import remove_orphans
from jiceng.documents.operations import erase_withdrawn

_A_DAY = 24 * 60 * 60

JOBS = [
    Job("documents.orphans", _("清理没有登记的文件"), every=_A_DAY, run=remove_orphans),
    Job("documents.withdrawn", _("删去撤回已久的个人信息材料"), every=_A_DAY, run=erase_withdrawn),
]

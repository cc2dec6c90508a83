"""The system administrator's page: whether the installation is well."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from jiceng.access.queries.system import State, system_for
from jiceng.core import clock
from jiceng.ui.requests import StaffRequest

_STATES = {
    State.NEVER: (_("还没有运行"), "idle"),
    State.RUNNING: (_("正在运行"), "idle"),
    State.FAILED: (_("上次失败"), "bad"),
    State.OVERDUE: (_("逾期未运行"), "bad"),
    State.WELL: (_("正常"), "good"),
}
_NOT_RUN = {State.NEVER, State.OVERDUE}
_TASKS = {
    "jiceng.exchange.operations.tasks.carry_on_import": _("导入：检查、写入或撤销"),
}


@never_cache
def system(request: StaffRequest) -> HttpResponse:
    at = clock.now()
    found = system_for(request.user, at)
    context = {
        "at": at,
        "system": found,
        "jobs": [(one, *_STATES[one.state]) for one in found.jobs],
        "asleep": all(one.state in _NOT_RUN for one in found.jobs),
        "running": [(_TASKS.get(row.task_path, row.task_path), row) for row in found.tasks.running],
        "failed": [(_TASKS.get(row.task_path, row.task_path), row) for row in found.tasks.failed],
    }
    return render(request, "web/access/system.html", context)

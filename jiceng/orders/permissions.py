"""What orders permit."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("orders.view", _("查看群众诉求")),
    Permission("orders.enter", _("代群众登记诉求")),
    Permission("orders.dispatch", _("派单")),
    Permission("orders.handle", _("办理诉求")),
    Permission("orders.call_back", _("回访")),
    Permission("orders.oversee", _("督办诉求：复核异议、批准延期、提级")),
    Permission("orders.conduct", _("办理反映人员作风的诉求")),
    Permission("orders.release", _("公开诉求摘要")),
    Permission("orders.catalogue", _("维护诉求种类、职责清单、值班表和网格")),
    Permission("orders.offer", _("向党员提供志愿服务任务")),
    Permission("orders.volunteer", _("认领志愿服务任务")),
]

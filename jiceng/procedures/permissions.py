"""What procedures permit."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("procedures.view", _("查看办理事项")),
    Permission("procedures.advance", _("办理程序步骤")),
    Permission("procedures.oversee", _("纠正与退回办理事项")),
]

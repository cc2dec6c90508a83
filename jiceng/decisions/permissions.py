"""What decisions permit."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("decisions.view", _("查看村级议事")),
    Permission("decisions.propose", _("提出议题")),
    Permission("decisions.oversee", _("纠正议题的议事路径")),
]

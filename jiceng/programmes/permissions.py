"""What programmes permits."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("programmes.view", _("查看示范项目")),
    Permission("programmes.propose", _("提出示范点和示范带")),
    Permission("programmes.confirm", _("确认示范点和示范带")),
    Permission("programmes.edit", _("编辑示范带和片区")),
]

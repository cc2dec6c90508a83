"""What rules permit."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("rules.view", _("查看规则")),
    Permission("rules.edit", _("登记本地规则")),
]

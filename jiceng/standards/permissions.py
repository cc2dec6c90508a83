"""What standards permits."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("standards.view", _("查看评定")),
    Permission("standards.record", _("登记评定")),
]

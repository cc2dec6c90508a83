"""What measures permits."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("measures.view", _("查看数据")),
    Permission("measures.close", _("关账")),
]

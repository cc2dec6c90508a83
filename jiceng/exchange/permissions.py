"""What exchange permits."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("exchange.import", _("导入数据")),
    Permission("exchange.export", _("导出数据")),
    Permission("exchange.review", _("审核区划版本")),
]

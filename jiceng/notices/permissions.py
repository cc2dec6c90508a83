"""What notices permit."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("notices.view", _("查看公示公告")),
    Permission("notices.draft", _("拟稿公示公告")),
    Permission("notices.release", _("审核发布公示公告")),
    Permission("notices.post", _("登记张贴与撤下")),
]

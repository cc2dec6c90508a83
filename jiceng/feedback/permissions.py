"""What feedback permits."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("feedback.answer", _("答复对本系统的意见")),
]

"""What the job process does for orders."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Job
from jiceng.orders.operations import erase_contacts
from jiceng.orders.operations.voluntary import erase_wishers

_AN_HOUR = 60 * 60
JOBS = [
    Job("orders.contacts", _("删除到期的群众联系方式"), _AN_HOUR, erase_contacts),
    Job("orders.wishers", _("删除到期的心愿本人信息"), _AN_HOUR, erase_wishers),
]

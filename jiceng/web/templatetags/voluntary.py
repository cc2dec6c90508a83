"""How hours of service read on their pages."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
_HOUR = 60


@register.filter
def long(minutes: int | None) -> str:
    """Return 90 minutes as 1 小时 30 分钟."""
    hours, rest = divmod(minutes or 0, _HOUR)
    if not hours:
        return _("%s 分钟") % rest
    if not rest:
        return _("%s 小时") % hours
    return _("%(hours)s 小时 %(rest)s 分钟") % {"hours": hours, "rest": rest}

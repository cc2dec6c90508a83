"""By which ways somebody may want his messages, and what an address of each looks like."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Words

_TELEPHONE = re.compile(r"1\d{10}", re.ASCII)
_NAME = re.compile(r"[\w.@-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Way:
    """A way; whether it is switched on is for who sends to know."""

    code: str
    title: Words
    address: Words  # what its address is called
    fits: Callable[[str], object]


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


WAYS = {
    way.code: way
    for way in (
        Way("email", _("电子邮件"), _("邮箱"), _is_email),
        Way("wecom", _("企业微信"), _("企业微信账号"), _NAME.fullmatch),
        Way("dingtalk", _("钉钉"), _("钉钉账号"), _NAME.fullmatch),
        Way("sms", _("短信"), _("手机号"), _TELEPHONE.fullmatch),
    )
}
